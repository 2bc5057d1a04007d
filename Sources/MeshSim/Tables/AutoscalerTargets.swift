import KubeModel

/// The measured and wanted values of an autoscaler in one text, such as `cpu: 12%/50%`.
enum AutoscalerTargets {
  static func text(of autoscaler: KubeObject) -> String {
    let wanted = metrics(of: autoscaler)
    guard !wanted.isEmpty else { return "<none>" }
    let measured = current(of: autoscaler)
    let texts = wanted.indices.map { index in
      text(of: wanted[index], measured: index < measured.count ? measured[index] : nil)
    }
    return CellText.first(2, of: texts, separator: ", ")
  }

  private static func text(of metric: JSONValue, measured: JSONValue?) -> String {
    let type = metric["type"]?.string ?? ""
    let field = type.prefix(1).lowercased() + type.dropFirst()
    let target = metric[field]?["target"]
    let current = measured?[field]?["current"]
    switch type {
    case "External", "Object":
      if let average = target?["averageValue"]?.amountText {
        return "\(current?["averageValue"]?.amountText ?? "<unknown>")/\(average) (avg)"
      }
      return "\(current?["value"]?.amountText ?? "<unknown>")/\(target?["value"]?.amountText ?? "<unknown>")"
    case "Pods":
      return "\(current?["averageValue"]?.amountText ?? "<unknown>")/"
        + (target?["averageValue"]?.amountText ?? "<unknown>")
    case "Resource", "ContainerResource":
      let name = metric[field]?["name"]?.string ?? ""
      if let average = target?["averageValue"]?.amountText {
        return "\(name): \(current?["averageValue"]?.amountText ?? "<unknown>")/\(average)"
      }
      let now = current?["averageUtilization"]?.int.map { "\($0)%" } ?? "<unknown>"
      let goal = target?["averageUtilization"]?.int.map { "\($0)%" } ?? "<auto>"
      return "\(name): \(now)/\(goal)"
    default: return "<unknown type>"
    }
  }

  /// The metrics; autoscaling/v1 has one for the CPU, in a field of its own.
  private static func metrics(of autoscaler: KubeObject) -> [JSONValue] {
    if let metrics = autoscaler[path: "spec", "metrics"]?.array { return metrics }
    guard let goal = autoscaler[path: "spec", "targetCPUUtilizationPercentage"] else { return [] }
    return [
      ["type": "Resource", "resource": ["name": "cpu", "target": ["averageUtilization": goal]]]
    ]
  }

  private static func current(of autoscaler: KubeObject) -> [JSONValue] {
    if let metrics = autoscaler[path: "status", "currentMetrics"]?.array { return metrics }
    guard let now = autoscaler[path: "status", "currentCPUUtilizationPercentage"] else { return [] }
    return [["type": "Resource", "resource": ["name": "cpu", "current": ["averageUtilization": now]]]]
  }
}
