import KubeModel
import Seams

extension TrafficModel {
  /// Sends requests to one destination of a route: within its pool, past pods that are left alone, and again where
  /// the route says so.
  mutating func send(
    _ count: Int, to destination: DestinationDecision, of index: Int, slot: Int, depth: Int, _ now: Timestamp,
    isMirrored: Bool = false
  ) -> FlowAnswer {
    guard count > 0 else { return FlowAnswer() }
    let edge = network.edges[index]
    if let refusal = destination.refusal { return isMirrored ? FlowAnswer() : refuse(count, refusal, edge) }
    var answer = FlowAnswer()
    var open = count - overflow(count, destination, edge, &answer)
    let retries = isMirrored || !edge.isProxied ? RetryPolicy.none : edge.decision.retries
    var tries = 0
    while open > 0 {
      var again = 0
      answer += attempt(
        open, at: destination, of: index, slot: slot, depth: depth, now,
        retries: tries < retries.attempts ? retries : .none,
        isMirrored: isMirrored, retried: &again)
      open = again
      tries += 1
    }
    return answer
  }

  private mutating func overflow(
    _ count: Int, _ destination: DestinationDecision, _ edge: CompiledEdge, _ answer: inout FlowAnswer
  ) -> Int {
    let pool = destination.policy.pool
    let isModern = edge.decision.request.kind == .grpc
    guard let limit = isModern ? pool.requests : pool.connections.map({ $0 + (pool.pending ?? 1_024) }) else {
      return 0
    }
    guard let group = destination.endpoints.first?.group else { return 0 }
    let time = profiles.profile(of: network.behaviors[group], adding: network.loads[group].wait).mean
    let share = PoolOverflow.share(limit: limit, load: Double(count) / Double(edge.clients) * time)
    let excess = draws.binomial(count, share)
    answer += refuse(
      excess, RequestOutcome(.endpoints, status: 503, flags: "UO", reason: "reset reason: overflow"), edge)
    return excess
  }

  private mutating func attempt(
    _ count: Int, at destination: DestinationDecision, of index: Int, slot: Int, depth: Int, _ now: Timestamp,
    retries: RetryPolicy, isMirrored: Bool, retried: inout Int
  ) -> FlowAnswer {
    let edge = network.edges[index]
    let all = destination.endpoints.reduce(0) { $0 + $1.count }
    var available = destination.endpoints.map(\.count)
    let detection = destination.policy.outliers
    var keys: [EjectionKey] = []
    if detection != nil {
      for (place, endpoint) in destination.endpoints.enumerated() {
        let name = endpoint.group.map { network.group($0).facts.key } ?? ""
        let key = EjectionKey(host: destination.host, subset: destination.subset, group: name)
        keys.append(key)
        available[place] = max(0, available[place] - (ejections[key]?.active(at: now) ?? 0))
      }
    }
    var (left, rest, answer) = (available.reduce(0, +), count, FlowAnswer())
    guard left > 0 else {
      return refuse(
        count, RequestOutcome(.endpoints, status: 503, flags: "UH", reason: "all pods are ejected"), edge)
    }
    for (place, endpoint) in destination.endpoints.enumerated() where available[place] > 0 {
      let part = draws.binomial(rest, Double(available[place]) / Double(left))
      left -= available[place]
      rest -= part
      guard part > 0 else { continue }
      var failures = 0
      answer += serve(
        part, at: endpoint, of: index, slot: slot + place, depth: depth, now, retries: retries,
        isMirrored: isMirrored,
        retried: &retried, failures: &failures)
      guard let detection else { continue }
      ejections[keys[place], default: Ejections()].notice(
        requests: part, failures: failures, pods: available[place], all: all, detection, now: now, &draws)
    }
    return answer
  }
}
