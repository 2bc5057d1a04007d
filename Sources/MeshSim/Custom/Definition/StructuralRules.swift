import KubeModel

/// A structural schema says the type of every field outside of alternatives, and nothing but checks inside of them.
struct StructuralRules {
  private enum Level {
    case root, item, field
  }

  private var errors = FieldErrors()

  /// What is not structural, in the order of the messages.
  static func problems(of schema: JSONObject, _ path: FieldPath) -> [FieldError] {
    var rules = StructuralRules()
    rules.invariants(schema, .root, path)
    rules.completeness(schema, schema, path, path)
    return rules.errors.all.sorted { ($0.field, $0.message) < ($1.field, $1.message) }
  }

  private func text(_ schema: JSONObject, _ key: String) -> String { schema[key]?.string ?? "" }
  private func flag(_ schema: JSONObject, _ key: String) -> Bool { schema[key]?.bool ?? false }

  private mutating func invariants(_ schema: JSONObject, _ level: Level, _ path: FieldPath) {
    let type = text(schema, "type")
    let isEmbedded = flag(schema, "x-kubernetes-embedded-resource")
    let isOpen = flag(schema, "x-kubernetes-preserve-unknown-fields")
    let isIntOrString = flag(schema, "x-kubernetes-int-or-string")
    let properties = schema["properties"]?.object ?? [:]
    if type == "array", schema["items"]?.object == nil { errors.required(path["items"], "must be specified") }
    if let items = schema["items"]?.object { invariants(items, .item, path["items"]) }
    for member in properties.members {
      if let inner = member.value.object { invariants(inner, .field, path["properties"][key: member.key]) }
    }
    if let additional = schema["additionalProperties"] {
      let own = path["additionalProperties"]
      if level == .root { errors.forbidden(own, "must not be used at the root") }
      if isEmbedded { errors.forbidden(own, "must not be used if x-kubernetes-embedded-resource is set") }
      if let inner = additional.object { invariants(inner, .field, own) }
    }
    if isIntOrString, isOpen {
      errors.invalid(
        path["x-kubernetes-preserve-unknown-fields"], true,
        "must be false if x-kubernetes-int-or-string is true")
    }
    if isIntOrString, isEmbedded {
      errors.invalid(
        path["x-kubernetes-embedded-resource"], true, "must be false if x-kubernetes-int-or-string is true")
    }
    let anyOf = schema["anyOf"]?.array
    let first = schema["allOf"]?.array?.first?["anyOf"]?.array
    validations(
      schema,
      skipsAnyOf: isIntOrString && anyOf == StructuralRules.intOrString
        || anyOf == StructuralRules.intOrString,
      skipsFirstAllOf: first == StructuralRules.intOrString, path)
    checkType(type, level, path, isEmbedded: isEmbedded, isOpen: isOpen || isIntOrString)
    checkMetadata(schema, properties, level, path, isEmbedded: isEmbedded)
    if isEmbedded, !isOpen, properties.isEmpty {
      errors.required(
        path["properties"],
        "must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields"
      )
    }
  }

  private static let intOrString: [JSONValue] = [["type": "integer"], ["type": "string"]]

  private mutating func checkType(
    _ type: String, _ level: Level, _ path: FieldPath, isEmbedded: Bool, isOpen: Bool
  ) {
    let own = path["type"]
    if isEmbedded, type != "object" {
      let words = "must be object if x-kubernetes-embedded-resource is true"
      if type.isEmpty { errors.required(own, words) } else { errors.invalid(own, .string(type), words) }
    } else if type.isEmpty, !isOpen {
      switch level {
      case .root: errors.required(own, "must not be empty at the root")
      case .item: errors.required(own, "must not be empty for specified array items")
      case .field: errors.required(own, "must not be empty for specified object fields")
      }
    }
    if level == .root, !type.isEmpty, type != "object" {
      errors.invalid(own, .string(type), "must be object at the root")
    }
  }

  private mutating func checkMetadata(
    _ schema: JSONObject, _ properties: JSONObject, _ level: Level, _ path: FieldPath, isEmbedded: Bool
  ) {
    guard level == .root || isEmbedded else { return }
    for name in ["kind", "apiVersion"] {
      guard let inner = properties[name]?.object, text(inner, "type") != "string" else { continue }
      errors.invalid(path["properties"][key: name]["type"], .string(text(inner, "type")), "must be string")
    }
    guard let metadata = properties["metadata"]?.object else { return }
    let own = path["properties"][key: "metadata"]
    if text(metadata, "type") != "object" {
      errors.invalid(own["type"], .string(text(metadata, "type")), "must be object")
    }
    guard level == .root else { return }
    let names = (metadata["properties"]?.object?.keys).map(Array.init) ?? []
    let isNarrow = names.allSatisfy { $0 == "name" || $0 == "generateName" }
    let others = metadata.keys.filter { !["type", "properties", "default"].contains($0) }
    if !isNarrow || !others.isEmpty {
      errors.forbidden(
        own,
        "must not specify anything other than name and generateName, but metadata is implicitly specified")
    }
  }

  // MARK: Inside of alternatives

  private mutating func validations(
    _ schema: JSONObject, skipsAnyOf: Bool, skipsFirstAllOf: Bool, _ path: FieldPath
  ) {
    for key in ["anyOf", "allOf", "oneOf"] {
      if key == "anyOf", skipsAnyOf { continue }
      for (index, inner) in (schema[key]?.array ?? []).enumerated() {
        guard let inner = inner.object else { continue }
        nested(inner, skipsAnyOf: key == "allOf" && index == 0 && skipsFirstAllOf, path[key][index])
      }
    }
    if let not = schema["not"]?.object { nested(not, skipsAnyOf: false, path["not"]) }
    let pattern = text(schema, "pattern")
    guard !pattern.isEmpty else { return }
    do throws(Pattern.SyntaxError) { _ = try Pattern(pattern) } catch {
      errors.invalid(
        path["pattern"], .string(pattern),
        "must be a valid regular expression, but isn't: \(error.description)")
    }
  }

  private mutating func nested(_ schema: JSONObject, skipsAnyOf: Bool, _ path: FieldPath) {
    validations(schema, skipsAnyOf: skipsAnyOf, skipsFirstAllOf: false, path)
    if let items = schema["items"]?.object { nested(items, skipsAnyOf: false, path["items"]) }
    for member in schema["properties"]?.object?.members ?? [] {
      if let inner = member.value.object {
        nested(inner, skipsAnyOf: false, path["properties"][key: member.key])
      }
    }
    for key in ["type", "title", "description"] where !text(schema, key).isEmpty {
      errors.forbidden(path[key], "must be empty to be structural")
    }
    if let additional = schema["additionalProperties"], additional != false {
      errors.forbidden(path["additionalProperties"], "must be undefined to be structural")
    }
    if schema["default"] != nil { errors.forbidden(path["default"], "must be undefined to be structural") }
    for key in [
      "nullable", "x-kubernetes-preserve-unknown-fields", "x-kubernetes-embedded-resource",
      "x-kubernetes-int-or-string",
    ] where flag(schema, key) { errors.forbidden(path[key], "must be false to be structural") }
    for key in ["x-kubernetes-list-map-keys", "x-kubernetes-validations"]
    where schema[key]?.array?.isEmpty == false {
      errors.forbidden(path[key], "must be empty to be structural")
    }
    for key in ["x-kubernetes-list-type", "x-kubernetes-map-type"] where schema[key]?.string != nil {
      errors.forbidden(path[key], "must be undefined to be structural")
    }
    if schema["properties"]?["metadata"] != nil {
      errors.forbidden(path["properties"][key: "metadata"], "must not be specified in a nested context")
    }
  }

  /// What an alternative says of a field must be about a field that the structure has.
  private mutating func completeness(
    _ validation: JSONObject, _ structure: JSONObject, _ place: FieldPath, _ path: FieldPath
  ) {
    if let not = validation["not"]?.object { nestedCompleteness(not, structure, place, path["not"]) }
    for key in ["allOf", "anyOf", "oneOf"] {
      for (index, inner) in (validation[key]?.array ?? []).enumerated() {
        if let inner = inner.object { nestedCompleteness(inner, structure, place, path[key][index]) }
      }
    }
  }

  private mutating func nestedCompleteness(
    _ validation: JSONObject, _ structure: JSONObject, _ place: FieldPath, _ path: FieldPath
  ) {
    completeness(validation, structure, place, path)
    if let items = validation["items"]?.object {
      if let own = structure["items"]?.object {
        nestedCompleteness(items, own, place["items"], path["items"])
      } else {
        errors.required(place["items"], "because it is defined in \(path["items"])")
      }
    }
    for member in validation["properties"]?.object?.members ?? [] {
      guard let inner = member.value.object else { continue }
      let (own, other) = (place["properties"][key: member.key], path["properties"][key: member.key])
      if let field = structure["properties"]?[member.key]?.object {
        nestedCompleteness(inner, field, own, other)
      } else {
        errors.required(own, "because it is defined in \(other)")
      }
    }
  }
}
