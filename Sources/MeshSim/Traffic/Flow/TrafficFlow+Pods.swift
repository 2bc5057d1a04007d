import KubeModel
import Seams

extension TrafficModel {
  /// Sends requests to the pods of a group.
  ///
  /// - Parameters:
  ///   - retried: how many are to be tried again.
  ///   - failures: how many the proxies count against the pods.
  mutating func serve(
    _ count: Int, at endpoint: EndpointDecision, of index: Int, slot: Int, depth: Int, _ now: Timestamp,
    retries: RetryPolicy, isMirrored: Bool, retried: inout Int, failures: inout Int
  ) -> FlowAnswer {
    let edge = network.edges[index]
    let isCounted = edge.isProxied
    guard endpoint.verdict.isServed, let group = endpoint.group else {
      return refuse(count, endpoint, edge, slot, isCounted, retries, &retried)
    }
    let behavior = network.behaviors[group]
    let facts = network.group(group).facts
    let load = network.loads[group]
    network.loads[group].asked += Double(count) * behavior.cpuSecondsPerRequest
    var own = FlowAnswer()
    let shed = draws.binomial(count, load.refusedShare)
    own.add(shed, status: 503)
    own.add(draws.binomial(count - shed, behavior.errorRate), status: 500)
    let good = count - own.failed
    var below = FlowAnswer()
    for call in network.calls(at: group, of: index, plan, &meters) {
      let calls = call.perRequest == 1 ? good : draws.poisson(mean: Double(good) * call.perRequest)
      below += send(calls, by: call, depth: depth + 1, now)
    }
    let isGateway = facts.kong != nil
    // A gateway passes on what it is answered; others fail when what they need is refused.
    let lost = min(good, below.failed + (isGateway ? 0 : below.refused))
    let passed = isGateway ? min(good - lost, below.refused) : 0
    failures = own.failed + lost
    let added = load.wait + (good > 0 ? below.seconds / Double(good) : 0)
    let profile = profiles.profile(of: behavior, adding: added)
    var statistics = RequestStatistics()
    statistics.requests = count
    statistics.failures = failures
    var answer = FlowAnswer()
    let isGuarded = facts.hasProxy && !facts.excludedInbound.contains(endpoint.port)
    let limit = [edge.decision.timeout, retries.perTryTimeout ?? edge.decision.retries.perTryTimeout]
      .compactMap { $0 }.min()
    let tail = isCounted ? limit.map { profile.tail(beyond: $0) } ?? 0 : 0
    let parts = [
      (503, shed), (500, own.failed - shed), (isGateway ? 503 : 500, lost), (below.refusedStatus, passed),
      (200, good - lost - passed),
    ]
    for (code, part) in parts where part > 0 {
      var buckets = [Int](repeating: 0, count: RequestStatistics.bounds.count + 1)
      profile.draw(part, into: &buckets, &draws)
      for place in buckets.indices { statistics.buckets[place] += buckets[place] }
      let seconds = Double(part) * profile.mean
      if isGuarded {
        meters.count(
          part, buckets: buckets, seconds: seconds, slot: slot, isSource: false, code: code, flags: "-")
      }
      let late = draws.binomial(part, tail)
      answer += finish(
        part, late: late, code, buckets, seconds, limit, slot, isCounted && !isMirrored, retries, &retried)
    }
    record(statistics, for: network.series[group], at: now.wholeSecond)
    return answer
  }

  /// Ends requests at the client: late ones were given up, some that failed are tried again.
  private mutating func finish(
    _ count: Int, late: Int, _ code: Int, _ buckets: [Int], _ seconds: Double, _ limit: Duration?,
    _ slot: Int,
    _ isCounted: Bool, _ retries: RetryPolicy, _ retried: inout Int
  ) -> FlowAnswer {
    var answer = FlowAnswer()
    let inTime = count - late
    let share = Double(inTime) / Double(count)
    answer.seconds = seconds * share + Double(late) * (limit?.inSeconds ?? 0)
    if retries.retries(code) {
      retried += inTime
    } else {
      answer.add(inTime, status: code)
      if isCounted {
        // What took longest was given up: the last buckets go first.
        var (kept, left) = (buckets, late)
        for place in kept.indices.reversed() where left > 0 {
          let taken = min(left, kept[place])
          kept[place] -= taken
          left -= taken
        }
        meters.count(
          inTime, buckets: kept, seconds: seconds * share, slot: slot, isSource: true, code: code, flags: "-")
      }
    }
    guard late > 0 else { return answer }
    if retries.isForSlowTries {
      retried += late
    } else {
      answer.add(late, status: 504)
      if isCounted, let limit {
        var given = [Int](repeating: 0, count: buckets.count)
        given[RequestStatistics.bounds.firstIndex { limit.inSeconds <= $0 } ?? buckets.count - 1] = late
        meters.count(
          late, buckets: given, seconds: Double(late) * limit.inSeconds, slot: slot, isSource: true,
          code: 504,
          flags: "UT")
      }
    }
    return answer
  }

  /// Ends requests that pods, or what stands before them, do not take.
  private mutating func refuse(
    _ count: Int, _ endpoint: EndpointDecision, _ edge: CompiledEdge, _ slot: Int, _ isCounted: Bool,
    _ retries: RetryPolicy, _ retried: inout Int
  ) -> FlowAnswer {
    let verdict = endpoint.verdict
    var answer = FlowAnswer()
    guard !verdict.isServed else { return answer }  // outside of the cluster: nothing is known of it
    if verdict.flags.hasPrefix("UF"), retries.isForConnections {
      retried += count
      return answer
    }
    answer.add(count, status: verdict.status)
    let isSlow = verdict.isTimeout
    answer.seconds = Double(count) * (isSlow ? 10 : 0.0005)
    if verdict.isLost { recordUnroutable(count, at: edge.key.callee) }
    var buckets = [Int](repeating: 0, count: RequestStatistics.bounds.count + 1)
    buckets[isSlow ? 12 : 0] = count
    if isCounted {
      meters.count(
        count, buckets: buckets, seconds: answer.seconds, slot: slot, isSource: true, code: verdict.status,
        flags: verdict.flags)
    }
    if verdict.isByServer {
      meters.count(
        count, buckets: buckets, seconds: answer.seconds, slot: slot, isSource: false, code: verdict.status,
        flags: "-")
    }
    return answer
  }
}
