import KubeModel
import Seams

/// What one metric of an autoscaler says.
struct MetricProposal {
  let replicas: Int
  /// For events and conditions, such as `cpu resource utilization (percentage of request)`.
  let name: String
  /// The entry of `status.currentMetrics`.
  let status: JSONValue
}

/// Why a metric says nothing.
struct MetricFailure: Error {
  let reason: String
  let message: String
}

/// Turns metrics into numbers of replicas (the `ReplicaCalculator` of the controller).
struct MetricReading {
  let rules: ScalingRules
  let census: PodCensus
  let current: Int
  /// What one ready pod uses of a resource, in cores or bytes; `nil` without measurements.
  let usage: (_ resource: String) -> Double?
  let values: MetricValues
  let namespace: String

  func proposal(_ metric: JSONValue) throws(MetricFailure) -> MetricProposal {
    switch metric["type"]?.string {
    case "Resource": return try resource(metric["resource"] ?? .null, field: "resource", type: "Resource")
    case "ContainerResource":
      return try resource(
        metric["containerResource"] ?? .null, field: "containerResource", type: "ContainerResource")
    case "Pods": return try pods(metric["pods"] ?? .null)
    case "Object": return try object(metric["object"] ?? .null)
    case "External": return try external(metric["external"] ?? .null)
    default: throw MetricFailure(reason: "InvalidMetricSourceType", message: "unknown metric source type")
    }
  }

  // MARK: Kinds of metrics

  private func resource(_ source: JSONValue, field: String, type: String) throws(MetricFailure)
    -> MetricProposal
  {
    let name = source["name"]?.string ?? ""
    let failure = type == "Resource" ? "FailedGetResourceMetric" : "FailedGetContainerResourceMetric"
    func problem(_ text: String) -> MetricFailure {
      MetricFailure(reason: failure, message: "failed to get \(name) utilization: \(text)")
    }
    guard census.ready > 0 || census.unready > 0 else {
      throw problem(
        "unable to get metrics for resource \(name): no metrics returned from resource metrics API")
    }
    guard census.ready > 0 else {
      throw problem("did not receive metrics for targeted pods (pods might be unready)")
    }
    guard let used = usage(name) else {
      throw problem(
        "unable to get metrics for resource \(name): no metrics returned from resource metrics API")
    }
    let container = source["container"]
    func entry(_ current: JSONValue) -> JSONValue {
      var status: JSONValue = ["name": .string(name), "current": current]
      if let container { status["container"] = container }
      return .object(JSONObject([("type", .string(type)), (field, status)]))
    }
    if let target = source[path: "target", "averageUtilization"]?.number {
      if let lacking = census.lacking[name] {
        throw problem("missing request for \(name) in container \(lacking.container) of Pod \(lacking.pod)")
      }
      guard let requests = census.requests[name] ?? nil, requests > 0 else {
        throw problem("missing request for \(name)")
      }
      let utilization = used * Double(census.ready) / requests * 100
      let value: JSONValue = [
        "averageUtilization": .int(Int64(utilization)),
        "averageValue": .string(MetricReading.text(used, of: name)),
      ]
      return MetricProposal(
        replicas: replicas(ratio: utilization / target),
        name: "\(name) resource utilization (percentage of request)",
        status: entry(value))
    }
    guard let target = amount(source[path: "target", "averageValue"]) else { throw problem("no target") }
    return MetricProposal(
      replicas: replicas(ratio: used / target), name: "\(name) resource",
      status: entry(["averageValue": .string(MetricReading.text(used, of: name))]))
  }

  private func pods(_ source: JSONValue) throws(MetricFailure) -> MetricProposal {
    let name = source[path: "metric", "name"]?.string ?? ""
    guard let value = values[name, of: "Pod", in: namespace],
      let target = amount(source[path: "target", "averageValue"])
    else {
      throw missing(
        "FailedGetPodsMetric",
        "unable to get metric \(name): unable to fetch metrics from custom metrics API: no custom metrics API (custom.metrics.k8s.io) registered"
      )
    }
    return MetricProposal(
      replicas: replicas(ratio: value / target), name: "pods metric \(name)",
      status: [
        "type": "Pods",
        "pods": [
          "metric": source["metric"] ?? [:],
          "current": ["averageValue": .string(MetricReading.text(value, of: name))],
        ],
      ])
  }

  private func object(_ source: JSONValue) throws(MetricFailure) -> MetricProposal {
    let name = source[path: "metric", "name"]?.string ?? ""
    let kind = source[path: "describedObject", "kind"]?.string ?? ""
    let described = "\(kind)/\(source[path: "describedObject", "name"]?.string ?? "")"
    guard let value = values[name, of: described, in: namespace] else {
      throw missing(
        "FailedGetObjectMetric",
        "unable to get metric \(name): \(kind) on \(namespace) \(source[path: "describedObject", "name"]?.string ?? "")/unable to fetch metrics from custom metrics API: no custom metrics API (custom.metrics.k8s.io) registered"
      )
    }
    let (count, current) = try total(value, source["target"] ?? .null, "FailedGetObjectMetric")
    return MetricProposal(
      replicas: count, name: "\(kind) metric \(name)",
      status: [
        "type": "Object",
        "object": [
          "metric": source["metric"] ?? [:], "describedObject": source["describedObject"] ?? [:],
          "current": current,
        ],
      ])
  }

  private func external(_ source: JSONValue) throws(MetricFailure) -> MetricProposal {
    let name = source[path: "metric", "name"]?.string ?? ""
    guard let value = values[name, of: "", in: namespace] else {
      throw missing(
        "FailedGetExternalMetric",
        "unable to get external metric \(namespace)/\(name)/nil: unable to fetch metrics from external metrics API: no external metrics API (external.metrics.k8s.io) registered"
      )
    }
    let (count, current) = try total(value, source["target"] ?? .null, "FailedGetExternalMetric")
    return MetricProposal(
      replicas: count, name: "external metric \(name)(nil)",
      status: ["type": "External", "external": ["metric": source["metric"] ?? [:], "current": current]])
  }

  // MARK: Arithmetic

  /// A value of the whole, against a target for the whole or for each pod.
  private func total(_ value: Double, _ target: JSONValue, _ reason: String) throws(MetricFailure) -> (
    Int, JSONValue
  ) {
    if let average = amount(target["averageValue"]) {
      let ratio = value / (average * Double(max(current, 1)))
      let count = isWithinTolerance(ratio) ? current : MetricReading.ceiling(value / average)
      return (count, ["averageValue": .string(MetricReading.text(value / Double(max(current, 1)), of: ""))])
    }
    guard let whole = amount(target["value"]) else { throw missing(reason, "no target") }
    let ratio = value / whole
    let count = isWithinTolerance(ratio) ? current : MetricReading.ceiling(ratio * Double(census.ready))
    return (count, ["value": .string(MetricReading.text(value, of: ""))])
  }

  /// Ready pods × ratio. Pods that are not ready count as using nothing on the way up.
  func replicas(ratio: Double) -> Int {
    guard census.unready > 0, ratio > 1 else {
      return isWithinTolerance(ratio) ? current : MetricReading.ceiling(ratio * Double(census.ready))
    }
    let all = Double(census.ready + census.unready)
    let damped = ratio * Double(census.ready) / all
    if isWithinTolerance(damped) || damped < 1 { return current }
    return max(current, MetricReading.ceiling(damped * all))
  }

  private func isWithinTolerance(_ ratio: Double) -> Bool {
    ratio >= 1 - rules.tolerance(isUp: false) && ratio <= 1 + rules.tolerance(isUp: true)
  }

  private static func ceiling(_ value: Double) -> Int {
    value.isFinite ? Int(min(max(value, 0), 1e9).rounded(.up)) : 1_000_000_000
  }

  private func amount(_ value: JSONValue?) -> Double? {
    guard let amount = value?.string.flatMap(Quantity.init(parsing:))?.value ?? value?.number, amount > 0
    else { return nil }
    return amount
  }

  private func missing(_ reason: String, _ text: String) -> MetricFailure {
    MetricFailure(reason: reason, message: text)
  }

  /// A quantity: bytes for memory, thousandths for all else.
  static func text(_ value: Double, of resource: String) -> String {
    if resource == "memory" { return String(Int64(value)) }
    let thousandths = Int64((value * 1_000).rounded(.up))
    return thousandths % 1_000 == 0 ? String(thousandths / 1_000) : "\(thousandths)m"
  }
}
