import Seams

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// How long requests take, ready for drawing: the shares of the buckets, and the mean.
struct LatencyProfile: Sendable {
  /// The shares of the buckets of `RequestStatistics`, summed up.
  let cumulative: [Double]
  /// Seconds.
  let mean: Double
  private let distribution: LatencyDistribution

  init(_ distribution: LatencyDistribution) {
    self.distribution = distribution
    cumulative = RequestStatistics.bounds.map(distribution.share(within:)) + [1]
    mean = distribution.mean
  }

  /// The share of requests that take longer.
  func tail(beyond limit: Duration) -> Double { max(0, 1 - distribution.share(within: limit.inSeconds)) }

  /// Draws so many requests into buckets.
  func draw(_ count: Int, into buckets: inout [Int], _ draws: inout SeededGenerator) {
    guard count > 0 else { return }
    if count <= 32 {
      for _ in 0..<count {
        let draw = draws.unit()
        var index = 0
        while index < cumulative.count - 1, cumulative[index] <= draw { index += 1 }
        buckets[index] += 1
      }
      return
    }
    var (rest, left, before) = (count, 1.0, 0.0)
    for (index, sum) in cumulative.enumerated() where rest > 0 {
      let share = sum - before
      before = sum
      guard share > 0 else { continue }
      let hits = left <= share ? rest : draws.binomial(rest, share / left)
      buckets[index] += hits
      rest -= hits
      left -= share
    }
  }
}

/// The profiles in use: what an image takes by itself, and what waiting and calls add.
struct LatencyProfiles {
  private struct Key: Hashable {
    let own: LatencyDistribution
    /// What is added, in steps of an eighth.
    let step: Int
  }

  private var known: [Key: LatencyProfile] = [:]

  /// - Parameter added: seconds; less than a tenth of a millisecond is nothing.
  mutating func profile(of behavior: ImageBehavior, adding added: Double) -> LatencyProfile {
    let own = LatencyDistribution(median: behavior.medianLatency, p99: behavior.p99Latency)
    let step = added < 1e-4 ? Int.min : Int((log(added) * 8).rounded())
    let key = Key(own: own, step: step)
    if let profile = known[key] { return profile }
    let profile = LatencyProfile(step == Int.min ? own : own.adding(mean: exp(Double(step) / 8)))
    if known.count > 4_096 { known = [:] }
    known[key] = profile
    return profile
  }
}

extension LatencyDistribution {
  /// The mean in seconds.
  var mean: Double { exp(logMedian + deviation * deviation / 2) }

  /// The sum with something else that varies half as much as it is long, as a log-normal distribution of the same
  /// mean and variance (Fenton and Wilkinson).
  func adding(mean added: Double) -> LatencyDistribution {
    let total = mean + added
    let own = (exp(deviation * deviation) - 1) * mean * mean
    let variance = log(1 + (own + 0.25 * added * added) / (total * total))
    return LatencyDistribution(logMedian: log(total) - variance / 2, deviation: variance.squareRoot())
  }
}
