import Seams

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Draws from the distributions that traffic is made of. Large counts use the normal approximation,
/// so a tick costs the same at 10 and at 10,000 requests.
extension SeededGenerator {
  /// A count with mean `mean` (Poisson).
  mutating func poisson(mean: Double) -> Int {
    guard mean > 0 else { return 0 }
    guard mean < 30 else { return max(0, Int((mean + normal() * mean.squareRoot()).rounded())) }
    let floor = exp(-mean)
    var product = unit()
    var count = 0
    while product > floor {
      product *= unit()
      count += 1
    }
    return count
  }

  /// How many of `count` trials succeed, each with `probability`.
  mutating func binomial(_ count: Int, _ probability: Double) -> Int {
    guard count > 0, probability > 0 else { return 0 }
    guard probability < 1 else { return count }
    if probability > 0.5 { return count - binomial(count, 1 - probability) }
    let mean = Double(count) * probability
    if mean > 30 {
      let deviation = (mean * (1 - probability)).squareRoot()
      return min(count, max(0, Int((mean + normal() * deviation).rounded())))
    }
    // The gaps between successes are geometric: one draw a success, not one a trial.
    let scale = log1p(-probability)  // not log(1 - p), which is 0 for a tiny p
    var successes = 0
    var position = 0.0
    while true {
      position += (log(1 - unit()) / scale).rounded(.down) + 1
      guard position <= Double(count) else { return successes }
      successes += 1
    }
  }

  /// A standard normal draw (Box and Muller).
  mutating func normal() -> Double {
    (-2 * log(1 - unit())).squareRoot() * cos(2 * .pi * unit())
  }
}

/// The spread of latencies: a log-normal distribution given by its median and 99th percentile.
struct LatencyDistribution: Hashable {
  let logMedian: Double
  let deviation: Double

  init(logMedian: Double, deviation: Double) {
    self.logMedian = logMedian
    self.deviation = deviation
  }

  init(median: Duration, p99: Duration) {
    let (median, p99) = (max(median.inSeconds, 1e-6), max(p99.inSeconds, 1e-6))
    logMedian = log(median)
    deviation = max(log(p99 / median) / 2.326_347_874, 1e-3)
  }

  /// The share of requests that take at most `seconds`.
  func share(within seconds: Double) -> Double {
    0.5 * erfc(-(log(seconds) - logMedian) / (deviation * 2.0.squareRoot()))
  }
}
