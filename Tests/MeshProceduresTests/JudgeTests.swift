import MeshProcedures
import MeshTopology
import Seams
import Testing

/// `count` requests of which 99 in 100 take at most `p99` seconds.
private func sample(_ count: Int, failures: Int = 0, p99: Double = 0.1) -> RequestSample {
  RequestSample(
    requests: count, failures: failures,
    buckets: [
      .init(bound: p99, count: count / 100 * 99), .init(bound: 2 * p99, count: count / 100),
      .init(bound: .infinity, count: 0),
    ])
}

@Suite("The judge")
struct JudgeTests {
  struct Row: CustomTestStringConvertible {
    let rule: String
    let subject: RequestSample?
    let baseline: RequestSample?
    let isRelative: Bool
    let result: Verdict.Result
    let reason: String

    init(
      _ rule: String, _ subject: RequestSample?, against baseline: RequestSample? = nil,
      isRelative: Bool = false, _ result: Verdict.Result, _ reason: String
    ) {
      self.rule = rule
      self.subject = subject
      self.baseline = baseline
      self.isRelative = isRelative
      self.result = result
      self.reason = reason
    }

    var testDescription: String { rule }
  }

  static let absolute = [
    Row("passes what is at both limits", sample(1_000, failures: 10, p99: 0.5), .pass, "99.00 %"),
    Row(
      "fails one failure more", sample(1_000, failures: 11), .fail,
      "success rate 98.90 % is below 99.00 %"),
    Row("fails a millisecond more", sample(1_000, p99: 0.501), .fail, "p99 latency 501 ms is above 500 ms"),
    Row("names every fault", sample(1_000, failures: 500, p99: 2), .fail, "99.00 %; p99 latency 2000 ms"),
    Row("takes the fewest requests allowed", sample(100), .pass, "100.00 %"),
    Row(
      "takes no fewer", RequestSample(requests: 99, failures: 99, buckets: sample(100).buckets),
      .inconclusive,
      "only 99 requests were measured; 100 are needed"),
    Row("finds silence inconclusive", nil, .inconclusive, "no requests were measured"),
    Row("finds no requests inconclusive", sample(0), .inconclusive, "no requests were measured"),
    Row(
      "finds requests without latencies inconclusive", RequestSample(requests: 500, failures: 0, buckets: []),
      .inconclusive, "no requests were measured"),
    Row("asks for no baseline", sample(1_000), against: sample(1), .pass, "100.00 %"),
  ]

  static let relative = [
    Row(
      "passes what is at both limits", sample(1_000, failures: 10, p99: 0.45),
      against: sample(1_000, p99: 0.3), isRelative: true, .pass, "99.00 %"),
    Row(
      "fails a larger latency although it is short enough", sample(1_000, p99: 0.3),
      against: sample(1_000, p99: 0.1), isRelative: true, .fail,
      "p99 latency 300 ms is 3.00 times stable's 100 ms"),
    Row(
      "passes a larger latency that chance explains", sample(1_000, p99: 0.17),
      against: sample(1_000, p99: 0.1), isRelative: true, .pass, "p99 latency 170 ms"),
    Row(
      "fails the same ratio once there are requests enough to tell", sample(100_000, p99: 0.17),
      against: sample(100_000, p99: 0.1), isRelative: true, .fail,
      "p99 latency 170 ms is 1.70 times stable's 100 ms"),
    Row(
      "finds a missing baseline inconclusive", sample(1_000), isRelative: true, .inconclusive,
      "the stable version had too few requests to compare with"),
    Row(
      "finds a thin baseline inconclusive", sample(1_000),
      against: RequestSample(requests: 99, failures: 0, buckets: sample(100).buckets), isRelative: true,
      .inconclusive, "the stable version had too few requests to compare with"),
    Row(
      "fails what is bad by itself without a baseline", sample(1_000, failures: 500), isRelative: true, .fail,
      "success rate 50.00 % is below 99.00 %"),
    Row(
      "passes a release that is better than a bad stable one", sample(1_000),
      against: sample(1_000, failures: 300, p99: 3), isRelative: true, .pass, "100.00 %"),
  ]

  @Test("by itself", arguments: absolute)
  func byItself(_ row: Row) { check(row) }

  @Test("against stable", arguments: relative)
  func againstStable(_ row: Row) { check(row) }

  private func check(_ row: Row) {
    let (result, reason) = Judge.judge(
      row.subject, against: row.baseline, isRelative: row.isRelative, policy: JudgePolicy())
    #expect(result == row.result)
    #expect(reason.contains(row.reason))
  }

  @Test("draws the line at exactly one point of drop, whatever the rates are")
  func boundary() {
    var policy = JudgePolicy()
    policy.successRate.minimum = .zero
    for failures in 0..<990 {
      let stable = sample(1_000, failures: failures)
      let at = Judge.judge(
        sample(1_000, failures: failures + 10), against: stable, isRelative: true, policy: policy)
      let beyond = Judge.judge(
        sample(1_000, failures: failures + 11), against: stable, isRelative: true, policy: policy)
      #expect(at.result == .pass, "\(failures) failures: \(at.reason)")
      guard failures + 11 <= 1_000 else { continue }
      #expect(beyond.result == .fail, "\(failures) failures")
    }
  }

  @Test("never reckons with what is no number")
  func numbers() {
    for seed in UInt64(1)...2_000 {
      var draws = SeededGenerator(seed: seed)
      func any() -> RequestSample {
        let count = Int(draws.next() % 300)
        var buckets = (1...3).map { RequestSample.Bucket(bound: Double($0), count: Int(draws.next() % 200)) }
        if draws.chance(0.5) { buckets.append(.init(bound: .infinity, count: Int(draws.next() % 50))) }
        return RequestSample(
          requests: count, failures: Int(draws.next() % 300), buckets: draws.chance(0.1) ? [] : buckets)
      }
      let (result, reason) = Judge.judge(any(), against: any(), isRelative: true, policy: JudgePolicy())
      #expect(
        !reason.isEmpty && !reason.contains("nan") && !reason.contains("inf"), "seed \(seed): \(result)")
    }
  }
}

@Suite("Quantiles of latency, as histogram_quantile reckons them")
struct LatencyQuantileTests {
  private func latency(_ quantile: Double, _ buckets: [(Double, Int)]) -> Double? {
    RequestSample(
      requests: 0, failures: 0, buckets: buckets.map { RequestSample.Bucket(bound: $0.0, count: $0.1) }
    ).latency(quantile: quantile)
  }

  static let usual: [(Double, Int)] = [(0.1, 50), (0.2, 30), (0.5, 15), (1, 5), (.infinity, 0)]

  @Test(
    "interpolate within the bucket that holds the rank",
    arguments: [(0, 0), (0.25, 0.05), (0.5, 0.1), (0.65, 0.15), (0.9, 0.4), (0.99, 0.9), (1, 1)])
  func interpolation(_ quantile: Double, _ expected: Double) throws {
    let value = try #require(latency(quantile, LatencyQuantileTests.usual))
    #expect(abs(value - expected) < 1e-12)
  }

  @Test("start at the bound before, even of an empty bucket")
  func emptyBucket() throws {
    let value = try #require(latency(0.75, [(0.1, 10), (0.2, 0), (0.4, 10), (.infinity, 0)]))
    #expect(abs(value - 0.3) < 1e-12)
  }

  @Test("are the highest finite bound when they lie beyond it")
  func beyond() { #expect(latency(0.99, [(0.1, 90), (.infinity, 10)]) == 0.1) }

  @Test("are unknown without requests and without finite bounds")
  func unknown() {
    #expect(latency(0.99, []) == nil)
    #expect(latency(0.99, [(0.1, 0), (.infinity, 0)]) == nil)
    #expect(latency(0.99, [(.infinity, 10)]) == nil)
  }
}
