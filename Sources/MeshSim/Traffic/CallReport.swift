/// What has gone from one caller to one Service.
public struct CallReport: Hashable, Sendable {
  /// The workload that calls, as `namespace/name`; `nil` for users outside.
  public var caller: String?
  /// The Service that is called.
  public var callee: ServiceName
  /// All requests, each counted once however often it was tried.
  public var requests: Int
  /// Those that failed (5xx), or did not get through.
  public var failures: Int
  /// Those that were refused for what they asked (4xx).
  public var refusals: Int
  /// How long they took, as the proxies of the mesh have measured it: one more count than
  /// `RequestStatistics.bounds`; all 0 where no proxy stands at either end.
  public var buckets: [Int]
}

extension SimulatedCluster {
  /// What has gone along every call since the cluster was made or loaded, callers and Services in order.
  public var calls: [CallReport] {
    withState { state in
      let times = state.traffic.meters.times
      return state.traffic.flows.map { call, flow in
        CallReport(
          caller: call.caller, callee: call.callee, requests: flow.requests, failures: flow.failures,
          refusals: flow.refusals, buckets: times(call))
      }.sorted { ($0.caller ?? "", $0.callee) < ($1.caller ?? "", $1.callee) }
    }
  }

  /// What becomes of a request from one workload to a Service, and who decides it: with the cluster as it is now,
  /// faults included.
  ///
  /// - Parameters:
  ///   - caller: who sends it.
  ///   - callee: the Service.
  ///   - request: what is asked for; the request that the callee's rules foresee by default.
  /// - Returns: the ways that it can take; empty when the caller has no pods.
  public func reach(
    from caller: RoutingSnapshot.Caller, to callee: ServiceName, _ request: ClientRequest? = nil
  )
    -> [Reach]
  {
    let snapshot = withState { state in
      state.traffic.refresh(state.store, state.images, state.faults)
      return state.traffic.network.snapshot
    }
    guard request == nil, let shape = snapshot.expectedRequest(from: caller, to: callee) else {
      return snapshot.reach(from: caller, to: callee.host, request ?? ClientRequest())
    }
    return snapshot.reach(from: caller, to: callee.host, port: shape.port, shape.request)
  }

  /// The workloads that have pods, as `namespace/name`, and the Services.
  public var parties: (workloads: [String], services: [ServiceName]) {
    withState { state in
      state.traffic.refresh(state.store, state.images, state.faults)
      let snapshot = state.traffic.network.snapshot
      let workloads = Set(snapshot.groups.map { "\($0.facts.namespace)/\($0.facts.workload)" })
      return (workloads.sorted(), snapshot.services.values.map(\.name).sorted())
    }
  }
}

extension RoutingSnapshot {
  /// The request that the rules of a Service foresee; `nil` for a caller without pods.
  fileprivate func expectedRequest(from caller: Caller, to callee: ServiceName) -> RequestShape? {
    switch caller {
    case .outside(let address):
      let sender = RequestSender(outside: address, to: services[callee.host])
      return expectedRequest(from: sender, gateway: nil, to: callee)
    case .workload(let namespace, let name):
      guard let group = groups.first(where: { $0.facts.namespace == namespace && $0.facts.workload == name })
      else { return nil }
      return expectedRequest(from: RequestSender(group, in: self), gateway: kong(of: group), to: callee)
    }
  }
}

extension RequestMeters {
  /// How long the requests of a call took: as the caller's proxies have it, or else the callee's.
  fileprivate var times: (EdgeCall) -> [Int] {
    var bySource: [EdgeCall: [Int]] = [:]
    var byServer: [EdgeCall: [Int]] = [:]
    for meter in meters {
      guard let service = meter.subject.service else { continue }
      let source = meter.subject.source
      let isOutside = source == .ingress || source == .unknown
      let call = EdgeCall(
        caller: isOutside ? nil : "\(source.namespace)/\(source.workload)", callee: service)
      if meter.isSource {
        bySource.add(meter.buckets, to: call)
      } else {
        byServer.add(meter.buckets, to: call)
      }
    }
    let none = [Int](repeating: 0, count: RequestStatistics.bounds.count + 1)
    return { call in bySource[call] ?? byServer[call] ?? none }
  }
}

extension [EdgeCall: [Int]] {
  fileprivate mutating func add(_ buckets: [Int], to call: EdgeCall) {
    guard let known = self[call] else { return self[call] = buckets }
    self[call] = zip(known, buckets).map(+)
  }
}
