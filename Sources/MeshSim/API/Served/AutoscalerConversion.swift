import KubeModel

/// A HorizontalPodAutoscaler of `autoscaling/v1` says in annotations what that version has no fields for.
enum AutoscalerConversion {
  private static let metrics = "autoscaling.alpha.kubernetes.io/metrics"
  private static let current = "autoscaling.alpha.kubernetes.io/current-metrics"
  private static let conditions = "autoscaling.alpha.kubernetes.io/conditions"
  private static let behavior = "autoscaling.alpha.kubernetes.io/behavior"

  static func toV1(_ object: KubeObject) -> KubeObject {
    var converted = object
    var others: [JSONValue] = []
    for metric in object[path: "spec", "metrics"]?.array ?? [] {
      if let target = utilization(metric["resource"]?["target"]?["averageUtilization"], of: metric),
        converted[path: "spec", "targetCPUUtilizationPercentage"] == nil
      {
        converted.set("spec", "targetCPUUtilizationPercentage", to: target)
      } else {
        others.append(AutoscalerMetric.toV1(metric))
      }
    }
    converted.set("spec", "metrics", to: nil)
    write(others, as: metrics, in: &converted)
    if let value = object[path: "spec", "behavior"] {
      converted.annotations[behavior] = value.jsonText()
      converted.set("spec", "behavior", to: nil)
    }
    var otherCurrent: [JSONValue] = []
    for metric in object[path: "status", "currentMetrics"]?.array ?? [] {
      if let value = utilization(metric["resource"]?["current"]?["averageUtilization"], of: metric) {
        converted.set("status", "currentCPUUtilizationPercentage", to: value)
      }
      otherCurrent.append(AutoscalerMetric.statusToV1(metric))
    }
    converted.set("status", "currentMetrics", to: nil)
    write(otherCurrent, as: current, in: &converted)
    write(object[path: "status", "conditions"]?.array ?? [], as: conditions, in: &converted)
    if converted.fields["status"] != nil { converted.fields["status"]?["conditions"] = nil }
    // The old version always says both.
    for field in ["currentReplicas", "desiredReplicas"] where converted[path: "status", field] == nil {
      converted.set("status", field, to: 0)
    }
    return converted
  }

  static func toV2(_ object: KubeObject) -> KubeObject {
    var converted = object
    var list = (read(metrics, of: object)?.array ?? []).map(AutoscalerMetric.toV2)
    if let target = object[path: "spec", "targetCPUUtilizationPercentage"] {
      list.insert(
        [
          "type": "Resource",
          "resource": ["name": "cpu", "target": ["type": "Utilization", "averageUtilization": target]],
        ], at: 0)
      converted.set("spec", "targetCPUUtilizationPercentage", to: nil)
    }
    if !list.isEmpty { converted.set("spec", "metrics", to: .array(list)) }
    if let value = read(behavior, of: object) { converted.set("spec", "behavior", to: value) }
    let currentList = (read(current, of: object)?.array ?? []).map(AutoscalerMetric.statusToV2)
    if !currentList.isEmpty { converted.set("status", "currentMetrics", to: .array(currentList)) }
    if let value = read(conditions, of: object) { converted.set("status", "conditions", to: value) }
    converted.fields.update("status") { $0?["currentCPUUtilizationPercentage"] = nil }
    var annotations = object.annotations
    guard annotations.keys.contains(where: { [metrics, current, conditions, behavior].contains($0) }) else {
      return converted
    }
    for name in [metrics, current, conditions, behavior] { annotations[name] = nil }
    converted.set("metadata", "annotations", to: annotations.isEmpty ? nil : .strings(annotations))
    return converted
  }

  /// The utilization of the processor that a metric tells; the one metric that the old version has a field for.
  private static func utilization(_ value: JSONValue?, of metric: JSONValue) -> JSONValue? {
    metric["type"]?.string == "Resource" && metric["resource"]?["name"]?.string == "cpu" ? value : nil
  }

  private static func write(_ values: [JSONValue], as annotation: String, in object: inout KubeObject) {
    if !values.isEmpty { object.annotations[annotation] = JSONValue.array(values).jsonText() }
  }

  private static func read(_ annotation: String, of object: KubeObject) -> JSONValue? {
    object.annotations[annotation].flatMap { try? JSONValue(json: $0) }
  }
}
