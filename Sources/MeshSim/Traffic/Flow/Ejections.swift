import Seams

/// Pods that proxies leave alone for a while because their answers failed in a row.
struct Ejections: Sendable {
  private(set) var until: [Timestamp] = []
  private var count = 0

  func active(at now: Timestamp) -> Int { until.count { $0 > now } }

  /// Looks at what pods have answered in a second.
  ///
  /// - Parameters:
  ///   - requests: to all pods of the group; `failures` of them count.
  ///   - pods: how many pods take requests; `all` how many the destination has.
  mutating func notice(
    requests: Int, failures: Int, pods: Int, all: Int, _ policy: ConnectionPolicy.Outliers, now: Timestamp,
    _ draws: inout SeededGenerator
  ) {
    until.removeAll { $0 <= now }
    if until.isEmpty { count = 0 }
    guard failures > 0, pods > 0 else { return }
    let rate = Double(failures) / Double(requests)
    var chance = 1.0
    for _ in 0..<policy.consecutiveErrors { chance *= rate }
    let perPod = Double(requests) / Double(pods)
    guard perPod >= 1 || rate > 0.5 else { return }
    // A row of failures may begin with each request that follows a success.
    let rows = rate >= 1 ? perPod / Double(policy.consecutiveErrors) : perPod * chance * (1 - rate)
    let hits = draws.binomial(pods, min(1, rows))
    // At least one pod may go, whatever the share says.
    let room = max(1, Int(Double(all) * policy.maximum)) - until.count
    for _ in 0..<min(hits, max(0, room)) {
      count += 1
      until.append(now + policy.ejection * Double(min(count, 10)))
    }
  }
}

/// Which destination's pods are meant.
struct EjectionKey: Hashable {
  let host: String
  let subset: String?
  let group: String
}
