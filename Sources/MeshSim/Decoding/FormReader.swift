import KubeModel

/// Brings a value into the form in which the server's Go types hold and write it: unknown fields go, so do empty
/// ones that are written only when they hold something; fields that are always written come; times get their one
/// form. The first value of a wrong type is noted.
struct FormReader {
  let schema: Schema
  /// Whether a field that no struct declares was dropped.
  private(set) var foundUnknownField = false
  private(set) var failure: DecodingFailure?

  init(schema: Schema) { self.schema = schema }

  /// The value in its form; the same storage where nothing changes.
  mutating func read(_ value: JSONValue, as shape: Shape) -> JSONValue { changed(value, shape) ?? value }

  /// What a value of this shape is when it is not set.
  mutating func zero(_ shape: Shape) -> JSONValue {
    switch shape.content {
    case .string, .bytes: ""
    case .integer, .number, .intOrString: 0
    case .boolean: false
    case .quantity: "0"
    case .structure(let index): .object(structure(JSONObject(), index) ?? JSONObject())
    case .time, .microTime, .anything, .map, .list: .null
    }
  }

  /// The value in its form; nil when it has it already.
  private mutating func changed(_ value: JSONValue, _ shape: Shape) -> JSONValue? {
    if case .null = value {
      if case .anything = shape.content { return nil }
      let zero = self.zero(shape)
      return zero.isNull ? nil : zero
    }
    switch shape.content {
    case .anything: return nil
    case .structure(let index):
      guard case .object(let object) = value else { return refuse(value, shape) }
      return structure(object, index).map { .object($0) }
    case .map(let inner):
      guard case .object(let object) = value else { return refuse(value, shape) }
      return map(object, of: inner)
    case .list(let inner):
      guard case .array(let array) = value else { return refuse(value, shape) }
      return list(array, of: inner)
    default:
      switch ScalarForm(value, as: shape.content) {
      case .same: return nil
      case .changed(let new): return new
      case .refused(let problem):
        note(problem)
        return zero(shape)
      }
    }
  }

  private mutating func refuse(_ value: JSONValue, _ shape: Shape) -> JSONValue? {
    note(.mismatch(value.goKind, GoText.type(of: shape, in: schema)))
    return zero(shape)
  }

  private mutating func note(_ problem: DecodingFailure.Problem) {
    if failure == nil { failure = DecodingFailure(problem: problem) }
  }

  private mutating func list(_ array: [JSONValue], of inner: Shape) -> JSONValue? {
    if case .anything = inner.content { return nil }
    var result: [JSONValue]?
    for index in array.indices {
      guard let new = changed(array[index], inner) else { continue }
      if result == nil { result = array }
      result?[index] = new
    }
    return result.map { .array($0) }
  }

  private mutating func map(_ object: JSONObject, of inner: Shape) -> JSONValue? {
    if case .anything = inner.content { return nil }
    var result: [JSONObject.Member]?
    for index in object.members.indices {
      let hadFailed = failure != nil
      guard let new = changed(object.members[index].value, inner) else { continue }
      if !hadFailed { failure?.enter(object.members[index].key) }
      if result == nil { result = object.members }
      result?[index].value = new
    }
    return result.map { .object(JSONObject(sorted: $0)) }
  }

  /// Walks fields and members side by side, both in ascending order of their names.
  private mutating func structure(_ object: JSONObject, _ index: Int) -> JSONObject? {
    let fields = schema.structures[index].fields
    guard let first = fields.first, first.presence != .asWritten else { return nil }
    let members = object.members
    var result: [JSONObject.Member]?
    var position = 0
    for field in fields {
      while position < members.count, members[position].key < field.name {
        foundUnknownField = true
        if result == nil { result = Array(members[..<position]) }
        position += 1
      }
      guard position < members.count, members[position].key == field.name else {
        guard let value = unset(field) else { continue }
        if result == nil { result = Array(members[..<position]) }
        result?.append(JSONObject.Member(key: field.name, value: value))
        continue
      }
      let old = members[position].value
      let hadFailed = failure != nil
      let new = set(field, old, in: index)
      if !hadFailed { failure?.enter(field.name, of: schema.structures[index].name) }
      switch new {
      case .same: result?.append(members[position])
      case .changed(let value):
        if result == nil { result = Array(members[..<position]) }
        result?.append(JSONObject.Member(key: field.name, value: value))
      case .dropped: if result == nil { result = Array(members[..<position]) }
      }
      position += 1
    }
    if position < members.count {
      foundUnknownField = true
      if result == nil { result = Array(members[..<position]) }
    }
    return result.map { JSONObject(sorted: $0) }
  }

  private mutating func unset(_ field: Structure.Field) -> JSONValue? {
    switch field.presence {
    case .always: zero(field.shape)
    case .nullable: .null
    case .nonEmpty, .whenSet, .asWritten: nil
    }
  }

  private enum Written {
    case same, dropped
    case changed(JSONValue)
  }

  private mutating func set(_ field: Structure.Field, _ old: JSONValue, in index: Int) -> Written {
    if case .null = old {
      guard let value = unset(field) else { return .dropped }
      return value.isNull ? .same : .changed(value)
    }
    var new = changed(old, field.shape)
    if case .anything = field.shape.content, case .object(let object) = old,
      schema.structures[index].name == "JSONSchemaProps", FormReader.schemaFields.contains(field.name)
    {
      new = structure(object, index).map { .object($0) }
    }
    let value = new ?? old
    switch field.presence {
    // An empty list there is a request to forget who owns what.
    case .nonEmpty where value == .array([]) && field.name == "managedFields": return .same
    case .nonEmpty where isEmpty(value, field.shape): return .dropped
    case .nullable where isEmpty(value, field.shape): return .changed(.null)
    default: return new.map { .changed($0) } ?? .same
    }
  }

  /// Fields of a schema that hold a schema, or something else.
  private static let schemaFields: Set<String> = ["items", "additionalItems", "additionalProperties"]

  private mutating func isEmpty(_ value: JSONValue, _ shape: Shape) -> Bool {
    switch value {
    case .null: return true
    case .bool(let flag): return !flag
    case .int(let int): return int == 0
    case .double(let double): return double == 0
    case .string(let string): return string.isEmpty
    case .array(let array): return array.isEmpty
    case .object(let object):
      if object.isEmpty { return true }
      if case .structure = shape.content { return value == zero(shape) }
      return false
    }
  }
}
