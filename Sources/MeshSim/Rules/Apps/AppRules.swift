import KubeModel

extension KindRules {
  static func apps(_ kind: String) -> KindRules? {
    switch kind {
    case "Deployment": deployments
    case "ReplicaSet": replicaSets
    case "StatefulSet": statefulSets
    case "DaemonSet": daemonSets
    case "ControllerRevision": controllerRevisions
    default: nil
    }
  }

  /// The warnings of a workload's template, when its specification is new.
  static func templateWarnings(_ object: KubeObject, _ live: KubeObject?) -> [String] {
    if let live, live.fields["spec"] == object.fields["spec"] { return [] }
    return PodTemplate.warnings(object[path: "spec", "template"], FieldPath("spec.template"))
  }

  private static let controllerRevisions: KindRules = {
    var rules = KindRules()
    rules.validate = { object, live, errors in
      if !object.fields.keys.contains("data") { errors.required(FieldPath("data"), "data is mandatory") }
      errors.negative(FieldPath("revision"), object.fields["revision"])
      if let live { errors.immutable(FieldPath("data"), object.fields["data"], live.fields["data"]) }
    }
    rules.repeatsMetadataOnUpdate = true
    return rules
  }()
}

/// Checks that several workloads share.
enum Workload {
  /// A selector that must be there and match the template.
  ///
  /// - Parameter kind: as the message about an empty selector says it.
  static func selector(_ spec: JSONValue, _ kind: String, _ errors: inout FieldErrors) {
    let path = FieldPath("spec.selector")
    guard let selector = spec["selector"], !selector.isNull else { return errors.required(path) }
    errors.selector(path, selector)
    if selector.entries("matchLabels").isEmpty, selector.list("matchExpressions").isEmpty {
      errors.invalid(path, selector, "empty selector is invalid for \(kind)")
    }
  }

  /// A template whose pods run for ever.
  static func template(_ spec: JSONValue, _ kind: String, _ errors: inout FieldErrors) {
    let path = FieldPath("spec.template")
    let template = spec["template"] ?? .null
    let selector = spec["selector"] ?? .null
    let isEmpty =
      !selector.isNull && selector.entries("matchLabels").isEmpty && selector.list("matchExpressions").isEmpty
    if !isEmpty { errors.selection(path, selector, template: template) }
    PodTemplate.check(template, path, &errors)
    let podSpec = template["spec"] ?? .null
    let policy = podSpec.text("restartPolicy")
    if policy != "Always" {
      errors.notSupported(path["spec"]["restartPolicy"], .string(policy), ["Always"])
    }
    if podSpec.has("activeDeadlineSeconds") {
      errors.forbidden(
        path["spec"]["activeDeadlineSeconds"], "activeDeadlineSeconds in \(kind) is not Supported")
    }
  }

  /// A number or a share of pods.
  static func amount(_ path: FieldPath, _ value: JSONValue?, _ errors: inout FieldErrors) {
    switch value {
    case .string(let text)?: errors.invalid(path, text, problems: Percentage.problems(of: text))
    default: errors.negative(path, value)
    }
  }

  /// A share above 100 %.
  static func share(_ path: FieldPath, _ value: JSONValue?, _ errors: inout FieldErrors) {
    guard let value, let text = value.string, let share = Percentage.value(of: text), share > 100 else {
      return
    }
    errors.invalid(path, value, "must not be greater than 100%")
  }

  static func isZero(_ value: JSONValue?) -> Bool {
    value?.int == 0 || value?.string.flatMap(Percentage.value) == 0
  }

  /// Counts of a status that none may be below 0, nor above another.
  static func counts(
    _ status: JSONValue, _ fields: [String], _ limits: [(String, below: String, String)],
    _ errors: inout FieldErrors
  ) {
    let path = FieldPath("status")
    for field in fields { errors.negative(path[field], status[field]) }
    for (field, other, words) in limits {
      let value = status.number(field) ?? 0
      if value > status.number(other) ?? 0 { errors.invalid(path[field], .int(value), words) }
    }
  }

  static func collisions(_ status: JSONValue, _ live: KubeObject, _ errors: inout FieldErrors) {
    let path = FieldPath("status.collisionCount")
    errors.negative(path, status["collisionCount"])
    guard let old = live[path: "status", "collisionCount"]?.int else { return }
    let new = status.number("collisionCount")
    if new.map({ $0 < old }) ?? true { errors.invalid(path, .int(new ?? 0), "cannot be decremented") }
  }
}
