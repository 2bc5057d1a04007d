import DequeModule
import KubeModel
import Seams

/// Which events are the same, which are too many, and when they go (client-go's `EventCorrelator`, and the hour
/// that a control plane keeps events).
struct EventCorrelator: Sendable {
  /// What makes two events one with a count.
  struct Identity: Hashable, Sendable {
    let source: String
    let object: String
    let type: String
    let reason: String
    let message: String
  }

  private struct Budget {
    var tokens: Double
    var at: Timestamp
  }

  static let lifetime = Duration.seconds(3_600)
  /// More events than these are not kept: the oldest go first.
  static let limit = 4_096
  private static let burst = 25.0
  private static let refill = Duration.seconds(300)

  private var known: [Identity: ObjectKey] = [:]
  private var identities: [ObjectKey: Identity] = [:]
  private var budgets: [String: Budget] = [:]
  private(set) var queue: Deque<(expiry: Timestamp, key: ObjectKey)> = []
  private var expiries: [ObjectKey: Timestamp] = [:]

  var count: Int { expiries.count }

  /// Whether one more event of an object by a source is let through: 25 at once, then one in five minutes.
  mutating func admits(source: String, object: String, now: Timestamp) -> Bool {
    let key = source + object
    var budget = budgets[key] ?? Budget(tokens: EventCorrelator.burst, at: now)
    let earned = (now - budget.at).inSeconds / EventCorrelator.refill.inSeconds
    budget.tokens = min(EventCorrelator.burst, budget.tokens + earned)
    budget.at = now
    defer { budgets[key] = budget }
    guard budget.tokens >= 1 else { return false }
    budget.tokens -= 1
    return true
  }

  func key(of identity: Identity) -> ObjectKey? { known[identity] }

  mutating func remember(_ identity: Identity, at key: ObjectKey) {
    known[identity] = key
    identities[key] = identity
  }

  /// Takes note of an event object that was written, be it by a client.
  mutating func notice(_ commit: Commit) {
    let key = commit.object.key
    guard commit.change != .deleted else {
      expiries[key] = nil
      if let identity = identities.removeValue(forKey: key) { known[identity] = nil }
      return
    }
    add(key, now: commit.time)
  }

  /// Lets an event live for an hour from now.
  mutating func add(_ key: ObjectKey, now: Timestamp) {
    let expiry = now + EventCorrelator.lifetime
    if expiries.updateValue(expiry, forKey: key) == nil { queue.append((expiry, key)) }
  }

  /// The events whose time is over, or that are too many.
  mutating func takeExpired(now: Timestamp) -> [ObjectKey] {
    var expired: [ObjectKey] = []
    while let first = queue.first {
      guard let expiry = expiries[first.key] else {
        queue.removeFirst()
        continue
      }
      let isSurplus = expiries.count - expired.count > EventCorrelator.limit
      guard first.expiry <= now || isSurplus else { break }
      queue.removeFirst()
      if expiry > now, !isSurplus {
        queue.append((expiry, first.key))
      } else {
        expired.append(first.key)
      }
    }
    if budgets.count > 10_000 { budgets.removeAll(keepingCapacity: true) }
    return expired
  }

  var nextExpiry: Timestamp? { queue.first?.expiry }
}
