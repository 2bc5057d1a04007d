import KubeModel

/// A metric of an autoscaler in the form of `autoscaling/v1`, in which targets have fields of their own.
enum AutoscalerMetric {
  static func toV1(_ metric: JSONValue) -> JSONValue {
    change(metric) { source in
      guard let target = source["target"] else { return }
      source["target"] = nil
      source["targetAverageUtilization"] = target["averageUtilization"]
      source["targetAverageValue"] = target["averageValue"]
      source["targetValue"] = target["value"]
      flattenMetric(&source)
    }
  }

  static func toV2(_ metric: JSONValue) -> JSONValue {
    change(metric) { source in
      var target: JSONValue = [:]
      for (old, new, type) in [
        ("targetValue", "value", "Value"), ("targetAverageValue", "averageValue", "AverageValue"),
        ("targetAverageUtilization", "averageUtilization", "Utilization"),
      ] {
        guard let value = source[old] else { continue }
        target[new] = value
        target["type"] = .string(type)
        source[old] = nil
      }
      if target.object?.isEmpty == false { source["target"] = target }
      nestMetric(&source)
    }
  }

  static func statusToV1(_ metric: JSONValue) -> JSONValue {
    change(metric) { source in
      guard let current = source["current"] else { return }
      source["current"] = nil
      source["currentAverageUtilization"] = current["averageUtilization"]
      source["currentAverageValue"] = current["averageValue"]
      source["currentValue"] = current["value"]
      flattenMetric(&source)
    }
  }

  static func statusToV2(_ metric: JSONValue) -> JSONValue {
    change(metric) { source in
      var current: JSONValue = [:]
      for (old, new) in [
        ("currentValue", "value"), ("currentAverageValue", "averageValue"),
        ("currentAverageUtilization", "averageUtilization"),
      ] {
        guard let value = source[old] else { continue }
        current[new] = value
        source[old] = nil
      }
      source["current"] = current
      nestMetric(&source)
    }
  }

  /// Changes the one member of a metric that says what it measures.
  private static func change(_ metric: JSONValue, _ body: (inout JSONValue) -> Void) -> JSONValue {
    var changed = metric
    for member in metric.object?.members ?? [] where member.key != "type" {
      var source = member.value
      body(&source)
      changed[member.key] = source
    }
    return changed
  }

  private static func flattenMetric(_ source: inout JSONValue) {
    guard let metric = source["metric"] else { return }
    source["metric"] = nil
    source["metricName"] = metric["name"]
    source["selector"] = metric["selector"]
  }

  private static func nestMetric(_ source: inout JSONValue) {
    guard let name = source["metricName"] else { return }
    var metric: JSONValue = ["name": name]
    metric["selector"] = source["selector"]
    source["metric"] = metric
    source["metricName"] = nil
    source["selector"] = nil
  }
}
