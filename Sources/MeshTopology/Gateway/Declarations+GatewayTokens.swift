extension Declarations {
  /// Reports routes whose tokens nobody would verify: Istio does so at the callee, by what the gateway's
  /// certificate and the path say.
  func checkTokens(of gateway: Gateway, in document: Document) {
    for (index, route) in gateway.routes.enumerated() {
      guard case .token = route.authentication else { continue }
      let spot = document.spot("routes", .index(index), "authentication", "token")
      guard let workload = sound(Workload.self).first(where: { $0.value.reference == route.to })?.value else {
        if all(Workload.self).contains(where: { $0.value.reference == route.to }) { continue }
        reading.report(
          .contradiction, "\(route.to.name) is no workload, and only the proxies of workloads verify tokens",
          at: spot, remedy: "route to a Workload, or ask for a key")
        continue
      }
      checkProxies(of: gateway, workload, at: spot)
      if let port = workload.port(route.port), port.protocol == .https {
        reading.report(
          .contradiction, "\(workload.name) ends TLS itself at \(port.name), where its proxy sees no tokens",
          at: spot,
          remedy: "let it speak http there: the mesh encrypts, or ask for a key")
      }
      if let other = gateway.routes.first(where: { $0.blurs(route) }) {
        reading.report(
          .contradiction,
          "\(workload.name) cannot tell what \(route.name) lets in from what \(other.name) does: one takes paths of the "
            + "other, and they ask for different things", at: spot,
          remedy: "give both the same authentication, or choose paths of which none begins with the other")
      }
    }
  }

  private func checkProxies(of gateway: Gateway, _ workload: Workload, at spot: Spot) {
    for namespace in Set([gateway.namespace, workload.namespace]).sorted() where !isMeshed(namespace) {
      reading.report(
        .contradiction, "a token, but no proxy of Istio in \(namespace), where it would be verified",
        at: spot,
        remedy: "write istioInjection: true in the Namespace \(namespace), or ask for a key")
    }
    let declared = all(Namespace.self).first { $0.value.name == workload.namespace }?.value
    let mode = declared?.mutualTLS ?? all(ServiceMesh.self).first?.value.mutualTLS ?? .strict
    if mode == .permissive {
      reading.report(
        .contradiction,
        "a token, but \(workload.namespace) serves callers without a certificate too, who need none",
        at: spot, remedy: "write mutualTLS: strict in the Namespace \(workload.namespace)")
    }
  }
}

extension Gateway.Route {
  /// Whether two routes do not ask for the same token.
  package func needsOther(than route: Gateway.Route) -> Bool {
    guard case .token(let own) = authentication, case .token(let other) = route.authentication else {
      return true
    }
    return own.issuer != other.issuer || Set(own.scopes) != Set(other.scopes)
  }

  /// Whether the workload behind two routes that ask for different things cannot tell their requests apart. It sees
  /// paths and methods, but not the host name, and it may read a path with `//` otherwise than Kong.
  fileprivate func blurs(_ route: Gateway.Route) -> Bool {
    guard name != route.name, to == route.to, needsOther(than: route) else { return false }
    return seenPaths.contains { own in
      route.seenPaths.contains { other in
        let haveOwnMethods =
          !methods.isEmpty && !route.methods.isEmpty && Set(methods).isDisjoint(with: route.methods)
        if own == other, haveOwnMethods { return false }
        return RoutePath.start(of: own).hasPrefix(RoutePath.start(of: other))
          || RoutePath.start(of: other).hasPrefix(RoutePath.start(of: own))
      }
    }
  }

  /// The paths that the workload sees: without the prefix that is left out, any.
  private var seenPaths: [String] { paths.isEmpty || stripsPath ? ["/"] : paths }
}
