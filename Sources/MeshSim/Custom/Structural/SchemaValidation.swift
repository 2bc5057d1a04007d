import KubeModel

/// Checks a value against a schema, in the order and the words of Kubernetes.
///
/// On an update, what is wrong but as it was before is let pass, as long as the place can be told in both objects:
/// an element of an ordinary list cannot.
struct SchemaValidation {
  /// What was found at a place and below.
  struct Outcome {
    var errors: [FieldError] = []
    /// How many checks passed or failed; of several alternatives, the one with most is explained.
    var matches = 0

    var isValid: Bool { errors.isEmpty }

    mutating func merge(_ other: Outcome) {
      matches += other.matches
      for error in other.errors { add(error) }
    }

    mutating func add(_ error: FieldError) { if !errors.contains(error) { errors.append(error) } }
  }

  private enum Step {
    case field(String)
    case index(Int)
  }

  private let base: FieldPath?
  private var trail: [Step] = []

  /// - Parameter base: where in the object the value stands; `nil` for a whole object.
  static func problems(
    of value: JSONValue, _ schema: StructuralSchema, at base: FieldPath? = nil, live: JSONValue? = nil
  ) -> [FieldError] {
    var validation = SchemaValidation(base: base)
    return validation.check(value, schema, old: live).errors
  }

  private init(base: FieldPath?) { self.base = base }

  // MARK: One value

  private mutating func check(_ value: JSONValue, _ schema: StructuralSchema, old: JSONValue?) -> Outcome {
    var outcome = checkNew(value, schema, old: old)
    if !outcome.isValid, let old, old == value { outcome.errors = [] }
    return outcome
  }

  private mutating func checkNew(_ value: JSONValue, _ schema: StructuralSchema, old: JSONValue?) -> Outcome {
    var outcome = Outcome()
    checkType(of: value, schema, &outcome)
    guard value != .null else {
      checkEnumeration(value, schema, &outcome)
      return outcome
    }
    checkAlternatives(value, schema, old: old, &outcome)
    switch value {
    case .string(let text):
      checkText(text, schema, &outcome)
      if let format = schema.checkedFormat, !TextFormat.holds(format, text) {
        outcome.add(typeError(.string(text), "must be of type \(format): \(GoPrint.quoted(text))"))
      }
    case .int, .double: checkNumber(value, schema, &outcome)
    case .array(let array): checkList(array, schema, old: old?.array, &outcome)
    default: break
    }
    checkEnumeration(value, schema, &outcome)
    if case .object(let object) = value { checkMembers(object, schema, old: old?.object, &outcome) }
    outcome.matches += 4
    return outcome
  }

  private func checkType(of value: JSONValue, _ schema: StructuralSchema, _ outcome: inout Outcome) {
    let types = schema.isIntOrString ? ["integer", "string"] : schema.type.isEmpty ? [] : [schema.type]
    let names = types.joined(separator: ",")
    let actual: String
    let actualFormat: String
    switch value {
    case .null:
      if !types.isEmpty, !schema.isNullable {
        outcome.add(typeError("null", "must be of type \(names): \"null\""))
      } else {
        outcome.matches += 1
      }
      return
    case .bool: (actual, actualFormat) = ("boolean", "")
    case .int: (actual, actualFormat) = ("integer", "int64")
    case .double: (actual, actualFormat) = ("number", "float64")
    case .string: (actual, actualFormat) = ("string", "")
    case .array: (actual, actualFormat) = ("array", "")
    case .object: (actual, actualFormat) = ("object", "")
    }
    guard !types.isEmpty || schema.checkedFormat != nil else { return }
    var isWhole = false
    if case .double(let double) = value { isWhole = double == double.rounded() && types.contains("integer") }
    let fits = types.contains(actual) || isWhole || (actual == "integer" && types.contains("number"))
    if let format = schema.checkedFormat {
      let isTextual = actual == "string" || actual == "array"
      if !isTextual, !fits, format != actualFormat {
        outcome.add(typeError(.string(actualFormat), "must be of type \(format): \"\(actualFormat)\""))
        return
      }
      // A format says more than the type.
      if isTextual, !types.contains("number"), !types.contains("integer") { return outcome.matches += 1 }
    }
    if fits {
      outcome.matches += 1
    } else {
      outcome.add(typeError(.string(actual), "must be of type \(names): \"\(actual)\""))
    }
  }

  private func checkEnumeration(_ value: JSONValue, _ schema: StructuralSchema, _ outcome: inout Outcome) {
    guard !schema.enumeration.isEmpty else { return }
    for allowed in schema.enumeration {
      if allowed == value { return outcome.matches += 1 }
      if let left = allowed.number, let right = value.number, left == right { return outcome.matches += 1 }
    }
    var errors = FieldErrors()
    errors.notSupported(field, value, schema.enumeration.map { $0.string ?? $0.jsonText() })
    for error in errors.all { outcome.add(error) }
  }

  private func checkText(_ text: String, _ schema: StructuralSchema, _ outcome: inout Outcome) {
    let length = Int64(text.unicodeScalars.count)
    if let limit = schema.sizes.maxLength, length > limit {
      var errors = FieldErrors()
      errors.tooLong(field, maximum: Int(limit))
      for error in errors.all { outcome.add(error) }
    } else if let limit = schema.sizes.minLength, length < limit {
      outcome.add(invalid(.string(text), "should be at least \(limit) chars long"))
    } else if !schema.pattern.isEmpty, !schema.matchesPattern(text) {
      outcome.add(invalid(.string(text), "should match '\(schema.pattern)'"))
    } else {
      outcome.matches += 1
    }
  }

  private mutating func checkList(
    _ array: [JSONValue], _ schema: StructuralSchema, old: [JSONValue]?, _ outcome: inout Outcome
  ) {
    if let items = schema.items {
      let known = old.flatMap { KeyedList($0, schema) }
      for index in array.indices {
        trail.append(.index(index))
        outcome.merge(check(array[index], items, old: known?.counterpart(of: array[index])))
        trail.removeLast()
      }
    }
    let count = Int64(array.count)
    if let limit = schema.sizes.minItems, count < limit {
      outcome.add(invalid(.int(count), "should have at least \(limit) items"))
    }
    if let limit = schema.sizes.maxItems, count > limit { outcome.add(tooMany(count, limit)) }
    if schema.uniqueItems, Set(array).count < array.count {
      outcome.add(invalid("", "shouldn't contain duplicates"))
    }
    outcome.matches += 1
  }

  private mutating func checkMembers(
    _ object: JSONObject, _ schema: StructuralSchema, old: JSONObject?, _ outcome: inout Outcome
  ) {
    let count = Int64(object.count)
    if let limit = schema.sizes.minProperties, count < limit {
      outcome.add(invalid(.int(count), "should have at least \(limit) properties"))
    }
    if let limit = schema.sizes.maxProperties, count > limit { outcome.add(tooMany(count, limit)) }
    for member in object.members {
      let inner: StructuralSchema
      if let property = schema.property(member.key) {
        inner = property
      } else if case .schema(let additional)? = schema.additional {
        inner = additional
      } else {
        if case .nothing? = schema.additional {
          outcome.add(invalid(.string(member.key), "is a forbidden property", name: "\(name).\(member.key)"))
        }
        continue
      }
      let isTypeField = trail.isEmpty && (member.key == "kind" || member.key == "apiVersion")
      trail.append(.field(member.key))
      outcome.merge(check(member.value, inner, old: isTypeField ? nil : old?[member.key]))
      trail.removeLast()
    }
    for key in schema.required where object[key] == nil {
      var errors = FieldErrors()
      errors.required(place(extending: key))
      for error in errors.all { outcome.add(error) }
    }
  }

  // MARK: Words

  /// The place in messages: without the base.
  private var name: String {
    var text = ""
    for step in trail {
      switch step {
      case .field(let key): text += text.isEmpty ? key : "." + key
      case .index(let index): text += "[\(index)]"
      }
    }
    return text
  }

  /// The place as the field of an error; a whole object has none, which Kubernetes prints as `<nil>`.
  private var field: FieldPath {
    if trail.isEmpty { return base ?? FieldPath("<nil>") }
    return base.map { FieldPath("\($0)").appending(name) } ?? FieldPath(name)
  }

  private func place(extending key: String) -> FieldPath {
    let inner = trail.isEmpty ? key : "\(name).\(key)"
    return base.map { FieldPath("\($0)").appending(inner) } ?? FieldPath(inner)
  }

  private func invalid(_ value: JSONValue, _ words: String, name: String? = nil) -> FieldError {
    FieldError(
      reason: .invalid, field: field.description,
      message: "Invalid value: \(SchemaValidation.shown(value)): \(name ?? self.name) in body \(words)")
  }

  private func typeError(_ value: JSONValue, _ words: String) -> FieldError {
    FieldError(
      reason: .typeInvalid, field: field.description,
      message: "Invalid value: \(SchemaValidation.shown(value)): \(name) in body \(words)")
  }

  private func tooMany(_ count: Int64, _ limit: Int64) -> FieldError {
    var errors = FieldErrors()
    errors.tooMany(field, Int(count), maximum: Int(limit))
    return errors.all[0]
  }

  static func shown(_ value: JSONValue) -> String {
    switch value {
    case .double(let double): GoPrint.number(double)
    case .string(let text): GoPrint.quoted(text)
    default: value.jsonText()
    }
  }

  // MARK: Numbers

  private func checkNumber(_ value: JSONValue, _ schema: StructuralSchema, _ outcome: inout Outcome) {
    let type = schema.isIntOrString ? "" : schema.type
    let number = value.number ?? 0
    if !isInRange(value, type, schema.checkedFormat) { outcome.add(rangeError("Checked", type, schema)) }
    let limits = schema.numbers
    if let factor = limits.multipleOf {
      if !isInRange(.double(factor), type, schema.checkedFormat) {
        outcome.add(rangeError("MultipleOf", type, schema))
      }
      if !isMultiple(value, of: factor) {
        outcome.add(invalid(value, "should be a multiple of \(GoPrint.number(factor))"))
      }
    }
    if let maximum = limits.maximum {
      if !isInRange(.double(maximum), type, schema.checkedFormat) {
        outcome.add(rangeError("Maximum boundary", type, schema))
      }
      if limits.excludesMaximum ? number >= maximum : number > maximum {
        let words = limits.excludesMaximum ? "less than" : "less than or equal to"
        outcome.add(invalid(value, "should be \(words) \(GoPrint.number(maximum))"))
      }
    }
    if let minimum = limits.minimum {
      if !isInRange(.double(minimum), type, schema.checkedFormat) {
        outcome.add(rangeError("Minimum boundary", type, schema))
      }
      if limits.excludesMinimum ? number <= minimum : number < minimum {
        let words = limits.excludesMinimum ? "greater than" : "greater than or equal to"
        outcome.add(invalid(value, "should be \(words) \(GoPrint.number(minimum))"))
      }
    }
    outcome.matches += 1
  }

  private func isMultiple(_ value: JSONValue, of factor: Double) -> Bool {
    guard factor > 0 else { return false }
    if let int = value.int, factor >= 1, factor < 9e18 { return int % Int64(factor) == 0 }
    let quotient = factor < 1 ? 1 / factor * (value.number ?? 0) : (value.number ?? 0) / factor
    return quotient == quotient.rounded()
  }

  private func isInRange(_ value: JSONValue, _ type: String, _ format: String?) -> Bool {
    guard let number = value.number else { return true }
    switch (type, format) {
    case ("integer", "int32"?):
      return number == number.rounded() && number >= -2_147_483_648 && number <= 2_147_483_647
    case ("integer", _):
      return number == number.rounded() && number >= -9.3e18 && number < 9.223372036854775e18
        || value.int != nil
    case ("number", "float"?): return number.magnitude <= Double(Float.greatestFiniteMagnitude)
    default: return true
    }
  }

  private func rangeError(_ what: String, _ type: String, _ schema: StructuralSchema) -> FieldError {
    let form = schema.checkedFormat.map { "with format \($0)" } ?? "(default format)"
    return FieldError(
      reason: .invalid, field: (base ?? FieldPath("<nil>")).description,
      message: "Invalid value: \"\": \(what) value must be of type \(type) \(form) in \(name)")
  }

  // MARK: Alternatives

  private mutating func checkAlternatives(
    _ value: JSONValue, _ schema: StructuralSchema, old: JSONValue?, _ outcome: inout Outcome
  ) {
    if !schema.anyOf.isEmpty { checkAnyOf(value, schema.anyOf, old: old, &outcome) }
    if !schema.oneOf.isEmpty { checkOneOf(value, schema.oneOf, old: old, &outcome) }
    if !schema.allOf.isEmpty {
      var valid = 0
      for inner in schema.allOf {
        let result = checkNew(value, inner, old: old)
        if result.isValid { valid += 1 }
        outcome.merge(result)
      }
      if valid != schema.allOf.count {
        outcome.add(general("must validate all the schemas (allOf)" + (valid == 0 ? ". None validated" : "")))
      }
    }
    if let not = schema.not, checkNew(value, not, old: old).isValid {
      outcome.add(general("must not validate the schema (not)"))
    }
    outcome.matches += 1
  }

  private mutating func checkAnyOf(
    _ value: JSONValue, _ schemas: [StructuralSchema], old: JSONValue?, _ outcome: inout Outcome
  ) {
    var best: Outcome?
    for inner in schemas {
      let result = checkNew(value, inner, old: old)
      if result.isValid { return outcome.merge(result) }
      if best.map({ result.matches > $0.matches }) ?? true { best = result }
    }
    outcome.add(general("must validate at least one schema (anyOf)"))
    if let best { outcome.merge(best) }
  }

  private mutating func checkOneOf(
    _ value: JSONValue, _ schemas: [StructuralSchema], old: JSONValue?, _ outcome: inout Outcome
  ) {
    var best: Outcome?
    var first: Outcome?
    var valid = 0
    for inner in schemas {
      let result = checkNew(value, inner, old: old)
      if result.isValid {
        valid += 1
        best = nil
        if first == nil { first = result }
      } else if valid == 0, best.map({ result.matches > $0.matches }) ?? true {
        best = result
      }
    }
    if valid == 1 {
      if let first { outcome.merge(first) }
      return
    }
    let found = valid == 0 ? "Found none valid" : "Found \(valid) valid alternatives"
    outcome.add(general("must validate one and only one schema (oneOf). \(found)"))
    if let best { outcome.merge(best) }
  }

  /// Errors that are about no single check name their place in the text alone.
  private func general(_ words: String) -> FieldError {
    FieldError(
      reason: .invalid, field: (base ?? FieldPath("<nil>")).description,
      message: "Invalid value: \"\": \(GoPrint.quoted(name)) \(words)")
  }
}

extension FieldPath {
  /// A path below this one.
  func appending(_ path: String) -> FieldPath {
    path.hasPrefix("[") ? FieldPath(description + path) : FieldPath("\(description).\(path)")
  }
}

/// A list whose elements are told apart by keys, to find what an element was before.
struct KeyedList {
  private var elements: [JSONValue: JSONValue] = [:]
  private let keys: [String]

  /// `nil` for a list of another type.
  init?(_ list: [JSONValue], _ schema: StructuralSchema) {
    guard schema.listType == "map" else { return nil }
    keys = schema.listKeys
    for element in list {
      guard let key = key(of: element), elements[key] == nil else { continue }
      elements[key] = element
    }
  }

  func counterpart(of element: JSONValue) -> JSONValue? { key(of: element).flatMap { elements[$0] } }

  private func key(of element: JSONValue) -> JSONValue? {
    guard let object = element.object else { return nil }
    return .object(JSONObject(keys.compactMap { key in object[key].map { (key, $0) } }))
  }
}
