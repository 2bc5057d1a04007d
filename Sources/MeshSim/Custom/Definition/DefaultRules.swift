import KubeModel

/// Defaults must themselves be what the schema asks for.
struct DefaultRules {
  private var errors = FieldErrors()

  static func problems(of schema: JSONObject, _ path: FieldPath) -> [FieldError] {
    guard SchemaText.has(schema, { $0["default"] != nil }) else { return [] }
    var rules = DefaultRules()
    rules.check(schema, path, isInMetadata: false, isResource: true)
    return rules.errors.all
  }

  private mutating func check(_ schema: JSONObject, _ path: FieldPath, isInMetadata: Bool, isResource: Bool) {
    let isResource = isResource || schema["x-kubernetes-embedded-resource"]?.bool ?? false
    if let value = schema["default"], value != .null {
      judge(value, StructuralSchema(schema, isRoot: isResource), path["default"], isInMetadata: isInMetadata)
    }
    if let items = schema["items"]?.object {
      check(items, path["items"], isInMetadata: isInMetadata && !isResource, isResource: false)
    }
    for member in schema["properties"]?.object?.members ?? [] {
      guard let inner = member.value.object else { continue }
      let isMeta = isResource && ["metadata", "apiVersion", "kind"].contains(member.key)
      check(
        inner, path["properties"][key: member.key], isInMetadata: isMeta || (isInMetadata && !isResource),
        isResource: false)
    }
  }

  private mutating func judge(
    _ value: JSONValue, _ schema: StructuralSchema, _ path: FieldPath, isInMetadata: Bool
  ) {
    if !isInMetadata {
      var pruned = value
      if schema.isEmbedded, case .object(var object) = pruned {
        _ = Pruning.prune(&object, schema)
        pruned = .object(object)
      } else {
        Pruning.prune(&pruned, schema)
      }
      if pruned != value { errors.invalid(path, value, "must not have unknown fields") }
      let embedded = EmbeddedObjects.problems(of: value, schema, path, isResource: schema.isEmbedded)
      guard embedded.isEmpty else { return errors.add(embedded.all) }
    }
    let wrong = SchemaValidation.problems(of: value, schema, at: path)
    guard wrong.isEmpty else { return errors.add(wrong) }
    let broken = RuleValidation.problems(of: value, schema, at: path, live: value, isDefault: true)
    errors.add(broken)
    if broken.isEmpty { errors.add(RuleValidation.problems(of: value, schema, at: path, live: nil)) }
  }
}
