import Seams

/// Queries of random parts, all of them right in their types.
struct GeneratedQueries {
  private var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  mutating func next() -> String { vector(depth: 3) }

  private mutating func one(of choices: [String]) -> String { choices.randomElement(using: &generator) ?? "" }

  private mutating func selector() -> String {
    one(of: [
      "up", "temperature", "constant", "even", "istio_requests_total", "container_memory_usage_bytes",
      "sparse",
      "container_cpu_usage_seconds_total", "istio_requests_total{response_code=~\"2..|4..\"}",
      "kube_pod_info",
      "temperature{kind!=\"ended\"}", "{room=\"r0\"}", "up{job=\"api\"}", "odd_bucket",
    ])
  }

  private mutating func shift() -> String {
    one(of: [
      "", "", "", " offset 1m", " offset 13m", " offset -90s", " @ 1700002222", " @ end()",
      " @ start() offset 15s",
    ])
  }

  private mutating func range() -> String { one(of: ["15s", "1m", "5m", "7m30s", "20m", "33s"]) }

  private mutating func rangeVector(depth: Int) -> String {
    guard depth > 0, generator.chance(0.25) else { return "\(selector())[\(range())]\(shift())" }
    return "(\(vector(depth: depth - 1)))[\(range()):\(one(of: ["", "10s", "1m", "45s"]))]\(shift())"
  }

  private mutating func scalar() -> String {
    one(of: [
      "0", "1", "0.5", "-3", "100", "NaN", "Inf", "time()", "scalar(constant)",
      "scalar(constant{room=\"r1\"})",
    ])
  }

  private mutating func labels() -> String {
    one(of: [
      "room", "kind", "job", "destination_app", "pod", "destination_app, response_code", "namespace", "", "n",
      "le",
    ])
  }

  private mutating func vector(depth: Int) -> String {
    guard depth > 0 else { return selector() + shift() }
    let inner = depth - 1
    switch Int.random(in: 0..<12, using: &generator) {
    case 0: return selector() + shift()
    case 1, 2:
      let function = one(of: [
        "rate", "irate", "increase", "delta", "idelta", "deriv", "changes", "resets", "avg_over_time",
        "min_over_time",
        "max_over_time", "sum_over_time", "count_over_time", "last_over_time", "present_over_time",
        "stddev_over_time",
      ])
      return "\(function)(\(rangeVector(depth: inner)))"
    // Prometheus lets a range fixed by `@` wander with the steps when another argument changes with them.
    case 3:
      return "quantile_over_time(\(one(of: ["0", "0.3", "1", "NaN", "-1"])), \(rangeVector(depth: inner)))"
    case 4, 5:
      let aggregation = one(of: ["sum", "avg", "min", "max", "count", "group"])
      return "\(aggregation) \(one(of: ["by", "without"])) (\(labels())) (\(vector(depth: inner)))"
    case 6: return "quantile by (\(labels())) (\(scalar()), \(vector(depth: inner)))"
    case 7:
      let function = one(of: [
        "abs", "ceil", "floor", "round", "sqrt", "sgn", "-", "exp", "timestamp", "absent", "sort",
      ])
      return "\(function)(\(vector(depth: inner)))"
    case 8:
      let comparison = one(of: [
        ">", "<", "==", "!=", ">=", "<=", "> bool", "== bool", "+", "-", "*", "/", "%", "^",
      ])
      return "\(vector(depth: inner)) \(comparison) \(scalar())"
    case 9:
      return
        "(\(vector(depth: inner))) \(one(of: ["and", "or", "unless"])) on(\(labels())) (\(vector(depth: inner)))"
    case 10:
      let comparison = one(of: ["+", "-", "*", "/", ">", "<", "== bool", "!="])
      let matching = one(of: [
        "", "", "on(\(labels()))", "ignoring(\(labels()))", "on(\(labels())) group_left ()",
        "ignoring(\(labels())) group_right ()",
      ])
      return "(\(vector(depth: inner))) \(comparison) \(matching) (\(vector(depth: inner)))"
    default:
      return
        "label_replace(\(vector(depth: inner)), \"\(one(of: ["room", "new", "pod"]))\", \"$1\", \"\(one(of: ["kind", "pod", "job"]))\", \"(.{0,3}).*\")"
    }
  }
}
