public import Seams

/// When a fault holds.
public struct FaultSchedule: Hashable, Sendable {
  /// When a fault comes for the first time.
  public enum Start: Hashable, Sendable {
    /// So long after it was declared to the cluster.
    case after(Duration)
    /// At a time of the clusters.
    case at(Timestamp)
  }

  /// When it comes for the first time.
  public var start = Start.after(.zero)
  /// How long it holds; `nil` until it is cleared. What happens in a moment has no duration.
  public var duration: Duration?
  /// From one coming to the next; `nil` when it comes once.
  public var interval: Duration?
  /// How often it comes; `nil` for as long as it is declared. Means nothing without an interval.
  public var count: Int?
  /// How likely it is that it holds when it comes, 0…1; drawn from the cluster's seed for each time.
  public var probability = 1.0

  /// At once, and until it is cleared.
  public init() {}
}

extension FaultSchedule {
  /// The schedule of a fault that was declared at some time, so that every moment is known.
  struct Timeline: Sendable {
    let first: Timestamp
    let duration: Duration?
    let interval: Duration?
    let count: Int

    /// The last occurrence that has come by `now`; `nil` before the first.
    func latest(by now: Timestamp) -> Int? {
      guard now >= first else { return nil }
      guard let interval else { return 0 }
      let passed = (now - first).wholeMicroseconds / max(1, interval.wholeMicroseconds)
      return min(Int(passed), count - 1)
    }

    func start(of occurrence: Int) -> Timestamp {
      guard let interval else { return first }
      return first + .microseconds(interval.wholeMicroseconds * Int64(occurrence))
    }

    /// `nil` when it goes on until the fault is cleared.
    func end(of occurrence: Int) -> Timestamp? { duration.map { start(of: occurrence) + $0 } }

    func next(after occurrence: Int?) -> Timestamp? {
      let next = occurrence.map { $0 + 1 } ?? 0
      return next < count ? start(of: next) : nil
    }
  }

  /// - Parameter since: when the fault was declared.
  func timeline(since: Timestamp, isMomentary: Bool) -> Timeline {
    let first =
      switch start {
      case .after(let delay): since + delay
      case .at(let time): time
      }
    return Timeline(
      first: first, duration: isMomentary ? .zero : duration, interval: interval,
      count: interval == nil ? 1 : count ?? Int.max)
  }
}
