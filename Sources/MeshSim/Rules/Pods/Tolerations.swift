import KubeModel

/// Tolerations, and the taints that they tolerate.
enum Tolerations {
  private static let effects = ["NoSchedule", "PreferNoSchedule", "NoExecute"]

  static func check(_ tolerations: [JSONValue], _ path: FieldPath, _ errors: inout FieldErrors) {
    for (index, toleration) in tolerations.enumerated() {
      let path = path[index]
      let key = toleration.text("key")
      let kind = toleration.text("operator")
      let value = toleration.text("value")
      let effect = toleration.text("effect")
      if !key.isEmpty { errors.labelKey(path["key"], key) }
      if key.isEmpty, kind != "Exists" {
        errors.invalid(
          path["operator"], .string(kind),
          "operator must be Exists when `key` is empty, which means \"match all values and all keys\"")
      }
      if toleration.has("tolerationSeconds"), effect != "NoExecute" {
        errors.invalid(
          path["effect"], .string(effect), "effect must be 'NoExecute' when `tolerationSeconds` is set")
      }
      switch kind {
      case "", "Equal":
        let problems = LabelSyntax.valueProblems(of: value)
        if !problems.isEmpty {
          errors.invalid(path["operator"], .string(value), problems.joined(separator: ";"))
        }
      case "Exists":
        if !value.isEmpty {
          errors.invalid(path["operator"], .string(value), "value must be empty when `operator` is 'Exists'")
        }
      default: errors.notSupported(path["operator"], .string(kind), ["Equal", "Exists"])
      }
      if !effect.isEmpty, !effects.contains(effect) {
        errors.notSupported(path["effect"], .string(effect), effects)
      }
    }
  }

  /// The taints of a node.
  static func checkTaints(_ taints: [JSONValue], _ path: FieldPath, _ errors: inout FieldErrors) {
    var known: Set<[String]> = []
    for (index, taint) in taints.enumerated() {
      let path = path[index]
      errors.labelKey(path["key"], taint.text("key"))
      let problems = LabelSyntax.valueProblems(of: taint.text("value"))
      if !problems.isEmpty {
        errors.invalid(path["value"], .string(taint.text("value")), problems.joined(separator: ";"))
      }
      errors.choice(path["effect"], taint.text("effect"), effects)
      if !known.insert([taint.text("effect"), taint.text("key")]).inserted {
        errors.duplicate(path, taint, "taints must be unique by key and effect pair")
      }
    }
  }

  /// Those of a running pod: new ones may come, known ones may change only how long they hold.
  static func checkUpdate(
    _ new: [JSONValue], _ old: [JSONValue], _ path: FieldPath, _ errors: inout FieldErrors
  ) {
    func timeless(_ toleration: JSONValue) -> JSONValue {
      var toleration = toleration
      toleration["tolerationSeconds"] = nil
      return toleration
    }
    let kept = Set(new.map(timeless))
    guard old.allSatisfy({ kept.contains(timeless($0)) }) else {
      return errors.forbidden(
        path, "existing toleration can not be modified except its tolerationSeconds")
    }
    check(new, path, &errors)
  }
}
