import KubeModel

/// Checks the words of a schema: those that are not supported, those that contradict each other, and its rules.
struct SchemaKeywords {
  private(set) var problems: [FieldError] = []
  private var schemaErrors = FieldErrors()
  private let runsRules: Bool
  private var totalCost = CELCostTotal()

  /// - Parameter runsRules: whether the schema is sound enough for its rules to be compiled.
  init(runsRules: Bool) { self.runsRules = runsRules }

  private static let types = ["array", "boolean", "integer", "number", "object", "string"]

  /// What the surroundings of a schema forbid it.
  private struct Context {
    var defaultsForbidden: String?
    var isInMetadata = false
    /// The outermost place whose elements cannot be told from those before a change.
    var uncorrelatable: FieldPath?
    var rules: RuleContext?
  }

  /// Where rules are compiled, and how often such a place can be in one object.
  struct RuleContext {
    var cardinality: UInt64?
    var isResource = false
  }

  static func hasUnsupported(_ schema: JSONObject) -> Bool {
    SchemaText.has(schema) { node in
      node["id"]?.string?.isEmpty == false || node["$schema"]?.string?.isEmpty == false
        || node["$ref"]?.string?.isEmpty == false || node["patternProperties"]?.object?.isEmpty == false
        || node["dependencies"]?.object?.isEmpty == false || node["additionalItems"] != nil
        || node["definitions"]?.object?.isEmpty == false || node["items"]?.array != nil
        || node["x-kubernetes-preserve-unknown-fields"] == false
    }
  }

  mutating func check(_ schema: JSONObject, _ path: FieldPath, isRoot: Bool) {
    var context = Context()
    if runsRules { context.rules = RuleContext(cardinality: 1, isResource: true) }
    _ = check(schema, path, context, isRoot: isRoot)
    problems = schemaErrors.all + problems
    problems += totalCost.problems(at: path)
  }

  /// - Returns: whether the schema and all in it are free of errors but those of rules.
  private mutating func check(
    _ schema: JSONObject, _ path: FieldPath, _ context: Context, isRoot: Bool = false
  ) -> Bool {
    let before = schemaErrors.all.count
    checkSupported(schema, path, context)
    if schema["uniqueItems"]?.bool == true {
      schemaErrors.forbidden(
        path["uniqueItems"],
        "uniqueItems cannot be set to true since the runtime complexity becomes quadratic")
    }
    checkChildren(schema, path, context, isRoot: isRoot)
    checkAlternatives(schema, path, context)
    checkMapType(schema, path)
    checkListType(schema, path)
    checkRuleTexts(schema, path)
    let isSound = schemaErrors.all.count == before
    if isSound, let rules = context.rules { compileRules(schema, path, context, rules, isRoot: isRoot) }
    return isSound
  }

  private mutating func checkSupported(_ schema: JSONObject, _ path: FieldPath, _ context: Context) {
    let type = schema["type"]?.string ?? ""
    if type == "null" {
      schemaErrors.notSupported(path["type"], "null", SchemaKeywords.types)
      schemaErrors.forbidden(path["type"], "type cannot be set to null, use nullable as an alternative")
    } else if !type.isEmpty, !SchemaKeywords.types.contains(type) {
      schemaErrors.notSupported(path["type"], .string(type), SchemaKeywords.types)
    }
    if schema["default"] != nil, let reason = context.defaultsForbidden {
      schemaErrors.forbidden(path["default"], "must not be set \(reason)")
    }
    for key in ["id", "additionalItems", "patternProperties", "definitions", "dependencies", "$ref"] {
      let isSet =
        switch schema[key] {
        case nil, .null?: false
        case .string(let text)?: !text.isEmpty
        case .object(let object)?: !object.isEmpty || key == "dependencies" || key == "additionalItems"
        default: true
        }
      if isSet { schemaErrors.forbidden(path[key], "\(key) is not supported") }
    }
    if schema["items"]?.array?.isEmpty == false {
      schemaErrors.forbidden(path["items"], "items must be a schema object and not an array")
    }
    if context.isInMetadata, schema["x-kubernetes-embedded-resource"]?.bool == true {
      schemaErrors.forbidden(
        path["x-kubernetes-embedded-resource"], "must not be used inside of resource meta")
    }
  }

  private mutating func checkChildren(
    _ schema: JSONObject, _ path: FieldPath, _ context: Context, isRoot: Bool
  ) {
    let properties = schema["properties"]?.object ?? [:]
    if let additional = schema["additionalProperties"], additional != .null {
      if !properties.isEmpty, additional != true {
        schemaErrors.forbidden(
          path["additionalProperties"], "additionalProperties and properties are mutual exclusive")
      }
      if let inner = additional.object {
        var own = context
        if own.isInMetadata {
          own.defaultsForbidden = "inside additionalProperties applying to object metadata"
        }
        own.rules = context.rules?.inside(schema, limit: "maxProperties")
        _ = check(inner, path["additionalProperties"], own)
      }
    }
    let isResource = isRoot || schema["x-kubernetes-embedded-resource"]?.bool == true
    for member in properties.members {
      guard let inner = member.value.object else { continue }
      var own = context
      own.rules?.isResource = inner["x-kubernetes-embedded-resource"]?.bool ?? false
      if isResource, ["metadata", "kind", "apiVersion"].contains(member.key) {
        own.isInMetadata = true
        if isRoot { own.defaultsForbidden = "in top-level \(member.key)" }
      }
      if CELName.escaped(member.key) == nil { own.rules?.isResource = false }
      _ = check(inner, path["properties"][key: member.key], own)
    }
    if let items = schema["items"]?.object {
      var own = context
      if schema["x-kubernetes-list-type"]?.string != "map" { own.uncorrelatable = own.uncorrelatable ?? path }
      own.rules = context.rules?.inside(schema, limit: "maxItems")
      _ = check(items, path["items"], own)
    }
  }

  private mutating func checkAlternatives(_ schema: JSONObject, _ path: FieldPath, _ context: Context) {
    var own = context
    own.rules = nil
    if let not = schema["not"]?.object { _ = check(not, path["not"], own) }
    for key in ["allOf", "oneOf", "anyOf"] {
      for (index, inner) in (schema[key]?.array ?? []).enumerated() {
        if let inner = inner.object { _ = check(inner, path[key][index], own) }
      }
    }
  }

  private mutating func checkMapType(_ schema: JSONObject, _ path: FieldPath) {
    if schema["x-kubernetes-preserve-unknown-fields"] == false {
      schemaErrors.invalid(path["x-kubernetes-preserve-unknown-fields"], false, "must be true or undefined")
    }
    guard let mapType = schema["x-kubernetes-map-type"]?.string else { return }
    checkType(of: schema, is: "object", path, "must be object if x-kubernetes-map-type is specified")
    if mapType != "atomic", mapType != "granular" {
      schemaErrors.notSupported(path["x-kubernetes-map-type"], .string(mapType), ["atomic", "granular"])
    }
  }

  private mutating func checkType(
    of schema: JSONObject, is wanted: String, _ path: FieldPath, _ words: String
  ) {
    let type = schema["type"]?.string ?? ""
    if type.isEmpty {
      schemaErrors.required(path["type"], words)
    } else if type != wanted {
      schemaErrors.invalid(path["type"], .string(type), words)
    }
  }

  private mutating func checkListType(_ schema: JSONObject, _ path: FieldPath) {
    let listType = schema["x-kubernetes-list-type"]?.string
    let keys = schema["x-kubernetes-list-map-keys"]?.array ?? []
    let own = path["x-kubernetes-list-type"]
    let items = schema["items"]?.object
    if let listType {
      if schema["type"]?.string != "array" {
        checkType(of: schema, is: "array", path, "must be array if x-kubernetes-list-type is specified")
      } else if listType == "set", let items {
        checkSetItems(items, path["items"])
      }
      if !["atomic", "set", "map"].contains(listType) {
        schemaErrors.notSupported(own, .string(listType), ["atomic", "set", "map"])
      }
    }
    if !keys.isEmpty {
      let words = "must be map if x-kubernetes-list-map-keys is non-empty"
      if let listType {
        if listType != "map" { schemaErrors.invalid(own, .string(listType), words) }
      } else {
        schemaErrors.required(own, words)
      }
    }
    if listType == "map" { checkKeys(schema, keys, path) }
    guard listType == "set" || listType == "map", let items, let listType else { return }
    if items["nullable"]?.bool == true {
      schemaErrors.forbidden(
        path["items"]["nullable"], "cannot be nullable when x-kubernetes-list-type is \(listType)")
    }
  }

  private mutating func checkSetItems(_ items: JSONObject, _ path: FieldPath) {
    let words = "must be atomic as item of a list with x-kubernetes-list-type=set"
    switch items["type"]?.string {
    case "array":
      if let inner = items["x-kubernetes-list-type"], inner.string != "atomic" {
        schemaErrors.invalid(path["x-kubernetes-list-type"], inner, words)
      }
    case "object":
      if items["x-kubernetes-map-type"]?.string != "atomic" {
        schemaErrors.invalid(path["x-kubernetes-map-type"], items["x-kubernetes-list-type"] ?? .null, words)
      }
    default: break
    }
  }

  private mutating func checkKeys(_ schema: JSONObject, _ keys: [JSONValue], _ path: FieldPath) {
    let own = path["x-kubernetes-list-map-keys"]
    if keys.isEmpty { schemaErrors.required(own, "must not be empty if x-kubernetes-list-type is map") }
    guard let items = schema["items"]?.object else {
      return schemaErrors.required(path["items"], "must have a schema if x-kubernetes-list-type is map")
    }
    let type = items["type"]?.string ?? ""
    guard type == "object" else {
      return schemaErrors.invalid(
        path["items"]["type"], .string(type), "must be object if parent array's x-kubernetes-list-type is map"
      )
    }
    let required = (items["required"]?.array ?? []).compactMap(\.string)
    var seen: Set<String> = []
    for key in keys.compactMap(\.string) {
      let place = path["items"]["properties"][key: key]
      if let field = items["properties"]?[key] {
        if ["array", "object"].contains(field["type"]?.string ?? "") {
          schemaErrors.invalid(
            place["type"], .string(type),
            "must be a scalar type if parent array's x-kubernetes-list-type is map")
        }
        if !required.contains(key), field["default"] == nil {
          schemaErrors.required(
            place["default"],
            "this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property"
          )
        }
        if field["nullable"]?.bool == true {
          schemaErrors.forbidden(
            place["nullable"], "this property is in x-kubernetes-list-map-keys, so it cannot be nullable")
        }
      } else {
        schemaErrors.invalid(own, .array(keys), "entries must all be names of item properties")
      }
      if !seen.insert(key).inserted {
        schemaErrors.invalid(own, .array(keys), "must not contain duplicate entries")
      }
    }
  }

  // MARK: Rules

  private mutating func checkRuleTexts(_ schema: JSONObject, _ path: FieldPath) {
    func hasBreak(_ text: String) -> Bool { text.contains { $0.isNewline } }
    for (index, json) in (schema["x-kubernetes-validations"]?.array ?? []).enumerated() {
      guard let json = json.object else { continue }
      let rule = ValidationRule(json)
      let own = path["x-kubernetes-validations"][index]
      if rule.rule.trimmed.isEmpty {
        schemaErrors.required(own["rule"], "rule is not specified")
      } else if !rule.message.isEmpty, rule.message.trimmed.isEmpty {
        schemaErrors.invalid(own["message"], .string(rule.message), "must be non-empty if specified")
      } else if hasBreak(rule.message.trimmed) {
        schemaErrors.invalid(own["message"], .string(rule.message), "must not contain line breaks")
      } else if hasBreak(rule.rule.trimmed), rule.message.trimmed.isEmpty {
        schemaErrors.required(own["message"], "message must be specified if rule contains line breaks")
      }
      if !rule.messageExpression.isEmpty, rule.messageExpression.trimmed.isEmpty {
        schemaErrors.required(own["messageExpression"], "messageExpression must be non-empty if specified")
      }
      let reasons = ["FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired"]
      if let reason = rule.reason, !reasons.contains(reason) {
        schemaErrors.notSupported(own["reason"], .string(reason), reasons)
      }
      guard !rule.fieldPath.isEmpty else { continue }
      if rule.fieldPath.trimmed.isEmpty {
        schemaErrors.invalid(own["fieldPath"], .string(rule.fieldPath), "must be non-empty if specified")
      }
      if hasBreak(rule.fieldPath) {
        schemaErrors.invalid(own["fieldPath"], .string(rule.fieldPath), "must not contain line breaks")
      }
      if (try? SchemaPath(rule.fieldPath, in: StructuralSchema(schema))) == nil {
        schemaErrors.invalid(own["fieldPath"], .string(rule.fieldPath), "must be a valid path")
      }
    }
  }

  private mutating func compileRules(
    _ schema: JSONObject, _ path: FieldPath, _ context: Context, _ rules: RuleContext, isRoot: Bool
  ) {
    guard schema["x-kubernetes-validations"]?.array?.isEmpty == false else { return }
    let node = StructuralSchema(schema, isRoot: isRoot)
    for (index, pair) in zip(node.rules, node.program).enumerated() {
      let (rule, compiled) = pair
      let own = path["x-kubernetes-validations"][index]
      totalCost.observe(compiled, of: node, rules, at: own, &problems)
      if let refusal = compiled.refusal {
        problems.append(SchemaKeywords.invalid(own["rule"], rule, refusal))
      }
      if let refusal = compiled.messageRefusal {
        problems.append(SchemaKeywords.invalid(own["messageExpression"], rule, refusal))
      }
      if compiled.usesOldSelf {
        guard let place = context.uncorrelatable else { continue }
        problems.append(
          FieldError(
            reason: .invalid, field: own["rule"].description,
            message:
              "Invalid value: \(GoPrint.quoted(rule.rule)): oldSelf cannot be used on the uncorrelatable "
              + "portion of the schema within \(place)"))
      } else if let optional = rule.optionalOldSelf, compiled.refusal == nil {
        problems.append(
          FieldError(
            reason: .invalid, field: own["optionalOldSelf"].description,
            message: "Invalid value: \(optional): may not be set if oldSelf is not used in rule"))
      }
    }
  }

  /// The rule stands in the message as Go prints the server's own struct.
  private static func invalid(_ path: FieldPath, _ rule: ValidationRule, _ detail: String) -> FieldError {
    func text(_ text: String) -> String {
      JSONValue.string(text).jsonText().replacing("<", with: "\\u003c").replacing(">", with: "\\u003e")
        .replacing("&", with: "\\u0026")
    }
    let shown =
      "{\"Rule\":\(text(rule.rule)),\"Message\":\(text(rule.message)),"
      + "\"MessageExpression\":\(text(rule.messageExpression)),\"Reason\":\(rule.reason.map(text) ?? "null"),"
      + "\"FieldPath\":\(text(rule.fieldPath)),\"OptionalOldSelf\":\(rule.optionalOldSelf.map { "\($0)" } ?? "null")}"
    return FieldError(
      reason: .invalid, field: path.description, message: "Invalid value: \(shown): \(detail)")
  }
}
