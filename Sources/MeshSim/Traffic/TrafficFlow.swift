import KubeModel
import Seams

/// One second of traffic: requests enter, follow the routes and the calls, and are measured.
extension ClusterState {
  mutating func flowTraffic() {
    guard traffic.isFlowing else { return }
    schedule(.traffic, at: Timestamp(seconds: now.wholeSecond + 1))
    if traffic.routes == nil { traffic.setRoutes(ServiceRoutes.all(in: store)) }
    // A generator of its own a second: what flows does not depend on what controllers have drawn.
    var draws = SeededGenerator(seed: seed, stream: StableHash.of(name) ^ UInt64(bitPattern: now.wholeSecond))
    for (service, rate) in traffic.plan.sources.sorted(by: { $0.key < $1.key }) {
      let count = draws.poisson(mean: rate)
      _ = serve(count, at: service, depth: 0, &draws)
    }
  }

  /// Sends `count` requests to a Service.
  ///
  /// - Returns: how many failed, there or in what they called.
  private mutating func serve(
    _ count: Int, at service: ServiceName, depth: Int, _ draws: inout SeededGenerator
  ) -> Int {
    guard count > 0 else { return 0 }
    guard depth < 16, let routes = traffic.routes?[service] else {
      traffic.recordUnroutable(count, at: service)
      return count
    }
    var failed = 0
    var rest = count
    var weightLeft = routes.destinations.reduce(0) { $0 + $1.weight }
    for destination in routes.destinations where rest > 0 && weightLeft > 0 {
      let share = draws.binomial(rest, Double(destination.weight) / Double(weightLeft))
      weightLeft -= destination.weight
      rest -= share
      failed += serve(share, at: destination, of: service, depth: depth, &draws)
    }
    if rest > 0 {
      traffic.recordUnroutable(rest, at: service)
      failed += rest
    }
    return failed
  }

  private mutating func serve(
    _ count: Int, at destination: ServiceRoutes.Destination, of service: ServiceName, depth: Int,
    _ draws: inout SeededGenerator
  ) -> Int {
    guard count > 0 else { return 0 }
    var podsLeft = destination.groups.reduce(0) { $0 + $1.readyPods }
    guard podsLeft > 0 else {
      traffic.recordUnroutable(count, at: service)
      return count
    }
    var failed = 0
    var rest = count
    for group in destination.groups {
      let share = draws.binomial(rest, Double(group.readyPods) / Double(podsLeft))
      podsLeft -= group.readyPods
      rest -= share
      failed += serve(share, by: group, of: service, depth: depth, &draws)
    }
    return failed
  }

  private mutating func serve(
    _ count: Int, by group: ServiceRoutes.Group, of service: ServiceName, depth: Int,
    _ draws: inout SeededGenerator
  ) -> Int {
    guard count > 0 else { return 0 }
    let behavior = images.behavior(of: group.image)
    var failures = draws.binomial(count, behavior.errorRate)
    for call in traffic.plan.calls[service] ?? [] {
      let served = Double(count - failures)
      let calls = call.perRequest == 1 ? Int(served) : draws.poisson(mean: served * call.perRequest)
      let lost = serve(calls, at: call.callee, depth: depth + 1, &draws)
      failures = min(count, failures + lost)
    }
    var statistics = RequestStatistics()
    statistics.requests = count
    statistics.failures = failures
    var rest = count
    var shareLeft = 1.0
    for (index, share) in traffic.shares(of: behavior).enumerated() where rest > 0 && share > 0 {
      let hits = draws.binomial(rest, min(1, share / shareLeft))
      statistics.buckets[index] = hits
      rest -= hits
      shareLeft -= share
    }
    traffic.record(statistics, for: group.series, at: now.wholeSecond)
    return failures
  }
}
