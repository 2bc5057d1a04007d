import KubeModel
internal import Synchronization

/// One node of the schema of a custom resource (OpenAPI v3, structural), ready for use with objects.
///
/// Nodes are shared and never change; what is costly to make, such as a compiled pattern, is made at first use.
final class StructuralSchema: Sendable {
  /// What a map may hold beside the properties.
  enum Additional: Sendable {
    case schema(StructuralSchema)
    case anything
    case nothing
  }

  /// A named property.
  struct Property: Sendable {
    let name: String
    let schema: StructuralSchema
  }

  /// Limits of numbers; what an integer type cannot hold is compared as a floating-point number.
  struct NumberLimits: Sendable {
    var maximum: Double?
    var minimum: Double?
    var multipleOf: Double?
    var excludesMaximum = false
    var excludesMinimum = false
  }

  /// Limits of sizes.
  struct SizeLimits: Sendable {
    var maxLength: Int64?
    var minLength: Int64?
    var maxItems: Int64?
    var minItems: Int64?
    var maxProperties: Int64?
    var minProperties: Int64?
  }

  /// `object`, `array`, `string`, `integer`, `number`, `boolean`; empty without one.
  let type: String
  /// As written; CEL types depend on it.
  let format: String
  /// The format that values are checked for; `nil` for none or one that Kubernetes ignores.
  let checkedFormat: String?
  let isNullable: Bool
  let isIntOrString: Bool
  let isEmbedded: Bool
  let preservesUnknown: Bool
  let uniqueItems: Bool
  let defaultValue: JSONValue?
  let enumeration: [JSONValue]
  let numbers: NumberLimits
  let sizes: SizeLimits
  let pattern: String
  let required: [String]
  /// In ascending order of names.
  let properties: [Property]
  let additional: Additional?
  let items: StructuralSchema?
  let allOf: [StructuralSchema]
  let anyOf: [StructuralSchema]
  let oneOf: [StructuralSchema]
  let not: StructuralSchema?
  let listType: String?
  let listKeys: [String]
  let mapType: String?
  let rules: [ValidationRule]
  /// What is anywhere in the schema, so that walks for it alone are left out.
  let contents: Contents
  private let compiledPattern: Deferred<Pattern?>?
  private let compiledRules = Mutex<[CompiledRule]?>(nil)
  /// Whether this is the schema of a whole object, in which kind and metadata are known to rules.
  let isRoot: Bool

  /// What a schema or any part of it has.
  struct Contents: OptionSet, Sendable {
    let rawValue: Int
    static let defaults = Contents(rawValue: 1)
    static let rules = Contents(rawValue: 2)
    static let uniqueLists = Contents(rawValue: 4)
    static let embedded = Contents(rawValue: 8)
  }

  /// - Parameter isRoot: whether this is the schema of a whole custom resource.
  init(_ json: JSONObject, isRoot: Bool = false) {
    func schema(_ key: String) -> StructuralSchema? { json[key]?.object.map { StructuralSchema($0) } }
    func schemas(_ key: String) -> [StructuralSchema] {
      (json[key]?.array ?? []).compactMap { $0.object.map { StructuralSchema($0) } }
    }
    func flag(_ key: String) -> Bool { json[key]?.bool ?? false }
    type = json["type"]?.string ?? ""
    format = json["format"]?.string ?? ""
    isNullable = flag("nullable")
    isIntOrString = flag("x-kubernetes-int-or-string")
    isEmbedded = flag("x-kubernetes-embedded-resource")
    preservesUnknown = flag("x-kubernetes-preserve-unknown-fields")
    uniqueItems = flag("uniqueItems")
    defaultValue = json["default"] == .null ? nil : json["default"]
    enumeration = json["enum"]?.array ?? []
    numbers = NumberLimits(
      maximum: json["maximum"]?.number, minimum: json["minimum"]?.number,
      multipleOf: json["multipleOf"]?.number,
      excludesMaximum: flag("exclusiveMaximum"), excludesMinimum: flag("exclusiveMinimum"))
    sizes = SizeLimits(
      maxLength: json["maxLength"]?.int, minLength: json["minLength"]?.int, maxItems: json["maxItems"]?.int,
      minItems: json["minItems"]?.int, maxProperties: json["maxProperties"]?.int,
      minProperties: json["minProperties"]?.int)
    pattern = json["pattern"]?.string ?? ""
    required = (json["required"]?.array ?? []).compactMap(\.string)
    properties = (json["properties"]?.object?.members ?? []).compactMap { member in
      member.value.object.map { Property(name: member.key, schema: StructuralSchema($0)) }
    }
    switch json["additionalProperties"] {
    case .object(let inner)?: additional = .schema(StructuralSchema(inner))
    case .bool(let isAllowed)?: additional = isAllowed ? .anything : .nothing
    default: additional = nil
    }
    items = schema("items")
    allOf = schemas("allOf")
    anyOf = schemas("anyOf")
    oneOf = schemas("oneOf")
    not = schema("not")
    listType = json["x-kubernetes-list-type"]?.string
    listKeys = (json["x-kubernetes-list-map-keys"]?.array ?? []).compactMap(\.string)
    mapType = json["x-kubernetes-map-type"]?.string
    rules = (json["x-kubernetes-validations"]?.array ?? []).compactMap { $0.object.map(ValidationRule.init) }
    checkedFormat = TextFormat.checked(format, type: type, isIntOrString: isIntOrString)
    var contents: Contents = []
    if defaultValue != nil { contents.insert(.defaults) }
    if !rules.isEmpty { contents.insert(.rules) }
    if listType == "set" || listType == "map" { contents.insert(.uniqueLists) }
    if isEmbedded { contents.insert(.embedded) }
    for property in properties { contents.formUnion(property.schema.contents) }
    if let items { contents.formUnion(items.contents) }
    if case .schema(let inner)? = additional { contents.formUnion(inner.contents) }
    for inner in allOf where inner.contents.contains(.rules) { contents.insert(.rules) }
    self.contents = contents
    compiledPattern = pattern.isEmpty ? nil : Deferred { [pattern] in try? Pattern(pattern) }
    self.isRoot = isRoot || isEmbedded
  }

  /// The rules in their compiled form, in the order of `rules`.
  var program: [CompiledRule] {
    if rules.isEmpty { return [] }
    if let known = compiledRules.withLock({ $0 }) { return known }
    let type = CELType.of(schema: self, isRoot: isRoot)
    let new = CompiledRule.compile(rules, for: type, schema: self)
    compiledRules.withLock { $0 = new }
    return new
  }

  /// The property called `name`.
  func property(_ name: String) -> StructuralSchema? {
    var low = 0
    var high = properties.count
    while low < high {
      let middle = (low + high) / 2
      if properties[middle].name < name { low = middle + 1 } else { high = middle }
    }
    return low < properties.count && properties[low].name == name ? properties[low].schema : nil
  }

  /// The schema of the member `name`, by name or as any member of a map.
  func member(_ name: String) -> StructuralSchema? {
    if let property = property(name) { return property }
    if case .schema(let inner)? = additional { return inner }
    return nil
  }

  /// Whether the text matches the pattern; one that does not compile matches nothing.
  func matchesPattern(_ text: String) -> Bool { compiledPattern?.value?.matches(text) ?? false }

  /// The default of absent or, where they must not be, null members.
  var hasDefaultForNull: Bool { defaultValue != nil && !isNullable }
}

/// A rule of `x-kubernetes-validations`.
struct ValidationRule: Sendable {
  let rule: String
  let message: String
  let messageExpression: String
  let reason: String?
  let fieldPath: String
  let optionalOldSelf: Bool?

  init(_ json: JSONObject) {
    rule = json["rule"]?.string ?? ""
    message = json["message"]?.string ?? ""
    messageExpression = json["messageExpression"]?.string ?? ""
    reason = json["reason"]?.string
    fieldPath = json["fieldPath"]?.string ?? ""
    optionalOldSelf = json["optionalOldSelf"]?.bool
  }

  /// What a message calls the rule.
  var title: String { message.isEmpty ? rule.trimmed : message.trimmed }
}

extension String {
  /// Without white space at both ends.
  var trimmed: String {
    let isSpace: (Unicode.Scalar) -> Bool = { $0.properties.isWhitespace }
    let scalars = unicodeScalars
    guard let start = scalars.firstIndex(where: { !isSpace($0) }),
      let end = scalars.lastIndex(where: { !isSpace($0) })
    else { return "" }
    return String(scalars[start...end])
  }
}
