public import MeshTopology
public import Seams

/// A judgement over a window of time, with the numbers it rests on.
public struct Verdict: Hashable, Sendable {
  /// What was found.
  public enum Result: String, Hashable, Sendable {
    case pass
    case fail
    /// There is too little to tell by, or nothing; never good.
    case inconclusive
  }

  /// The numbers of one side.
  public struct Numbers: Hashable, Sendable {
    /// Requests in the window.
    public var requests: Int
    /// Successful requests in percent; `nil` without requests.
    public var successRate: Double?
    /// The 99th percentile of latency in seconds; `nil` without requests.
    public var p99: Double?

    init(_ sample: RequestSample) {
      requests = sample.requests
      successRate = sample.successRate
      p99 = sample.latency(quantile: 0.99)
    }

    /// Creates numbers.
    public init(requests: Int, successRate: Double?, p99: Double?) {
      self.requests = requests
      self.successRate = successRate
      self.p99 = p99
    }
  }

  /// What was judged.
  public var step: String
  /// What was found.
  public var result: Result
  /// Why, in words with numbers.
  public var reason: String
  /// When it was judged.
  public var time: Timestamp
  /// The seconds of the window.
  public var window: Duration
  /// The numbers of the version on trial; `nil` when there were none.
  public var subject: Numbers?
  /// The numbers of the version it was compared with; `nil` when there were none or nothing to compare.
  public var baseline: Numbers?
}

/// Decides from numbers whether a version is good.
public enum Judge {
  /// Judges `subject` absolutely and, when `isRelative`, against `baseline` over the same window.
  ///
  /// - Returns: the result and the reason; `inconclusive` whenever evidence is missing.
  public static func judge(
    _ subject: RequestSample?, against baseline: RequestSample?, isRelative: Bool, policy: JudgePolicy
  ) -> (result: Verdict.Result, reason: String) {
    guard let subject, let rate = subject.successRate, let p99 = subject.latency(quantile: 0.99) else {
      return (.inconclusive, "no requests were measured")
    }
    guard subject.requests >= policy.minimumRequests else {
      return (
        .inconclusive, "only \(subject.requests) requests were measured; \(policy.minimumRequests) are needed"
      )
    }
    var faults: [String] = []
    let minimum = policy.successRate.minimum.value
    if isAbove(minimum, rate) {
      faults.append("success rate \(Figures.percent(rate)) is below \(Figures.percent(minimum))")
    }
    if isAbove(p99, policy.latency.maximum.inSeconds) {
      faults.append(
        "p99 latency \(Figures.milliseconds(p99)) is above "
          + Figures.milliseconds(policy.latency.maximum.inSeconds))
    }
    if isRelative {
      guard let baseline, baseline.requests >= policy.minimumRequests, let stableRate = baseline.successRate,
        let stableP99 = baseline.latency(quantile: 0.99)
      else {
        if !faults.isEmpty { return (.fail, faults.joined(separator: "; ")) }
        return (.inconclusive, "the stable version had too few requests to compare with")
      }
      let drop = stableRate - rate
      if isAbove(drop, policy.successRate.maximumDrop.value) {
        faults.append(
          "success rate \(Figures.percent(rate)) is \(Figures.points(drop)) below stable's "
            + Figures.percent(stableRate))
      }
      // Both at the edge of what chance explains, so that two equal versions rarely differ.
      let (fastest, slowest) = (tail(of: subject, errors: -1), tail(of: baseline, errors: 1))
      if isAbove(fastest, slowest * policy.latency.maximumRatio) {
        faults.append(
          "p99 latency \(Figures.milliseconds(p99)) is \(Figures.ratio(p99 / stableP99)) times stable's "
            + Figures.milliseconds(stableP99))
      }
    }
    guard faults.isEmpty else { return (.fail, faults.joined(separator: "; ")) }
    return (.pass, "success rate \(Figures.percent(rate)), p99 latency \(Figures.milliseconds(p99))")
  }

  /// The 99th percentile moved by some standard errors of its rank, √(q(1−q)/n) for quantile q of n requests.
  private static func tail(of sample: RequestSample, errors: Double) -> Double {
    let error = (0.99 * 0.01 / Double(max(1, sample.requests))).squareRoot()
    return sample.latency(quantile: min(1, 0.99 + errors * error)) ?? 0
  }

  /// Whether `value` is above `limit` by more than the rounding of the arithmetic before: what is exactly
  /// at its limit is good.
  private static func isAbove(_ value: Double, _ limit: Double) -> Bool { value > limit + 1e-9 }
}

/// Numbers as people read them, without a locale.
enum Figures {
  static func percent(_ value: Double) -> String { fixed(value, 2) + " %" }
  static func points(_ value: Double) -> String { fixed(value, 2) + " points" }
  static func ratio(_ value: Double) -> String { fixed(value, 2) }
  static func milliseconds(_ seconds: Double) -> String { fixed(seconds * 1_000, 0) + " ms" }

  /// `value` with `digits` decimals.
  static func fixed(_ value: Double, _ digits: Int) -> String {
    guard value.isFinite, abs(value) < 1e12 else { return "\(value)" }
    let scale = (0..<digits).reduce(1.0) { result, _ in result * 10 }
    let units = Int64((abs(value) * scale).rounded())
    let whole = units / Int64(scale)
    let sign = value < 0 && units != 0 ? "-" : ""
    guard digits > 0 else { return "\(sign)\(whole)" }
    let fraction = String(units % Int64(scale))
    return "\(sign)\(whole)." + String(repeating: "0", count: digits - fraction.utf8.count) + fraction
  }
}
