import Seams

@testable import PromQL

/// A hundred minutes of metrics with everything that makes answers differ: resets, gaps, ends of series,
/// NaN and infinity, times that are not even, histograms that are wrong.
struct SampleData: Sendable {
  struct Series: Sendable {
    let labels: LabelSet
    var samples: [(time: Int64, value: Double)] = []
  }

  /// Milliseconds since the Unix epoch.
  let start: Int64 = 1_700_000_000_000
  let minutes: Int64 = 100
  private(set) var series: [Series] = []
  private var generator = SeededGenerator(seed: 7)

  init() {
    addRequests()
    addDurations()
    addOddHistograms()
    addGauges()
    addPods()
    addSteps()
  }

  var store: SeriesStore {
    var store = SeriesStore()
    for series in series {
      let reference = store.reference(to: series.labels)
      for sample in series.samples {
        store.append(sample.value, at: Timestamp(milliseconds: sample.time), to: reference)
      }
    }
    return store
  }

  private mutating func random(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &generator) }

  private mutating func add(
    _ metric: String, _ labels: KeyValuePairs<String, String>, jitter: Int = 0,
    every interval: Int64 = 15_000,
    _ value: (Int, Int) -> Double?
  ) {
    var series = Series(labels: LabelSet(metric: metric, labels))
    let phase = jitter > 0 ? Int64(random(Int(interval))) : 0
    for index in 0..<Int(minutes * 60_000 / interval) {
      let chance = random(1_000)
      guard let value = value(index, chance) else { continue }
      let shift = jitter > 0 ? Int64(random(jitter)) : 0
      series.samples.append((start + phase + Int64(index) * interval + shift, value))
    }
    self.series.append(series)
  }

  private mutating func addRequests() {
    for (number, source) in ["gateway", "orders", "ünïcode\"\\"].enumerated() {
      for (other, target) in ["orders", "payment", "search"].enumerated() {
        for code in ["200", "404", "503"] {
          var count = 0.0
          let rate = code == "200" ? 40 : 3
          add(
            "istio_requests_total",
            [
              "source_app": source, "destination_app": target, "response_code": code,
              "reporter": number == 0 ? "source" : "destination", "destination_version": "v\(other % 2 + 1)",
            ], jitter: number == 0 ? 0 : 300
          ) { index, chance in
            // One in two hundred restarts; a few scrapes fail; the third source begins late and one ends early.
            if chance < 5 { count = 0 }
            count += Double(chance % (rate + number + other))
            if chance > 970 { return nil }
            if number == 2, index < 120 { return nil }
            if number == 1, other == 2, (200..<240).contains(index) { return nil }
            if other == 1, code == "503", index == 300 { return StaleMarker.value }
            if other == 1, code == "503", index > 300, number != 0 { return nil }
            return count
          }
        }
      }
    }
  }

  private mutating func addDurations() {
    let bounds = [
      "0.5", "1", "5", "10", "25", "50", "100", "250", "500", "1000", "2500", "5000", "10000", "+Inf",
    ]
    for (number, app) in ["orders", "payment"].enumerated() {
      var totals = [Double](repeating: 0, count: bounds.count)
      for (index, bound) in bounds.enumerated() {
        add("istio_request_duration_milliseconds_bucket", ["destination_app": app, "le": bound]) { step, _ in
          if step == 0 { totals[index] = 0 }
          if step == 250, number == 0 { totals[index] = 0 }
          let share = (step * 7 + number * 3) % 5 + 1
          totals[index] += Double(share * (index + 1) * (number + 1))
          return totals[index]
        }
      }
      add("istio_request_duration_milliseconds_sum", ["destination_app": app]) { step, _ in
        Double(step) * 31.25
      }
      add("istio_request_duration_milliseconds_count", ["destination_app": app]) { step, _ in
        Double(step * 14)
      }
    }
  }

  private mutating func addOddHistograms() {
    let histograms: [(name: String, buckets: KeyValuePairs<String, Double>)] = [
      ("no infinity", ["1": 3, "2": 5]), ("only infinity", ["+Inf": 4]),
      ("not monotonic", ["1": 9, "2": 5, "4": 7, "+Inf": 12]), ("no observations", ["1": 0, "+Inf": 0]),
      ("negative bounds", ["-2": 1, "-1": 4, "0": 6, "+Inf": 8]),
      ("not a number", ["1": 2, "abc": 3, "+Inf": 5]),
      ("bounds twice", ["1": 2, "1.0": 3, "2": 9, "+Inf": 12]), ("all above", ["1": 0, "2": 0, "+Inf": 9]),
      ("short bounds", ["1e-3": 2, "1e+06": 9, "+Inf": 9]), ("NaN", ["1": .nan, "2": 4, "+Inf": 8]),
    ]
    for histogram in histograms {
      for (bound, count) in histogram.buckets {
        add("odd_bucket", ["kind": histogram.name, "le": bound]) { step, _ in count * Double(step / 10 + 1) }
      }
    }
  }

  private mutating func addGauges() {
    for (number, kind) in ["calm", "NaN", "infinite", "both", "gaps", "ended"].enumerated() {
      add("temperature", ["kind": kind, "room": "r\(number % 2)"], jitter: number == 0 ? 2_000 : 0) {
        step, chance in
        switch kind {
        case "NaN" where chance < 150: .nan
        case "infinite" where chance < 100: chance % 2 == 0 ? .infinity : -.infinity
        case "both" where step > 100 && chance < 200: chance % 2 == 0 ? .nan : .infinity
        case "gaps" where step % 60 > 20: nil
        case "ended" where step == 150: StaleMarker.value
        case "ended" where step > 150 && step < 200: nil
        default: Double(chance) / 7 - 60
        }
      }
    }
    add("constant", ["room": "r0"]) { _, _ in 42 }
    add("constant", ["room": "r1"]) { _, _ in -0.1 }
    add("tiny", ["room": "r0"]) { step, _ in 1e-9 * Double(step) }
    add("huge", ["room": "r0"]) { step, _ in 1e18 * Double(step + 1) }
    add("sparse", ["room": "r0"], every: 240_000) { step, _ in Double(step * step) }
  }

  private mutating func addPods() {
    for pod in 0..<12 {
      let (name, node, app) = ("pod-\(pod)", "node-\(pod % 3)", ["orders", "payment", "search"][pod % 3])
      add("kube_pod_info", ["pod": name, "node": node, "namespace": "production"]) { _, _ in 1 }
      add("kube_pod_labels", ["pod": name, "label_app": app, "namespace": "production"]) { _, _ in 1 }
      add("container_memory_usage_bytes", ["pod": name, "namespace": "production", "container": app]) {
        _, chance in
        Double(100 + pod * 10) * 1_048_576 + Double(chance * 4_096)
      }
      var seconds = 0.0
      add(
        "container_cpu_usage_seconds_total", ["pod": name, "namespace": "production", "container": app],
        jitter: 500
      ) {
        _, chance in
        seconds += Double(chance) / 100
        return seconds
      }
    }
    for instance in 0..<4 {
      add("up", ["job": instance < 2 ? "api" : "db", "instance": "10.0.0.\(instance):9090"]) { _, chance in
        chance < 60 ? 0 : 1
      }
    }
    add("pod_limit", ["namespace": "production"]) { _, _ in 500 * 1_048_576 }
  }

  /// Samples exactly where ranges begin and lookback ends.
  private mutating func addSteps() {
    add("even", ["n": "1"], every: 60_000) { step, _ in Double(step) }
    add("even", ["n": "2"], every: 300_000) { step, _ in Double(step * 3) }
    add("even", ["n": "3"], every: 600_000) { step, _ in Double(step % 4) }
  }
}
