/// What happened to the requests of a workload in some span of time, as Istio's standard metrics tell.
public struct RequestStatistics: Hashable, Sendable {
  /// Upper bounds of the latency buckets in seconds, as Istio's proxies have them; the last bucket has
  /// no bound.
  public static let bounds: [Double] = [
    0.0005, 0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
  ]

  /// All requests.
  public var requests: Int = 0
  /// Those that failed with a 5xx status.
  public var failures: Int = 0
  /// How many requests fell into each bucket (not cumulative); one more than there are bounds.
  public var buckets: [Int] = Array(repeating: 0, count: RequestStatistics.bounds.count + 1)

  /// No requests.
  public init() {}

  static func + (left: RequestStatistics, right: RequestStatistics) -> RequestStatistics {
    left.combined(right, +)
  }

  static func - (left: RequestStatistics, right: RequestStatistics) -> RequestStatistics {
    left.combined(right, -)
  }

  private func combined(_ other: RequestStatistics, _ combine: (Int, Int) -> Int) -> RequestStatistics {
    var result = self
    result.requests = combine(requests, other.requests)
    result.failures = combine(failures, other.failures)
    for index in buckets.indices { result.buckets[index] = combine(buckets[index], other.buckets[index]) }
    return result
  }
}

/// The running totals of one workload and version, one row a second.
struct RequestSeries {
  private static let width = RequestStatistics.bounds.count + 3
  private static let limit = 3_600

  private var firstSecond: Int64
  private var rows: ContiguousArray<UInt32> = []

  init(firstSecond: Int64) { self.firstSecond = firstSecond }

  private var count: Int { rows.count / RequestSeries.width }

  /// Adds what happened in the second that ended at `second`.
  mutating func add(_ statistics: RequestStatistics, at second: Int64) {
    extend(to: second)
    let start = rows.count - RequestSeries.width
    rows[start] &+= UInt32(truncatingIfNeeded: statistics.requests)
    rows[start + 1] &+= UInt32(truncatingIfNeeded: statistics.failures)
    for (offset, bucket) in statistics.buckets.enumerated() {
      rows[start + 2 + offset] &+= UInt32(truncatingIfNeeded: bucket)
    }
  }

  /// What happened after `start` and up to `end`.
  func statistics(after start: Int64, to end: Int64) -> RequestStatistics {
    total(at: end) - total(at: start)
  }

  /// The first second with data.
  var start: Int64 { firstSecond }

  private mutating func extend(to second: Int64) {
    if rows.isEmpty { rows.append(contentsOf: repeatElement(0, count: RequestSeries.width)) }
    while firstSecond + Int64(count) - 1 < second {
      rows.append(contentsOf: Array(rows.suffix(RequestSeries.width)))
    }
    if count > 2 * RequestSeries.limit {
      let surplus = count - RequestSeries.limit
      rows.removeFirst(surplus * RequestSeries.width)
      firstSecond += Int64(surplus)
    }
  }

  private func total(at second: Int64) -> RequestStatistics {
    var result = RequestStatistics()
    guard count > 0, second >= firstSecond else { return result }
    let start = Int(min(second - firstSecond, Int64(count - 1))) * RequestSeries.width
    result.requests = Int(rows[start])
    result.failures = Int(rows[start + 1])
    for index in result.buckets.indices { result.buckets[index] = Int(rows[start + 2 + index]) }
    return result
  }
}
