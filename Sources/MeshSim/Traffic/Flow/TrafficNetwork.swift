import KubeModel

/// Pods, Services and rules as they are now, with the edges that requests have taken since the last change.
struct TrafficNetwork {
  private(set) var snapshot: RoutingSnapshot
  private(set) var edges: [CompiledEdge] = []
  /// What has gone along each edge.
  private(set) var flows: [EdgeFlow] = []
  private var places: [CompiledEdge.Key: Int] = [:]
  private var calls: [CallsKey: [CompiledCall]] = [:]
  /// How busy each group's pods are.
  var loads: [PodLoad]
  /// How each group's containers behave.
  var behaviors: [ImageBehavior] = []
  var series: [TrafficModel.SeriesKey]

  private struct CallsKey: Hashable {
    let edge: Int
    let group: Int
  }

  init(_ snapshot: RoutingSnapshot, loads: [String: PodLoad]) {
    self.snapshot = snapshot
    self.loads = snapshot.groups.map { loads[$0.facts.key] ?? PodLoad() }
    series = snapshot.groups.map {
      TrafficModel.SeriesKey(
        namespace: $0.facts.namespace, workload: $0.facts.workload, version: $0.facts.image)
    }
  }

  func group(_ index: Int) -> PodGroup { snapshot.groups[index] }

  mutating func count(_ count: Int, _ answer: FlowAnswer, along edge: Int) {
    flows[edge].requests += count
    flows[edge].failures += answer.failed
    flows[edge].refusals += answer.refused
  }

  // MARK: Edges

  /// The edges of requests from outside.
  mutating func entrance(to service: ServiceName, _ plan: TrafficPlan, _ meters: inout RequestMeters)
    -> CompiledCall
  {
    call(
      caller: -1, service, perRequest: 1, shapes: plan.shapes[TrafficEdge(from: nil, to: service)], &meters)
  }

  /// The calls that a request causes at the pods of a group.
  mutating func calls(
    at group: Int, of edge: Int, _ plan: TrafficPlan, _ meters: inout RequestMeters
  ) -> [CompiledCall] {
    let key = CallsKey(edge: edge, group: group)
    if let known = calls[key] { return known }
    let made = makeCalls(at: group, of: edges[edge], plan, &meters)
    calls[key] = made
    return made
  }

  private mutating func makeCalls(
    at group: Int, of edge: CompiledEdge, _ plan: TrafficPlan, _ meters: inout RequestMeters
  ) -> [CompiledCall] {
    let service = edge.key.callee
    if edge.isDeclared, let routes = snapshot.kong(of: snapshot.groups[group]) {
      // Users have said what they ask for, so the gateway's routes say whom it calls.
      var callee = service
      if case .proxied(let route, _) = routes.decide(edge.decision.request) {
        guard let target = snapshot.services[route.service.host] else { return [] }
        callee = target.name
      }
      var shape = RequestShape(edge.decision.request)
      shape.consumers = edge.consumers
      return [call(caller: group, callee, perRequest: 1, shapes: [shape], isForwarded: true, &meters)]
    }
    return (plan.calls[service] ?? []).map { call in
      let shapes = plan.shapes[TrafficEdge(from: service, to: call.callee)]
      return self.call(caller: group, call.callee, perRequest: call.perRequest, shapes: shapes, &meters)
    }
  }

  private mutating func call(
    caller: Int, _ callee: ServiceName, perRequest: Double, shapes: [RequestShape]?,
    isForwarded: Bool = false,
    _ meters: inout RequestMeters
  ) -> CompiledCall {
    let declared = shapes?.filter { $0.share > 0 } ?? []
    guard !declared.isEmpty else {
      return CompiledCall(
        perRequest: perRequest, edges: [(edge(caller, callee, shape: -1, nil, nil, &meters), 1)])
    }
    var left = declared.reduce(0) { $0 + $1.share }
    var edges: [(edge: Int, share: Double)] = []
    for (index, shape) in declared.enumerated() {
      let forwarded = isForwarded ? shape.request : nil
      let place = edge(caller, callee, shape: index, forwarded, shape, &meters)
      edges.append((edge: place, share: min(1, shape.share / left)))
      left -= shape.share
    }
    return CompiledCall(perRequest: perRequest, edges: edges)
  }

  private mutating func edge(
    _ caller: Int, _ callee: ServiceName, shape index: Int, _ forwarded: ClientRequest?,
    _ declared: RequestShape?,
    _ meters: inout RequestMeters
  ) -> Int {
    let key = CompiledEdge.Key(caller: caller, callee: callee, shape: index, forwarded: forwarded)
    if let place = places[key] { return place }
    let service = snapshot.services[callee.host]
    let group = caller >= 0 ? snapshot.groups[caller] : nil
    let sender = group.map { RequestSender($0, in: snapshot) } ?? RequestSender(to: service)
    let routes = group.flatMap { snapshot.kong(of: $0) }
    var shape = declared ?? snapshot.expectedRequest(from: sender, gateway: routes, to: callee)
    var passing: CompiledEdge.GatewayPass?
    if let routes { passing = pass(routes, group, &shape, isDeclared: declared != nil, callee) }
    var decision = snapshot.decide(from: sender, to: callee.host, port: shape.port, shape.request)
    if let refusal = passing?.refusal { decision = .refused(refusal, shape.request, host: callee.host) }
    let source = group.map { MeterParty($0.facts) } ?? (sender.hasProxy ? .ingress : .unknown)
    let first = addSlots(decision, source, callee, &meters)
    edges.append(
      CompiledEdge(
        key: key, decision: decision, isDeclared: declared != nil, isProxied: sender.hasProxy,
        clients: max(1, group?.readyCount ?? 2),
        consumers: shape.consumers, gateway: passing, firstSlot: first))
    flows.append(EdgeFlow())
    places[key] = edges.count - 1
    return edges.count - 1
  }

  /// What a gateway makes of a request: its route, limits, and the request as it goes on.
  private func pass(
    _ routes: KongRoutes, _ group: PodGroup?, _ shape: inout RequestShape, isDeclared: Bool,
    _ callee: ServiceName
  ) -> CompiledEdge.GatewayPass {
    let name = group.map { "\($0.facts.namespace)/\($0.facts.workload)" } ?? ""
    let tries = isDeclared ? [shape.request] : routes.requests(to: callee.host)
    for request in tries {
      switch routes.decide(request) {
      case .refused(let status, let reason, let route) where isDeclared:
        return CompiledEdge.GatewayPass(
          name: name, service: "", route: route ?? "", limits: [],
          refusal: RequestOutcome(.gateway, status: status, reason: reason))
      case .refused: continue
      case .proxied(let route, var forwarded):
        forwarded.token = shape.request.token
        guard isDeclared || forwarded == shape.request else { continue }
        shape.request = forwarded
        shape.port = route.service.port
        return CompiledEdge.GatewayPass(
          name: name, service: route.service.name, route: route.name, limits: route.plugins.flatMap(\.limits),
          refusal: nil)
      }
    }
    return CompiledEdge.GatewayPass(
      name: name, service: "", route: "", limits: [],
      refusal: RequestOutcome(.gateway, status: 404, reason: "no Route matched with those values"))
  }

  private func addSlots(
    _ decision: RouteDecision, _ source: MeterParty, _ callee: ServiceName, _ meters: inout RequestMeters
  ) -> Int {
    let kind: ClientRequest.Kind = decision.isHTTP ? (decision.request.kind == .grpc ? .grpc : .http) : .tcp
    let first = meters.addSlot(
      MeterSubject(
        source: source, destination: .unknown, host: decision.host, service: callee, kind: kind,
        isMutualTLS: false))
    for destination in decision.destinations + decision.mirrors.map(\.destination) {
      for endpoint in destination.endpoints {
        let party = endpoint.group.map { MeterParty(snapshot.groups[$0].facts) } ?? .unknown
        _ = meters.addSlot(
          MeterSubject(
            source: source, destination: party, host: destination.host, service: destination.service,
            kind: kind,
            isMutualTLS: endpoint.isMutualTLS))
      }
    }
    return first
  }
}
