internal import KubeModel
internal import MeshTopology
internal import Seams

/// The Service that the controller knows a callee by.
struct GatewayBackend {
  let callee: any Callee
  let port: Workload.Port
  /// The Service's name.
  let service: String
  /// The Service's namespace.
  let namespace: String

  /// The reference of a route in `other`.
  func reference(from other: String) -> JSONValue {
    var reference: JSONValue = ["name": .string(service), "port": .int(Int64(port.port))]
    if namespace != other { reference["namespace"] = .string(namespace) }
    return reference
  }
}

extension Gateway {
  /// What a route leads to; `nil` when nobody answers.
  func backend(of route: Route, in topology: Topology) -> GatewayBackend? {
    guard let callee = topology.routeCallee(route.to), let port = callee.port(route.port) else { return nil }
    guard callee is ExternalService else {
      return GatewayBackend(callee: callee, port: port, service: callee.name, namespace: callee.namespace)
    }
    let hash = StableHash.word(of: "\(reference) \(callee.reference) \(port.port)").prefix(6)
    let service = "\(callee.name)-\(hash)"
    return GatewayBackend(callee: callee, port: port, service: service, namespace: namespace)
  }

  /// What makes callees known to the controller: marks of their Services, Services for those outside, and the
  /// permission of other namespaces to be led to.
  func backendObjects(in topology: Topology) -> [KubeObject] {
    var objects: [KubeObject] = []
    var kinds: [String: Set<String>] = [:]
    var services: [String: Set<String>] = [:]
    for backend in routes.compactMap({ backend(of: $0, in: topology) }) {
      let service = serviceObject(of: backend, in: topology)
      if !objects.contains(service) { objects.append(service) }
      guard backend.namespace != namespace else { continue }
      let kind: ResourceKind = backend.port.protocol == .grpc ? .grpcRoute : .httpRoute
      kinds[backend.namespace, default: []].insert(kind.kind)
      services[backend.namespace, default: []].insert(backend.service)
    }
    for (namespace, services) in services.sorted(by: { $0.key < $1.key }) {
      objects.append(grant(services, of: namespace, to: kinds[namespace] ?? [], in: topology))
    }
    return objects
  }

  private func serviceObject(of backend: GatewayBackend, in topology: Topology) -> KubeObject {
    var annotations: [String: String] = [:]
    if backend.port.protocol == .https { annotations["konghq.com/protocol"] = "https" }
    guard let external = backend.callee as? ExternalService else {
      // Kong calls the Service and not its pods, so that the mesh sees whom it means and its weights hold.
      annotations["ingress.kubernetes.io/service-upstream"] = "true"
      var service = KubeObject(kind: .service, namespace: backend.namespace, name: backend.service)
      service.annotations = annotations
      return service
    }
    var service = object(.service, backend.service, in: topology)
    service.annotations = annotations
    service.set("spec", "type", to: "ExternalName")
    service.set("spec", "externalName", to: .string(external.hosts.first ?? external.host))
    let port = JSONValue.int(Int64(backend.port.port))
    service.set(
      "spec", "ports",
      to: [["name": .string(backend.port.name), "port": port, "targetPort": port, "protocol": "TCP"]])
    return service
  }

  private func grant(
    _ services: Set<String>, of callees: String, to kinds: Set<String>, in topology: Topology
  ) -> KubeObject {
    var object = object(.referenceGrant, className, in: topology)
    object.namespace = callees
    object.set(
      "spec", "from",
      to: .array(
        kinds.sorted().map { kind in
          [
            "group": .string(ResourceKind.httpRoute.group), "kind": .string(kind),
            "namespace": .string(namespace),
          ]
        }))
    object.set(
      "spec", "to",
      to: .array(services.sorted().map { ["group": "", "kind": "Service", "name": .string($0)] }))
    return object
  }
}
