import KubeModel

/// Checks one schema of a definition: its structure, its defaults, its words and its rules.
struct DefinitionSchemas {
  private let root: FieldPath
  private let hasStatus: Bool

  init(_ root: FieldPath, hasStatus: Bool) {
    self.root = root
    self.hasStatus = hasStatus
  }

  mutating func problems(of schema: JSONObject) -> [FieldError] {
    var errors = FieldErrors()
    if hasStatus { checkRoot(schema, &errors) }
    if schema["nullable"]?.bool == true {
      errors.forbidden(root["nullable"], "nullable cannot be true at the root")
    }
    var isSound = false
    if !SchemaKeywords.hasUnsupported(schema) {
      let structural = StructuralRules.problems(of: schema, root)
      if structural.isEmpty {
        let defaults = DefaultRules.problems(of: schema, root)
        errors.add(defaults)
        isSound = defaults.isEmpty
      } else {
        errors.add(structural)
      }
    }
    var keywords = SchemaKeywords(runsRules: isSound)
    keywords.check(schema, root, isRoot: true)
    errors.add(keywords.problems)
    return errors.all
  }

  /// A status of its own is checked by the schema of `status` alone: the root must not say more.
  private func checkRoot(_ schema: JSONObject, _ errors: inout FieldErrors) {
    let allowed = [
      "Description", "Type", "Format", "Title", "Maximum", "ExclusiveMaximum", "Minimum", "ExclusiveMinimum",
      "MaxLength", "MinLength", "Pattern", "MaxItems", "MinItems", "UniqueItems", "MultipleOf", "Required",
      "Items",
      "Properties", "ExternalDocs", "Example", "XPreserveUnknownFields", "XValidations",
    ]
    for member in schema.members {
      let name =
        switch member.key {
        case "x-kubernetes-preserve-unknown-fields": "XPreserveUnknownFields"
        case "x-kubernetes-validations": "XValidations"
        default: member.key.prefix(1).uppercased() + member.key.dropFirst()
        }
      if name == "Type" {
        if member.value.string != "object" {
          errors.invalid(
            root["type"], member.value,
            "only \"object\" is allowed as the type at the root of the schema if the status subresource is enabled"
          )
          return
        }
      } else if !allowed.contains(String(name)) {
        errors.invalid(
          root, .object(schema),
          "only [\(allowed.joined(separator: " "))] fields are allowed at the root of the schema if the status "
            + "subresource is enabled")
        return
      }
    }
  }

  /// What is not structural about the schemas of a definition.
  static func structuralProblems(of definition: KubeObject) -> [FieldError] {
    (definition[path: "spec", "versions"]?.array ?? []).enumerated().flatMap {
      index, version -> [FieldError] in
      guard let schema = version["schema"]?["openAPIV3Schema"]?.object else { return [] }
      return StructuralRules.problems(of: schema, FieldPath("spec.versions[\(index)].schema.openAPIV3Schema"))
    }
  }
}
