import KubeModel

/// Checks a ValidatingAdmissionPolicy: its expressions have to compile, to the types that they are used as.
enum AdmissionPolicyCheck {
  private static let variables: [(name: String, type: CELType)] = [
    ("object", .dyn), ("oldObject", .dyn), ("request", .dyn), ("namespaceObject", .dyn), ("variables", .dyn),
    ("authorizer", .dyn),
  ]

  static func check(_ spec: JSONValue, _ path: FieldPath, _ errors: inout FieldErrors) {
    let names = variables + (spec.has("paramKind") ? [("params", CELType.dyn)] : [])
    let match = spec["matchConstraints"] ?? .null
    if match == .null {
      errors.required(path["matchConstraints"])
    } else if match.list("resourceRules").isEmpty {
      errors.required(path["matchConstraints"]["resourceRules"])
    }
    for (index, condition) in spec.list("matchConditions").enumerated() {
      let place = path["matchConditions"][index]
      if condition.text("name").isEmpty { errors.required(place["name"]) }
      expression(condition.text("expression"), place["expression"], names, [.bool], &errors)
    }
    for (index, variable) in spec.list("variables").enumerated() {
      let place = path["variables"][index]
      if variable.text("name").isEmpty { errors.required(place["name"]) }
      expression(variable.text("expression"), place["expression"], names, [], &errors)
    }
    if spec.list("validations").isEmpty, spec.list("auditAnnotations").isEmpty {
      errors.required(
        path["validations"], "validations or auditAnnotations must contain at least one item")
      errors.required(
        path["auditAnnotations"], "validations or auditAnnotations must contain at least one item")
    }
    for (index, validation) in spec.list("validations").enumerated() {
      check(validation: validation, path["validations"][index], names, &errors)
    }
  }

  private static func check(
    validation: JSONValue, _ path: FieldPath, _ names: [(name: String, type: CELType)],
    _ errors: inout FieldErrors
  ) {
    expression(validation.text("expression"), path["expression"], names, [.bool], &errors)
    if let text = validation["messageExpression"]?.string {
      expression(text, path["messageExpression"], names, [.string], &errors)
    }
    if let message = validation["message"]?.string {
      if message.trimmed.isEmpty {
        errors.invalid(path["message"], .string(message), "message must be non-empty if specified")
      } else if message.contains("\n") {
        errors.invalid(path["message"], .string(message), "message must not contain line breaks")
      }
    } else if validation.text("messageExpression").isEmpty, validation.text("expression").contains("\n") {
      errors.required(path["message"], "message must be specified if expression contains line breaks")
    }
    if let reason = validation["reason"]?.string {
      let supported = ["Unauthorized", "Forbidden", "Invalid", "RequestEntityTooLarge"]
      if !supported.contains(reason) { errors.notSupported(path["reason"], .string(reason), supported) }
    }
  }

  /// - Parameter types: those that it may have; any when there are none.
  private static func expression(
    _ text: String, _ path: FieldPath, _ names: [(name: String, type: CELType)], _ types: [CELType],
    _ errors: inout FieldErrors
  ) {
    guard !text.trimmed.isEmpty else { return errors.required(path, "expression is not specified") }
    do throws(CELProgram.Refusal) {
      let program = try CELProgram(text, variables: names)
      // The types of a policy's own variables are not known here.
      guard let wanted = types.first, !types.contains(program.type), !program.used.contains("variables")
      else { return }
      errors.invalid(path, .string(text), "must evaluate to \(wanted)")
    } catch {
      errors.invalid(path, .string(text), "compilation failed: \(error.description)")
    }
  }

  static func check(binding spec: JSONValue, _ path: FieldPath, _ errors: inout FieldErrors) {
    if spec.text("policyName").isEmpty { errors.required(path["policyName"]) }
    let actions = spec.texts("validationActions")
    let place = path["validationActions"]
    if actions.isEmpty { return errors.required(place, "at least one validation action is required") }
    var seen: Set<String> = []
    for (index, action) in actions.enumerated() {
      if !["Audit", "Deny", "Warn"].contains(action) {
        errors.notSupported(place[index], .string(action), ["Audit", "Deny", "Warn"])
      }
      if !seen.insert(action).inserted { errors.duplicate(place[index], .string(action)) }
    }
    if seen.isSuperset(of: ["Deny", "Warn"]) {
      errors.invalid(
        place, .array(actions.map(JSONValue.string)),
        "must not contain both Deny and Warn (repeating the same validation failure information in the API "
          + "response and headers serves no purpose)")
    }
  }
}
