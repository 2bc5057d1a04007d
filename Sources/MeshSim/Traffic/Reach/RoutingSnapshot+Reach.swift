extension RoutingSnapshot {
  /// Who asks how far a request gets.
  public enum Caller: Hashable, Sendable {
    /// A user outside of the cluster, by address.
    case outside(address: String = "203.0.113.10")
    /// The pods of a Deployment or another workload.
    case workload(namespace: String, name: String)
  }

  /// What becomes of a request, through every layer: DNS, NetworkPolicy at both ends, the mesh's routes, subsets and
  /// endpoints, mutual TLS, tokens and authorization.
  ///
  /// - Parameters:
  ///   - caller: who sends it.
  ///   - host: the name that the client uses: `user-service`, `user-service.production`, a full name, or one outside.
  ///   - port: the port of the Service; `nil` for its first.
  ///   - request: what is asked for.
  /// - Returns: the ways that it can take, with shares that add up to 1; empty when the caller has no pods.
  public func reach(
    from caller: Caller, to host: String, port: Int? = nil, _ request: ClientRequest = ClientRequest()
  ) -> [Reach] {
    switch caller {
    case .outside(let address):
      let sender = RequestSender(outside: address, to: service(named: host, from: ""))
      return decide(from: sender, to: host, port: port, request).ways(in: self)
    case .workload(let namespace, let name):
      let group = groups.first { $0.facts.namespace == namespace && $0.facts.workload == name }
      return group.map {
        decide(from: RequestSender($0, in: self), to: host, port: port, request).ways(in: self)
      } ?? []
    }
  }

  /// The Service that a name means for clients in a namespace.
  func service(named host: String, from namespace: String) -> ServiceFacts? {
    services[fullName(host, from: namespace)]
  }

  /// A name as the search path of a pod completes it.
  private func fullName(_ host: String, from namespace: String) -> String {
    let host = (host.hasSuffix(".") ? String(host.dropLast()) : host).lowercased()
    let suffixes = [".\(namespace).svc.cluster.local", ".svc.cluster.local", ".cluster.local", ""]
    return suffixes.map { host + $0 }.first { services[$0] != nil } ?? host
  }

  /// What every layer decides for a kind of request.
  func decide(from sender: RequestSender, to name: String, port: Int?, _ request: ClientRequest)
    -> RouteDecision
  {
    var request = request
    let host = fullName(name, from: sender.namespace)
    if request.host == nil { request.host = host }
    let service = services[host]
    let entry = service == nil ? external.filter { $0.pattern.rank(for: host) != nil }.first : nil
    let number =
      service?.port(port)?.number ?? port ?? service?.ports.first?.number ?? entry?.ports.first ?? 80
    if let refusal = nameRefusal(sender, host, service: service, entry: entry) {
      return .refused(refusal, request, host: host, port: number)
    }
    if let refusal = proxyRefusal(sender) { return .refused(refusal, request, host: host, port: number) }
    let isPassedBy = sender.pods?.excludedOutbound.contains(number) ?? false
    let isKnown = knows(host, service: service, entry: entry, sender)
    if sender.hasProxy, !isPassedBy, !isKnown, refusesUnknown(sender) {
      let refusal = RequestOutcome(
        .outboundPolicy, status: request.kind == .tcp ? 0 : 502, flags: request.kind == .tcp ? "UH" : "-",
        reason: "\(host) is not in the registry, and outbound traffic is REGISTRY_ONLY")
      return .refused(refusal, request, host: host, port: number)
    }
    if let service, service.externalName == nil,
      service.port(port) == nil || port.map({ service.port($0) == nil }) == true
    {
      return .refused(
        .connection(.port, sender, "port \(number) is not one of \(service.name)"), request, host: host,
        port: number)
    }
    var decision = RouteDecision(request: request, host: host, port: number)
    let spoken = service?.port(number)?.kind
    decision.isHTTP = spoken.map { $0 == .http || $0 == .grpc } ?? (request.kind != .tcp)
    if request.kind == .tcp { decision.isHTTP = false }
    guard sender.followsRoutes, !isPassedBy, isKnown else {
      decision.destinations = [
        destination(RouteDestination(host: host, port: number), of: decision, sender, isRouted: false)
      ]
      return decision
    }
    route(&decision, sender)
    return decision
  }

  private func nameRefusal(
    _ sender: RequestSender, _ host: String, service: ServiceFacts?, entry: ExternalHost?
  ) -> RequestOutcome? {
    if let pods = sender.pods, let policy = closing(.egress, for: pods), !canResolve(pods) {
      return RequestOutcome(
        .nameResolution, status: 0,
        reason: "no address for \(host): NetworkPolicy \(policy) does not let DNS out (UDP 53 to kube-system)"
      )
    }
    let isLocal = host.hasSuffix(".cluster.local") || !host.contains(".")
    guard service == nil, entry == nil, isLocal else { return nil }
    return RequestOutcome(.nameResolution, status: 0, reason: "no such host: \(host)")
  }

  private func canResolve(_ pods: PodFacts) -> Bool {
    let names = NetworkRules.Peer(
      namespace: "kube-system", namespaceLabels: labels(ofNamespace: "kube-system"),
      labels: ["k8s-app": "kube-dns"])
    return ["UDP", "TCP"].contains {
      allows(.egress, for: pods, names, port: 53, transport: $0, listener: nil)
    }
  }

  private func proxyRefusal(_ sender: RequestSender) -> RequestOutcome? {
    guard let pods = sender.pods, pods.hasProxy, let policy = proxyStarver(pods) else { return nil }
    return RequestOutcome(
      .proxy, status: 0,
      reason:
        "the proxy has no configuration: NetworkPolicy \(policy) does not let it out to istiod (TCP 15012)")
  }

  /// The policy that keeps a pod's proxy from the control plane.
  private func proxyStarver(_ pods: PodFacts) -> String? {
    guard let policy = closing(.egress, for: pods) else { return nil }
    let istiod = NetworkRules.Peer(
      namespace: RoutingSnapshot.root, namespaceLabels: labels(ofNamespace: RoutingSnapshot.root),
      labels: ["app": "istiod", "istio": "pilot"])
    return allows(.egress, for: pods, istiod, port: 15_012, listener: nil) ? nil : policy
  }

  private func knows(
    _ host: String, service: ServiceFacts?, entry: ExternalHost?, _ sender: RequestSender
  ) -> Bool {
    guard service != nil || entry != nil else { return false }
    guard let pods = sender.pods, let sidecar = sidecar(of: pods) else { return true }
    return sidecar.knows(host, of: service?.name.namespace ?? entry?.namespace ?? "")
  }

  private func refusesUnknown(_ sender: RequestSender) -> Bool {
    sender.pods.flatMap(sidecar)?.knowsOnlyRegistry ?? knowsOnlyRegistry
  }

  private func sidecar(of pods: PodFacts) -> SidecarRules? {
    sidecars.compactMap { rules in rules.rank(for: pods, root: RoutingSnapshot.root).map { (rules, $0) } }
      .max { $0.1 < $1.1 }?.0
  }

  // MARK: NetworkPolicy

  /// The policy that closes a direction of a pod for all that no policy opens.
  func closing(_ direction: NetworkRules.Direction, for pods: PodFacts) -> String? {
    networkRules.first { $0.selects(pods, direction) }.map { "\($0.namespace)/\($0.name)" }
  }

  func allows(
    _ direction: NetworkRules.Direction, for pods: PodFacts, _ peer: NetworkRules.Peer, port: Int,
    transport: String = "TCP", listener: PodFacts?
  ) -> Bool {
    var isClosed = false
    for rules in networkRules where rules.selects(pods, direction) {
      if rules.allows(direction, peer, port: port, transport: transport, listener: listener) { return true }
      isClosed = true
    }
    return !isClosed
  }
}
