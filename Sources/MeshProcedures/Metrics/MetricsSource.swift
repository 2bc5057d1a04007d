public import Seams

/// Tells what happened to the requests of a workload.
public protocol MetricsSource: Sendable {
  /// The requests to `workload`'s pods after `start` and up to `end`.
  ///
  /// - Parameter workload: the Deployment's name, as Istio's label `destination_workload` has it.
  /// - Returns: `nil` when the source knows nothing of the workload in that time.
  /// - Throws: when the source cannot be asked.
  func requests(namespace: String, workload: String, after start: Timestamp, to end: Timestamp) async throws
    -> RequestSample?
}

/// The requests of a span of time, counted.
public struct RequestSample: Hashable, Sendable {
  /// A bucket of the latency histogram.
  public struct Bucket: Hashable, Sendable {
    /// The longest time in seconds; infinite for the last bucket.
    public let bound: Double
    /// The requests in this bucket alone.
    public let count: Int

    /// Creates a bucket.
    public init(bound: Double, count: Int) {
      self.bound = bound
      self.count = count
    }
  }

  /// All requests.
  public let requests: Int
  /// Those that failed (5xx).
  public let failures: Int
  /// The latency histogram, bounds ascending.
  public let buckets: [Bucket]

  /// Creates a sample.
  public init(requests: Int, failures: Int, buckets: [Bucket]) {
    self.requests = requests
    self.failures = failures
    self.buckets = buckets
  }

  /// The share of requests that succeeded in percent; `nil` without requests.
  public var successRate: Double? {
    requests > 0 ? 100 * Double(requests - failures) / Double(requests) : nil
  }

  /// A quantile of latency in seconds, interpolated within its bucket as Prometheus'
  /// `histogram_quantile` does; `nil` without requests, and when no bucket has a finite bound.
  ///
  /// - Parameter quantile: 0…1.
  public func latency(quantile: Double) -> Double? {
    let total = buckets.reduce(0) { $0 + $1.count }
    guard total > 0, buckets.contains(where: \.bound.isFinite) else { return nil }
    let rank = quantile * Double(total)
    var below = 0
    var lower = 0.0
    for bucket in buckets {
      if Double(below + bucket.count) >= rank, bucket.count > 0 {
        guard bucket.bound.isFinite else { return lower }
        return lower + (bucket.bound - lower) * (rank - Double(below)) / Double(bucket.count)
      }
      below += bucket.count
      if bucket.bound.isFinite { lower = bucket.bound }
    }
    return lower
  }
}
