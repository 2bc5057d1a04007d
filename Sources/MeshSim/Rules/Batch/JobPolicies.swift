import KubeModel

/// Checks when a Job's pods count as failed, and when it has succeeded.
enum JobPolicies {
  static func check(_ spec: JSONValue, _ path: FieldPath, _ errors: inout FieldErrors) {
    if let policy = spec["podFailurePolicy"], !policy.isNull {
      failure(policy, spec, path["podFailurePolicy"]["rules"], &errors)
    }
    if let policy = spec["successPolicy"], !policy.isNull {
      success(policy, spec, path["successPolicy"], &errors)
    }
    guard let replacement = spec["podReplacementPolicy"]?.string else { return }
    let supported = spec.has("podFailurePolicy") ? ["Failed"] : ["Failed", "TerminatingOrFailed"]
    if !supported.contains(replacement) {
      errors.notSupported(path["podReplacementPolicy"], .string(replacement), supported)
    }
  }

  private static func failure(
    _ policy: JSONValue, _ spec: JSONValue, _ path: FieldPath, _ errors: inout FieldErrors
  ) {
    let rules = policy.list("rules")
    if rules.count > 20 { errors.tooMany(path, rules.count, maximum: 20) }
    let podSpec = spec[path: "template", "spec"] ?? .null
    let names = (podSpec.list("containers") + podSpec.list("initContainers")).map { $0.text("name") }
    for (index, rule) in rules.enumerated() {
      let path = path[index]
      let actions = ["Count", "FailIndex", "FailJob", "Ignore"]
      let action = rule.text("action")
      if action.isEmpty {
        errors.required(path["action"], "valid values: \(quoted(actions))")
      } else if !actions.contains(action) {
        errors.notSupported(path["action"], .string(action), actions)
      } else if action == "FailIndex", !spec.has("backoffLimitPerIndex") {
        errors.invalid(path["action"], .string(action), "requires the backoffLimitPerIndex to be set")
      }
      let conditions = rule.list("onPodConditions")
      if let codes = rule["onExitCodes"] { exitCodes(codes, names, path["onExitCodes"], &errors) }
      for (index, pattern) in conditions.enumerated() {
        let path = path["onPodConditions"][index]
        let states = ["False", "True", "Unknown"]
        errors.labelKey(path["type"], pattern.text("type"))
        let state = pattern.text("status")
        if state.isEmpty {
          errors.required(path["status"], "valid values: \(quoted(states))")
        } else if !states.contains(state) {
          errors.notSupported(path["status"], .string(state), states)
        }
      }
      if rule.has("onExitCodes"), !conditions.isEmpty {
        errors.invalid(path, nil, "specifying both OnExitCodes and OnPodConditions is not supported")
      }
      if !rule.has("onExitCodes"), conditions.isEmpty {
        errors.invalid(path, nil, "specifying one of OnExitCodes and OnPodConditions is required")
      }
    }
  }

  private static func exitCodes(
    _ codes: JSONValue, _ names: [String], _ path: FieldPath, _ errors: inout FieldErrors
  ) {
    let kind = codes.text("operator")
    if kind.isEmpty {
      errors.required(path["operator"], "valid values: [\"In\" \"NotIn\"]")
    } else if !["In", "NotIn"].contains(kind) {
      errors.notSupported(path["operator"], .string(kind), ["In", "NotIn"])
    }
    if let name = codes["containerName"]?.string, !names.contains(name) {
      errors.invalid(
        path["containerName"], .string(name),
        "must be one of the container or initContainer names in the pod template")
    }
    let values = codes.list("values").compactMap(\.int)
    let path = path["values"]
    if values.isEmpty { errors.invalid(path, codes["values"] ?? .null, "at least one value is required") }
    if values.count > 255 { errors.tooMany(path, values.count, maximum: 255) }
    for (index, value) in values.enumerated() {
      if kind == "In", value == 0 {
        errors.invalid(path[index], 0, "must not be 0 for the In operator")
      }
      if values[..<index].contains(value) { errors.duplicate(path[index], .int(value)) }
    }
    if values != values.sorted() { errors.invalid(path, codes["values"], "must be ordered") }
  }

  private static func success(
    _ policy: JSONValue, _ spec: JSONValue, _ path: FieldPath, _ errors: inout FieldErrors
  ) {
    guard spec.text("completionMode") == "Indexed" else {
      return errors.invalid(path, policy, "requires indexed completion mode")
    }
    let rules = policy.list("rules")
    if rules.isEmpty {
      errors.required(
        path["rules"], "at least one rules must be specified when the successPolicy is specified")
    }
    if rules.count > 20 { errors.tooMany(path["rules"], rules.count, maximum: 20) }
    let completions = spec.number("completions") ?? 0
    for (index, rule) in rules.enumerated() {
      let path = path["rules"][index]
      if !rule.has("succeededCount"), !rule.has("succeededIndexes") {
        errors.required(path, "at least one of succeededCount or succeededIndexes must be specified")
      }
      guard let count = rule.number("succeededCount") else { continue }
      errors.negative(path["succeededCount"], .int(count))
      if count > completions {
        errors.invalid(
          path["succeededCount"], .int(count),
          "must be less than or equal to \(completions) (the number of specified completions)")
      }
    }
  }

  /// As Go prints a slice with `%q`.
  private static func quoted(_ words: [String]) -> String {
    "[" + words.map { "\"\($0)\"" }.joined(separator: " ") + "]"
  }
}
