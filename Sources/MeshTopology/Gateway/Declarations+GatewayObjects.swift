extension Declarations {
  /// Reports routes that objects of the Gateway API cannot say because of what answers them.
  func checkObjects(
    of gateway: Gateway, _ callees: [WorkloadReference: any Callee], in document: Document
  ) {
    guard gateway.configuration == .gatewayAPI else { return }
    checkNames(of: gateway, callees, in: document)
    for (index, route) in gateway.routes.enumerated() {
      guard let callee = callees[route.to], let port = callee.port(route.port) else { continue }
      if port.protocol == .grpc {
        checkCalls(of: route) { document.spot("routes", .index(index), $0, $1) }
      } else {
        checkPrefixes(of: route, in: document, index)
      }
    }
    checkProtocols(of: gateway, callees, in: document)
  }

  private func checkNames(
    of gateway: Gateway, _ callees: [WorkloadReference: any Callee], in document: Document
  ) {
    if gateway.controllerName.utf8.count > Workload.longestName {
      let longest = Workload.longestName - Gateway.controllerSuffix.utf8.count
      reading.report(
        .invalidName,
        "\(gateway.controllerName), which runs the controller, has more than \(Workload.longestName) characters",
        at: document.nameSpot, remedy: "choose a name of at most \(longest) characters")
    }
    for name in [gateway.controllerName, gateway.adminServiceName]
    where callees[WorkloadReference(namespace: gateway.namespace, name: name)] != nil {
      reading.report(
        .duplicate, "the gateway needs the name \(name) for itself, and something else has it",
        at: document.nameSpot, remedy: "give that or the gateway another name")
    }
  }

  private func checkCalls(of route: Gateway.Route, spot: (PathPart, PathPart) -> Spot) {
    for (index, path) in route.paths.enumerated() where path != "/" && RoutePath.call(in: path) == nil {
      reading.report(
        .contradiction, "a GRPCRoute takes services and methods, and \(shown(path)) names none",
        at: spot("paths", .index(index)), remedy: "write /PACKAGE.SERVICE/ or /PACKAGE.SERVICE/METHOD")
    }
    if route.rateLimit != nil, route.paths.count > 1 {
      reading.report(
        .contradiction,
        "the Kong Ingress Controller makes a route of Kong for each path in gRPC, and each would count by itself",
        at: spot("paths", .index(1)), remedy: "write a route for each path, or limit at the gateway")
    }
  }

  private func checkPrefixes(of route: Gateway.Route, in document: Document, _ index: Int) {
    for (number, path) in route.paths.enumerated()
    where path.hasSuffix("/") && path != "/" && !path.hasPrefix("~") {
      let stem = String(path.dropLast())
      reading.report(
        .contradiction, "an HTTPRoute takes \(shown(stem)) itself too where it says \(shown(path))",
        at: document.spot("routes", .index(index), "paths", .index(number)),
        remedy: "write \(shown(stem)), or \(shown("~" + path)) for what is below only")
    }
  }

  /// The controller learns from a Service whether what answers speaks TLS, once for all of its ports.
  private func checkProtocols(
    of gateway: Gateway, _ callees: [WorkloadReference: any Callee], in document: Document
  ) {
    var encrypted: [WorkloadReference: Bool] = [:]
    for other in sound(Gateway.self).map(\.value) where other.configuration == .gatewayAPI {
      for (index, route) in other.routes.enumerated() {
        guard let callee = callees[route.to], !(callee is ExternalService),
          let port = callee.port(route.port)
        else { continue }
        let isEncrypted = port.protocol == .https
        if other == gateway, let first = encrypted[route.to], first != isEncrypted {
          reading.report(
            .contradiction,
            "routes lead to \(callee.name) with TLS and without, and the Kong Ingress Controller takes its Service for one of both",
            at: document.spot("routes", .index(index)),
            remedy: "route to ports of \(callee.name) that all end TLS, or to ports that do not")
        }
        encrypted[route.to] = encrypted[route.to] ?? isEncrypted
      }
    }
  }
}
