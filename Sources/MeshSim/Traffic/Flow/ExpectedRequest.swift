extension RoutingSnapshot {
  /// The request that clients of a Service are expected to send where none is declared: the first of those that the
  /// gateway's routes, and else the callee's policies, foresee, and that gets through.
  ///
  /// A topology that lets none of them through is wrong, and the first one says how.
  func expectedRequest(from sender: RequestSender, gateway: KongRoutes?, to name: ServiceName) -> RequestShape
  {
    guard let service = services[name.host] else { return RequestShape() }
    let server = groups.first { service.selects($0.facts) }
    let candidates = candidates(for: service, server, gateway)
    let tokens = server.map { [nil] + self.tokens(for: $0.facts) } ?? [nil]
    var first: RequestShape?
    for token in tokens {
      for var candidate in candidates {
        candidate.request.token = token
        first = first ?? candidate
        let decision = decide(from: sender, to: name.host, port: candidate.port, candidate.request)
        if decision.ways(in: self).contains(where: \.verdict.isServed) { return candidate }
      }
    }
    return first ?? RequestShape()
  }

  private func candidates(for service: ServiceFacts, _ server: PodGroup?, _ gateway: KongRoutes?)
    -> [RequestShape]
  {
    if let gateway {
      return gateway.requests(to: service.name.host).compactMap { request in
        guard case .proxied(let route, let forwarded) = gateway.decide(request) else { return nil }
        return RequestShape(forwarded, port: route.service.port)
      }
    }
    if let routes = server.flatMap({ kong(of: $0) }) {
      let requests =
        routes.routes.isEmpty
        ? [ClientRequest()] : routes.routes.map { routes.requests(to: $0.service.host) }.flatMap { $0 }
      return requests.map { request in
        let port = service.ports.first { $0.isEncrypted == request.isEncrypted } ?? service.ports.first
        return RequestShape(request, port: port?.number)
      }
    }
    let operations = server.map { authorization.operations(for: $0.facts) } ?? []
    return service.ports.flatMap { port -> [RequestShape] in
      guard port.kind != .tcp, port.kind != .tls else {
        var request = ClientRequest()
        request.kind = .tcp
        return [RequestShape(request, port: port.number)]
      }
      return ([("GET", "/")] + operations).map { method, path in
        var request = ClientRequest(method, path)
        if port.kind == .grpc { request.kind = .grpc }
        return RequestShape(request, port: port.number)
      }
    }
  }

  /// Tokens as a well-behaved user has them: of each issuer that is known, with every claim that policies ask for.
  private func tokens(for pods: PodFacts) -> [RequestToken?] {
    tokens.issuers(for: pods).map { issuer in
      var token = RequestToken(issuer: issuer.name, subject: "user")
      token.audiences = issuer.audiences
      for (name, values) in authorization.claims(for: pods) { token.claims[name, default: []] += values }
      return token
    }
  }
}

extension ServiceFacts.Port {
  /// Whether users speak TLS here.
  var isEncrypted: Bool { kind == .tls || number == 443 || name.hasSuffix("ssl") || name.hasSuffix("tls") }
}
