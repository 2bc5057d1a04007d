internal import KubeModel
internal import MeshTopology

extension Gateway {
  /// The HTTPRoute or GRPCRoute of a route; `nil` when nobody answers it.
  ///
  /// Methods stand in an annotation: of matches with several methods the controller makes several routes of Kong,
  /// and a limit would count for each of them by itself.
  func routeObject(_ route: Route, plugins: [String], in topology: Topology) -> KubeObject? {
    guard let backend = backend(of: route, in: topology) else { return nil }
    let isGRPC = backend.port.protocol == .grpc
    var object = object(isGRPC ? .grpcRoute : .httpRoute, "\(name).\(route.name)", in: topology)
    object.annotations = annotations(of: route, on: backend.port, plugins: plugins)
    object.set("spec", "parentRefs", to: [["name": .string(name)]])
    if !route.namedHosts.isEmpty {
      object.set("spec", "hostnames", to: .array(route.namedHosts.map(JSONValue.string)))
    }
    var rule: JSONValue = ["backendRefs": [backend.reference(from: namespace)]]
    let matches = isGRPC ? callMatches(of: route) : route.paths.map(pathMatch)
    if !matches.isEmpty { rule["matches"] = .array(matches) }
    object.set("spec", "rules", to: [rule])
    return object
  }

  private func annotations(
    of route: Route, on port: Workload.Port, plugins: [String]
  ) -> [String: String] {
    var annotations = [
      "konghq.com/protocols": protocols(of: route, on: port).joined(separator: ","),
      "konghq.com/preserve-host": "\(route.preservesHost)",
    ]
    if port.protocol != .grpc { annotations["konghq.com/strip-path"] = "\(route.stripsPath)" }
    if let status = redirectStatus(of: route, on: port) {
      annotations["konghq.com/https-redirect-status-code"] = "\(status)"
    }
    let methods = takenMethods(of: route)
    if !methods.isEmpty {
      annotations["konghq.com/methods"] = methods.map(\.rawValue).joined(separator: ",")
    }
    let aliases = route.hosts.filter { !route.namedHosts.contains($0) }
    if !aliases.isEmpty { annotations["konghq.com/host-aliases"] = aliases.joined(separator: ",") }
    if !plugins.isEmpty { annotations["konghq.com/plugins"] = plugins.joined(separator: ",") }
    return annotations
  }

  private func pathMatch(_ path: String) -> JSONValue {
    let isExpression = path.hasPrefix("~")
    return [
      "path": [
        "type": isExpression ? "RegularExpression" : "PathPrefix",
        "value": .string(isExpression ? String(path.dropFirst()) : path),
      ]
    ]
  }

  /// What a route's paths call in gRPC; any call when empty.
  private func callMatches(of route: Route) -> [JSONValue] {
    if route.paths.contains("/") { return [] }
    return route.paths.compactMap(RoutePath.call).map { call in
      var method: JSONValue = ["type": "Exact", "service": .string(call.service)]
      method["method"] = call.method.map(JSONValue.string)
      return ["method": method]
    }
  }
}
