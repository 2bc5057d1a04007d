extension Declarations {
  /// Reports gateways whose routes lead to what cannot answer them.
  func checkGateways() {
    let callees = Dictionary(
      routeCallees.map { ($0.reference, $0) }, uniquingKeysWith: { first, _ in first })
    for declared in sound(Gateway.self) {
      let gateway = declared.value
      let document = declared.document
      for (index, route) in gateway.routes.enumerated() {
        guard let callee = callees[route.to] else { continue }
        check(
          route, to: callee, of: gateway,
          at: document.spot("routes", .index(index), route.port == nil ? "to" : "port"))
        if route.preservesHost, isMeshed(gateway.namespace), callee is Workload {
          reading.report(
            .contradiction,
            "with the users' host name the mesh does not know that \(callee.name) is meant, and leaves its weights out",
            at: document.spot("routes", .index(index), "preserveHost"),
            remedy: "remove preserveHost: Kong hands the name on as X-Forwarded-Host")
        }
        checkCounter(
          route.rateLimit, callees, document.spot("routes", .index(index), "rateLimit", "redis", "to"))
      }
      for (index, consumer) in gateway.consumers.enumerated() {
        checkCounter(
          consumer.rateLimit, callees, document.spot("consumers", .index(index), "rateLimit", "redis", "to"))
      }
      checkCounter(gateway.rateLimit, callees, document.spot("rateLimit", "redis", "to"))
      if let index = gateway.plugins.firstIndex(where: { $0.name == "opentelemetry" }),
        !all(Tracing.self).isEmpty
      {
        reading.report(
          .duplicate, "traces go where the Tracing document says already",
          at: document.spot("plugins", .index(index), "name"), remedy: "remove the plug-in")
      }
      checkAddresses(of: gateway, in: document)
      checkTokens(of: gateway, in: document)
      checkObjects(of: gateway, callees, in: document)
    }
  }

  private var routeCallees: [any Callee] {
    sound(Workload.self).map(\.value) as [any Callee] + sound(ExternalService.self).map(\.value)
      + sound(RedisCluster.self).map(\.value) + sound(Database.self).map(\.value)
      + sound(Gateway.self).map(\.value)
  }

  private func check(_ route: Gateway.Route, to callee: any Callee, of gateway: Gateway, at spot: Spot) {
    if callee.reference == gateway.reference {
      reading.report(
        .contradiction, "\(gateway.name) routes to itself", at: spot, remedy: "name the workload that answers"
      )
      return
    }
    guard let port = callee.port(route.port) else {
      let ports = callee.ports.map { "\($0.name) (\($0.port))" }
      reading.report(
        .unknownReference, "\(callee.name) has no port" + (route.port.map { " \($0)" } ?? " to call"),
        at: spot,
        remedy: ports.isEmpty
          ? "declare ports of \(callee.reference)" : "its ports are \(alternatives(ports, last: "and"))")
      return
    }
    if port.protocol == .tcp {
      reading.report(
        .contradiction, "\(callee.name) speaks no HTTP at \(port.name)", at: spot,
        remedy: "name a port whose protocol is http, http2, grpc or https")
    }
    if port.protocol == .grpc, !route.methods.isEmpty || route.stripsPath {
      reading.report(
        .contradiction,
        "\(callee.name) speaks gRPC at \(port.name), where Kong knows no methods and keeps paths whole",
        at: spot, remedy: "remove methods and stripPath: a path such as /shop.Users/Get names what is called")
    }
  }

  private func checkCounter(
    _ limit: Gateway.RateLimit?, _ callees: [WorkloadReference: any Callee], _ spot: @autoclosure () -> Spot
  ) {
    guard let redis = limit?.redis, let callee = callees[redis.to] else { return }
    if callee is RedisCluster {
      reading.report(
        .contradiction, "\(callee.name) is a Redis Cluster, which Kong's rate limiting cannot count in",
        at: spot(),
        remedy: "name a Workload that runs a single Redis, or write policy: local")
    } else if callee.port(redis.port) == nil {
      reading.report(
        .unknownReference, "\(callee.name) has no port" + (redis.port.map { " \($0)" } ?? " to call"),
        at: spot(),
        remedy: "declare ports of \(callee.reference)")
    }
  }

  private func checkAddresses(of gateway: Gateway, in document: Document) {
    let reserved = sound(Network.self).flatMap(\.value.reservedAddresses)
    for (region, address) in gateway.addresses.sorted(by: { $0.key < $1.key }) {
      let spot = document.spot("addresses", .key(region))
      if !reading.directory.regions.isEmpty, !reading.directory.regions.contains(region) {
        reading.reportUnknown(
          "region", region, at: spot, known: reading.directory.regions,
          remedy: "the Topology declares \(alternatives(reading.directory.regions, last: "and"))")
      }
      guard case .reserved(let name) = address else { continue }
      let namesakes = reserved.filter { $0.name == name }
      if namesakes.isEmpty {
        reading.reportUnknown(
          "reserved address", name, at: spot, known: reserved.map(\.name),
          remedy:
            "add it to reservedAddresses of the Network, or write the address itself, such as 203.0.113.10")
      } else if !namesakes.contains(where: { $0.region == region }) {
        reading.report(
          .contradiction,
          "\(name) is reserved \(namesakes[0].region.map { "in \($0)" } ?? "for a global load balancer"), not in \(region)",
          at: spot,
          remedy: "name an address of \(region): a load balancer takes those of its own region")
      }
    }
  }

  /// Whether the pods of a namespace are part of the mesh.
  func isMeshed(_ namespace: String) -> Bool {
    all(Namespace.self).first { $0.value.name == namespace }?.value.hasIstioInjection ?? true
  }
}
