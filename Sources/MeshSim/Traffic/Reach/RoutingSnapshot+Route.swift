internal import KubeModel

extension RoutingSnapshot {
  /// Follows the VirtualService of the host, if there is one.
  func route(_ decision: inout RouteDecision, _ sender: RequestSender) {
    let client = RouteClient(
      namespace: sender.namespace, labels: sender.labels, port: decision.port, gateway: sender.gateway)
    let direct = RouteDestination(host: decision.host, port: decision.port)
    guard let rules = virtualService(for: decision.host, sender) else {
      decision.retries = decision.isHTTP ? .standard : .none
      decision.destinations = [destination(direct, of: decision, sender, isRouted: true)]
      return
    }
    guard decision.isHTTP else {
      let port = decision.port
      let targets = rules.tcp.first { $0.takes(port: port) }?.destinations ?? [direct]
      decision.destinations = targets.map { destination($0, of: decision, sender, isRouted: true) }
      return
    }
    guard !rules.http.isEmpty else {
      decision.retries = .standard
      decision.destinations = [destination(direct, of: decision, sender, isRouted: true)]
      return
    }
    for rule in rules.http {
      guard let match = rule.match(decision.request, client) else { continue }
      apply(rule, match, to: &decision, sender)
      return
    }
    decision.refusal = RequestOutcome(
      .route, status: 404, flags: "NR",
      reason: "no rule of VirtualService \(rules.namespace)/\(rules.name) matches")
  }

  private func apply(
    _ rule: HTTPRule, _ match: HTTPMatch?, to decision: inout RouteDecision, _ sender: RequestSender
  ) {
    if let status = rule.redirectStatus ?? rule.directStatus {
      decision.refusal = RequestOutcome(
        .route, status: status, reason: rule.redirectStatus == nil ? "direct response" : "redirect")
      return
    }
    decision.request = rule.rewritten(decision.request, by: match)
    decision.fault = rule.fault
    decision.timeout = rule.timeout
    decision.retries = rule.retries ?? .standard
    let before = decision
    decision.destinations = rule.destinations.map { destination($0, of: before, sender, isRouted: true) }
    decision.mirrors = rule.mirrors.map {
      (destination($0.destination, of: before, sender, isRouted: true), $0.share)
    }
    if decision.destinations.isEmpty {
      decision.refusal = RequestOutcome(
        .route, status: 404, flags: "NR", reason: "the rule that matches has no destination")
    }
  }

  /// The VirtualService for a host: exact hosts before wildcards, then the oldest.
  private func virtualService(for host: String, _ sender: RequestSender) -> VirtualServiceRules? {
    var best: (rules: VirtualServiceRules, rank: Int)?
    for rules in virtualServices where sender.pods == nil || rules.isForMesh {
      guard sender.pods == nil || rules.exports.isVisible(in: sender.namespace) else { continue }
      guard let rank = rules.hosts.compactMap({ $0.rank(for: host) }).max(), rank > (best?.rank ?? -1) else {
        continue
      }
      best = (rules, rank)
    }
    return best?.rules
  }

  /// The DestinationRule for a host as a client sees it: of its own namespace, of the Service's, of the mesh's.
  /// Several of one namespace for the same host are one, with the settings of the oldest.
  private func destinationRule(for host: String, of space: String, _ sender: RequestSender)
    -> DestinationRules?
  {
    var seen: [String] = []
    for namespace in [sender.namespace, space, RoutingSnapshot.root] where !seen.contains(namespace) {
      seen.append(namespace)
      let own = destinationRules.filter {
        $0.namespace == namespace && (sender.namespace.isEmpty || $0.exports.isVisible(in: sender.namespace))
      }
      let ranked = own.compactMap { rules in rules.host.rank(for: host).map { (rules, $0) } }
      guard let best = ranked.map(\.1).max() else { continue }
      let same = ranked.filter { $0.1 == best }.map(\.0)
      guard var merged = same.first else { continue }
      merged.subsets = same.flatMap(\.subsets)
      return merged
    }
    return nil
  }

  /// What becomes of requests that a route sends to a destination.
  func destination(
    _ target: RouteDestination, of decision: RouteDecision, _ sender: RequestSender, isRouted: Bool
  ) -> DestinationDecision {
    var result = DestinationDecision(weight: target.weight, host: target.host, subset: target.subset)
    let service = services[target.host]
    result.service = service?.name
    guard let service, service.externalName == nil else {
      let isKnown = service != nil || external.contains { $0.pattern.rank(for: target.host) != nil }
      if isRouted, target.host != decision.host, !isKnown {
        result.refusal = RequestOutcome(
          .endpoints, status: 503, flags: "NC",
          reason: "cluster_not_found: no Service or ServiceEntry \(target.host)")
      } else {
        result.endpoints = [outsideEndpoint(target.host, port: target.port ?? decision.port, sender)]
      }
      return result
    }
    let number = target.port ?? (service.ports.count == 1 ? service.ports[0].number : decision.port)
    guard let port = service.port(number) else {
      result.refusal = RequestOutcome(
        .endpoints, status: 503, flags: "NC",
        reason: "cluster_not_found: \(service.name) has no port \(number)")
      return result
    }
    let rules = isRouted ? destinationRule(for: target.host, of: service.name.namespace, sender) : nil
    var labels: [String: String] = [:]
    var subset: DestinationRules.Subset?
    if let name = target.subset {
      subset = rules?.subsets.first { $0.name == name }
      guard let subset else {
        result.refusal = RequestOutcome(
          .endpoints, status: 503, flags: "NC",
          reason: "cluster_not_found: no subset \(name) of \(target.host)")
        return result
      }
      labels = subset.labels
    }
    if let rules { result.policy = rules.policy(port: number, subset: subset) }
    for (index, group) in groups.enumerated() {
      let facts = group.facts
      guard service.selects(facts), labels.allSatisfy({ facts.labels[$0.key] == $0.value }) else { continue }
      let count = service.takesUnready ? group.members.count : group.readyCount
      guard count > 0, let number = facts.number(of: port.target) else { continue }
      result.endpoints.append(
        endpoint(index, count: count, port: number, policy: result.policy, decision, sender))
    }
    guard result.endpoints.isEmpty else { return result }
    let what = target.subset.map { "subset \($0) of \(service.name)" } ?? "\(service.name)"
    result.refusal =
      isRouted && sender.followsRoutes
      ? RequestOutcome(
        .endpoints, status: 503, flags: "UH", reason: "no healthy upstream: \(what) has no ready pod")
      : RequestOutcome(.endpoints, status: 0, reason: "connection refused: \(what) has no ready pod")
    return result
  }

  private func outsideEndpoint(_ host: String, port: Int, _ sender: RequestSender) -> EndpointDecision {
    var endpoint = EndpointDecision(group: nil, count: 1, port: port, verdict: .served)
    let addresses = external.first { $0.pattern.rank(for: host) != nil }?.addresses ?? []
    let peer = NetworkRules.Peer(address: addresses.first ?? "198.51.100.1")
    if cutHosts.contains(where: { ImagePattern($0).matches(host) }) {
      endpoint.verdict = .connection(.node, sender, "no route to host: the way to \(host) is cut off")
      return endpoint
    }
    if let pods = sender.pods, !allows(.egress, for: pods, peer, port: port, listener: nil) {
      endpoint.verdict = .timedOut(.egressPolicy, sender, closing(.egress, for: pods) ?? "")
    }
    return endpoint
  }
}
