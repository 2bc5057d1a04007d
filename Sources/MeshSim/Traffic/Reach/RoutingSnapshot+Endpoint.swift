extension RoutingSnapshot {
  /// What becomes of requests that are sent to the pods of a group.
  func endpoint(
    _ index: Int, count: Int, port: Int, policy: ConnectionPolicy, _ decision: RouteDecision,
    _ sender: RequestSender
  ) -> EndpointDecision {
    let group = groups[index]
    let server = group.facts
    var endpoint = EndpointDecision(group: index, count: count, port: port, verdict: .served)
    if let refusal = networkRefusal(to: group, port: port, sender) {
      endpoint.verdict = refusal
      return endpoint
    }
    if server.trouble.isUnreachable {
      endpoint.verdict = .connection(
        .node, sender, "connection timeout: the node of \(server.workload) does not answer")
      return endpoint
    }
    guard server.listens(on: port) else {
      endpoint.verdict = .connection(
        .port, sender, "connection refused: \(server.workload) does not listen on \(port)")
      return endpoint
    }
    let isGuarded = server.hasProxy && !server.excludedInbound.contains(port)
    let mode = isGuarded ? peers.mode(of: server, port: port) : (.disable, "no proxy")
    let offersMutualTLS = offersMutualTLS(sender, policy, isGuarded: isGuarded, mode: mode.mode)
    if let refusal = securityRefusal(sender, offersMutualTLS, isGuarded: isGuarded, mode) {
      endpoint.verdict = refusal
      return endpoint
    }
    endpoint.isMutualTLS = offersMutualTLS
    guard isGuarded else { return endpoint }
    let access = AccessAttempt(
      request: decision.request, isHTTP: decision.isHTTP, host: decision.request.host ?? decision.host,
      principal: offersMutualTLS ? sender.principal : nil, sourceNamespace: sender.namespace,
      sourceAddress: sender.address, hasValidToken: false, destinationAddress: group.address, port: port)
    if let refusal = accessRefusal(access, at: server, sender) { endpoint.verdict = refusal }
    return endpoint
  }

  private func networkRefusal(to group: PodGroup, port: Int, _ sender: RequestSender) -> RequestOutcome? {
    let server = group.facts
    if let pods = sender.pods {
      let peer = NetworkRules.Peer(
        namespace: server.namespace, namespaceLabels: labels(ofNamespace: server.namespace),
        labels: server.labels,
        address: group.address)
      if !allows(.egress, for: pods, peer, port: port, listener: server) {
        return .timedOut(.egressPolicy, sender, closing(.egress, for: pods) ?? "")
      }
    }
    guard allows(.ingress, for: server, sender.peer, port: port, listener: server) else {
      return .timedOut(.ingressPolicy, sender, closing(.ingress, for: server) ?? "")
    }
    return nil
  }

  private func offersMutualTLS(
    _ sender: RequestSender, _ policy: ConnectionPolicy, isGuarded: Bool, mode: PeerAuthenticationRules.Mode
  ) -> Bool {
    guard sender.hasProxy else { return false }
    switch policy.security {
    case .disable: return false
    case .istioMutual, .mutual, .simple: return true
    case nil: return isGuarded && mode != .disable
    }
  }

  private func securityRefusal(
    _ sender: RequestSender, _ offersMutualTLS: Bool, isGuarded: Bool,
    _ mode: (mode: PeerAuthenticationRules.Mode, by: String)
  ) -> RequestOutcome? {
    if offersMutualTLS, !isGuarded || mode.mode == .disable {
      return RequestOutcome(
        .mutualTLS, status: 503, flags: "UF,URX",
        reason: "TLS_error: the DestinationRule asks for TLS, which the server does not speak")
    }
    guard !offersMutualTLS, mode.mode == .strict else { return nil }
    let reason = "connection reset: PeerAuthentication \(mode.by) is STRICT and the client speaks plain text"
    return sender.hasProxy
      ? RequestOutcome(.mutualTLS, status: 503, flags: "UC", reason: reason)
      : RequestOutcome(.mutualTLS, status: 0, reason: reason)
  }

  private func accessRefusal(_ access: AccessAttempt, at server: PodFacts, _ sender: RequestSender)
    -> RequestOutcome?
  {
    var access = access
    if access.isHTTP {
      switch tokens.check(access.request.token, for: server) {
      case .unknown: break
      case .accepted: access.hasValidToken = true
      case .refused(let status, let reason):
        return RequestOutcome(.requestAuthentication, status: status, reason: reason)
      }
    }
    guard let reason = authorization.refusal(of: access, at: server) else { return nil }
    return access.isHTTP
      ? RequestOutcome(.authorization, status: 403, reason: reason)
      : RequestOutcome(.authorization, status: 0, flags: sender.hasProxy ? "UC" : "-", reason: reason)
  }
}

extension RequestOutcome {
  /// The packets are dropped, so the connection is tried until it times out.
  static func timedOut(_ layer: Layer, _ sender: RequestSender, _ policy: String) -> RequestOutcome {
    connection(layer, sender, "connection timeout: NetworkPolicy \(policy) does not allow it")
  }

  /// A connection that does not come about: 503 from the client's proxy, nothing without one.
  static func connection(_ layer: Layer, _ sender: RequestSender, _ reason: String) -> RequestOutcome {
    sender.hasProxy
      ? RequestOutcome(layer, status: 503, flags: "UF,URX", reason: reason)
      : RequestOutcome(layer, status: 0, reason: reason)
  }
}
