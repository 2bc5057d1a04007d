import KubeModel

extension KindRules {
  static func autoscalers(version: String) -> KindRules {
    var rules = KindRules()
    rules.fillDefaults = { object in
      object.make("spec") { spec in
        spec.fill("minReplicas", 1)
        guard version == "v2" else { return }
        if spec["metrics"]?.isEmptyContent ?? true {
          spec["metrics"] = [
            [
              "type": "Resource",
              "resource": ["name": "cpu", "target": ["type": "Utilization", "averageUtilization": 80]],
            ]
          ]
        }
        spec.change("behavior", AutoscalerDefaults.fill)
      }
    }
    rules.dropStatus(initially: ["currentMetrics": .null, "desiredReplicas": 0])
    rules.validate = { object, live, errors in AutoscalerCheck.check(object, live, &errors) }
    rules.validateStatus = { object, _, errors in
      for field in ["currentReplicas", "desiredReplicas"] {
        errors.negative(FieldPath("status")[field], object.fields["status"]?[field])
      }
    }
    return rules
  }
}

/// What the server fills in of the pace of an autoscaler.
enum AutoscalerDefaults {
  private static let up: JSONObject = [
    "stabilizationWindowSeconds": 0, "selectPolicy": "Max",
    "policies": [
      ["type": "Pods", "value": 4, "periodSeconds": 15],
      ["type": "Percent", "value": 100, "periodSeconds": 15],
    ],
  ]
  private static let down: JSONObject = [
    "selectPolicy": "Max", "policies": [["type": "Percent", "value": 100, "periodSeconds": 15]],
  ]

  static func fill(_ behavior: inout JSONObject) {
    for (field, rules) in [("scaleUp", up), ("scaleDown", down)] {
      behavior.make(field) { known in
        if known["policies"]?.isEmptyContent ?? false { known["policies"] = nil }
        for member in rules.members { known.fill(member.key, member.value) }
      }
    }
  }
}

/// Checks a HorizontalPodAutoscaler.
enum AutoscalerCheck {
  static func check(_ object: KubeObject, _ live: KubeObject?, _ errors: inout FieldErrors) {
    let spec = object.fields["spec"] ?? .null
    let path = FieldPath("spec")
    let least = spec.number("minReplicas")
    let most = spec.number("maxReplicas") ?? 0
    let bound: Int64 = live?[path: "spec", "minReplicas"] == 0 ? 0 : 1
    if let least, least < bound {
      errors.invalid(path["minReplicas"], .int(least), "must be greater than or equal to \(bound)")
    }
    if most == 0 {
      errors.required(path["maxReplicas"], "must be set and greater than 0")
    } else if most < 1 {
      errors.invalid(path["maxReplicas"], .int(most), "must be greater than 0")
    }
    if let least, most < least {
      errors.invalid(path["maxReplicas"], .int(most), "must be greater than or equal to `minReplicas`")
    }
    let target = spec["scaleTargetRef"] ?? .null
    reference(target, path["scaleTargetRef"], &errors)
    if live?[path: "spec", "scaleTargetRef"] != spec["scaleTargetRef"] {
      version(target, path["scaleTargetRef"]["apiVersion"], &errors)
    }
    let metrics = spec.list("metrics")
    for (index, metric) in metrics.enumerated() { MetricCheck.check(metric, path["metrics"][index], &errors) }
    if least == 0, !metrics.contains(where: { ["Object", "External"].contains($0.text("type")) }) {
      errors.forbidden(
        path["metrics"],
        "must specify at least one Object or External metric to support scaling to zero replicas")
    }
    for field in ["scaleUp", "scaleDown"] {
      if let rules = spec[path: "behavior", field] { scaling(rules, path["behavior"][field], &errors) }
    }
  }

  static func reference(_ reference: JSONValue, _ path: FieldPath, _ errors: inout FieldErrors) {
    for field in ["kind", "name"] {
      let text = reference.text(field)
      if text.isEmpty { errors.required(path[field]) } else { errors.name(path[field], text, .pathSegment) }
    }
  }

  private static func version(_ target: JSONValue, _ path: FieldPath, _ errors: inout FieldErrors) {
    let text = target.text("apiVersion")
    if text == "v1", target.text("kind") == "ReplicationController" { return }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    if parts.count > 2 {
      errors.invalid(path, .string(text), "unexpected GroupVersion string: \(text)")
    } else if parts.count < 2 || parts[0].isEmpty {
      errors.invalid(path, .string(text), "apiVersion must specify API group")
    }
  }

  private static func scaling(_ rules: JSONValue, _ path: FieldPath, _ errors: inout FieldErrors) {
    if let window = rules.number("stabilizationWindowSeconds") {
      let place = path["stabilizationWindowSeconds"]
      if window < 0 { errors.invalid(place, .int(window), "must be greater than or equal to zero") }
      if window > 3600 { errors.invalid(place, .int(window), "must be less than or equal to 3600") }
    }
    if let policy = rules["selectPolicy"]?.string, !["Disabled", "Max", "Min"].contains(policy) {
      errors.notSupported(path["selectPolicy"], .string(policy), ["Disabled", "Max", "Min"])
    }
    let policies = rules.list("policies")
    if policies.isEmpty { errors.required(path["policies"], "must specify at least one Policy") }
    for (index, policy) in policies.enumerated() {
      let path = path["policies"][index]
      let type = policy.text("type")
      if !["Pods", "Percent"].contains(type) {
        errors.notSupported(path["type"], .string(type), ["Percent", "Pods"])
      }
      for field in ["value", "periodSeconds"] {
        let number = policy.number(field) ?? 0
        if number <= 0 { errors.invalid(path[field], .int(number), "must be greater than zero") }
      }
      let period = policy.number("periodSeconds") ?? 0
      if period > 1800 {
        errors.invalid(path["periodSeconds"], .int(period), "must be less than or equal to 1800")
      }
    }
  }
}

/// Checks a metric of an autoscaler.
enum MetricCheck {
  private static let types = ["ContainerResource", "External", "Object", "Pods", "Resource"]
  private static let fields = [
    "Object": "object", "External": "external", "Pods": "pods", "Resource": "resource",
    "ContainerResource": "containerResource",
  ]

  static func check(_ metric: JSONValue, _ path: FieldPath, _ errors: inout FieldErrors) {
    let type = metric.text("type")
    if type.isEmpty { errors.required(path["type"], "must specify a metric source type") }
    let known = ["object", "external", "pods", "resource", "containerResource"].filter(metric.has)
    if let first = known.first { source(first, metric[first] ?? .null, path[first], &errors) }
    guard let field = fields[type] else {
      // The real server says it twice.
      errors.notSupported(path["type"], .string(type), types)
      return errors.notSupported(path["type"], .string(type), types)
    }
    if !metric.has(field) {
      errors.required(path[field], "must populate information for the given metric source")
    }
    guard known.count != 1 else { return }
    for other in known where other != field {
      errors.forbidden(path[other], "must populate the given metric source only")
    }
  }

  private static func source(
    _ kind: String, _ source: JSONValue, _ path: FieldPath, _ errors: inout FieldErrors
  ) {
    let goal = source["target"] ?? .null
    if ["object", "external", "pods"].contains(kind) {
      if kind == "object" {
        AutoscalerCheck.reference(source["describedObject"] ?? .null, path["describedObject"], &errors)
      }
      let name = source[path: "metric", "name"]?.string ?? ""
      if name.isEmpty {
        errors.required(path["metric"]["name"], "must specify a metric name")
      } else {
        errors.name(path["metric"]["name"], name, .pathSegment)
      }
    } else {
      if source.text("name").isEmpty { errors.required(path["name"], "must specify a resource name") }
      if kind == "containerResource" {
        let name = source.text("container")
        if name.isEmpty {
          errors.required(path["container"], "must specify a container")
        } else {
          errors.name(path["container"], name, .dnsLabel)
        }
      }
    }
    target(goal, path["target"], &errors)
    let path = path["target"]
    let has = (
      value: goal.has("value"), average: goal.has("averageValue"), share: goal.has("averageUtilization")
    )
    switch kind {
    case "object":
      if !has.value, !has.average {
        errors.required(path["averageValue"], "must set either a target value or averageValue")
      }
    case "external":
      if !has.value, !has.average {
        errors.required(
          path["averageValue"], "must set either a target value for metric or a per-pod target")
      }
      if has.value, has.average {
        errors.forbidden(
          path["value"], "may not set both a target value for metric and a per-pod target")
      }
    case "pods":
      if !has.average {
        errors.required(path["averageValue"], "must specify a positive target averageValue")
      }
    default:
      if !has.share, !has.average {
        errors.required(
          path["averageUtilization"], "must set either a target raw value or a target utilization")
      }
      if has.share, has.average {
        errors.forbidden(
          path["averageValue"], "may not set both a target raw value and a target utilization")
      }
    }
  }

  private static func target(_ target: JSONValue, _ path: FieldPath, _ errors: inout FieldErrors) {
    let type = target.text("type")
    if type.isEmpty { errors.required(path["type"], "must specify a metric target type") }
    if !["Utilization", "Value", "AverageValue"].contains(type) {
      errors.invalid(
        path["type"], .string(type), "must be either Utilization, Value, or AverageValue")
    }
    for field in ["value", "averageValue"] {
      if let amount = Amount(target[field]), amount.nanos <= 0 {
        errors.invalid(path[field], .string(amount.text), "must be positive")
      }
    }
    if let share = target.number("averageUtilization"), share < 1 {
      errors.invalid(path["averageUtilization"], .int(share), "must be greater than 0")
    }
  }
}
