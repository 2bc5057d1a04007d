import KubeModel

/// What the API does with the objects of a custom resource.
struct CustomRules: Sendable {
  let schema: Deferred<StructuralSchema>
  let hasStatus: Bool
  let scale: CustomScale?

  /// The rules in the form in which the API asks for them.
  var rules: KindRules {
    var rules = KindRules()
    rules.fillDefaults = { [schema] in SchemaDefaults.fill(&$0, schema.value) }
    rules.prepareForCreate = { [hasStatus] object in
      if hasStatus { object.fields["status"] = nil }
      object.set("metadata", "generation", to: 1)
    }
    rules.prepareForUpdate = { [hasStatus] object, live in
      if hasStatus { object.fields["status"] = live.fields["status"] }
      let isChanged = CustomRules.content(object) != CustomRules.content(live)
      object.set("metadata", "generation", to: .int(live.generation + (isChanged ? 1 : 0)))
    }
    rules.validate = { [self] object, live, errors in check(object, live: live, &errors) }
    rules.validateStatus = { [self] object, live, errors in checkStatus(object, live: live, &errors) }
    rules.generationFields = []
    rules.createsOnUpdate = false
    rules.allowsUnconditionalUpdate = false
    return rules
  }

  /// Everything whose change makes a new generation.
  private static func content(_ object: KubeObject) -> JSONObject {
    var fields = object.fields
    fields["metadata"] = nil
    return fields
  }

  private func check(_ object: KubeObject, live: KubeObject?, _ errors: inout FieldErrors) {
    let schema = schema.value
    errors.add(SchemaValidation.problems(of: object.json, schema, live: live?.json))
    scale?.checkSpec(object, &errors)
    scale?.checkStatus(object, &errors)
    checkRest(object, live: live, schema, &errors)
  }

  private func checkStatus(_ object: KubeObject, live: KubeObject, _ errors: inout FieldErrors) {
    let schema = schema.value
    if let status = object.fields["status"], let inner = schema.property("status") {
      errors.add(
        SchemaValidation.problems(of: status, inner, at: FieldPath("status"), live: live.fields["status"]))
    }
    scale?.checkStatus(object, &errors)
    checkRest(object, live: live, schema, &errors)
  }

  /// Embedded objects, lists with unique elements, and the rules of the schema.
  private func checkRest(
    _ object: KubeObject, live: KubeObject?, _ schema: StructuralSchema, _ errors: inout FieldErrors
  ) {
    errors.add(EmbeddedObjects.problems(of: object.fields, schema).all)
    let repeats = ListUniqueness.problems(of: object.fields, schema)
    if !repeats.isEmpty, live.map({ ListUniqueness.problems(of: $0.fields, schema).isEmpty }) ?? true {
      errors.add(repeats.all)
    }
    guard schema.contents.contains(.rules) else { return }
    // Rules are written for objects of the right types.
    let blocking: Set<FieldError.Reason> = [.notSupported, .required, .tooLong, .tooMany, .typeInvalid]
    if errors.all.contains(where: { blocking.contains($0.reason) }) {
      errors.add([
        FieldError(
          reason: .invalid, field: "<nil>",
          message:
            "Invalid value: \"null\": some validation rules were not checked because the object was invalid; "
            + "correct the existing errors to complete validation")
      ])
    } else {
      errors.add(RuleValidation.problems(of: object.json, schema, live: live?.json))
    }
  }
}
