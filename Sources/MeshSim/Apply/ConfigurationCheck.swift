import KubeModel

/// Whether a configuration that is applied fits the schema of its kind.
struct ConfigurationCheck {
  private let schema: Schema
  private let values: TypedValues
  private var problems: [String] = []
  /// The steps to the value that is looked at: names of fields, and elements of lists.
  private var path: [Step] = []

  private enum Step {
    case field(String)
    case index(Int)
    /// As in `fieldsV1`.
    case key(String)
  }

  private init(schema: Schema) {
    self.schema = schema
    values = TypedValues(schema: schema)
  }

  /// What does not fit, as the server says it; nil when everything fits.
  static func problems(of value: JSONValue, _ shape: Shape, _ schema: Schema) -> String? {
    var check = ConfigurationCheck(schema: schema)
    check.visit(value, shape)
    switch check.problems.count {
    case 0: return nil
    case 1: return check.problems[0]
    default: return (["errors:"] + check.problems.map { "  " + $0 }).joined(separator: "\n")
    }
  }

  private mutating func note(_ problem: String) {
    let place = path.map { step in
      switch step {
      case .field(let name): "." + name
      case .index(let index): "[\(index)]"
      case .key(let key): FieldSet.shown(key)
      }
    }.joined()
    problems.append(place.isEmpty ? problem : "\(place): \(problem)")
  }

  private mutating func visit(_ value: JSONValue, _ shape: Shape, at step: Step) {
    path.append(step)
    visit(value, shape)
    path.removeLast()
  }

  private mutating func visit(_ value: JSONValue, _ shape: Shape) {
    if value.isNull { return }
    var shown: String { GoText.value(value) }
    switch shape.content {
    case .structure(let index):
      guard case .object(let object) = value else { return note("expected map, got &{\(shown)}") }
      visit(object, schema.structures[index])
    case .map(let inner):
      guard case .object(let object) = value else { return note("expected map, got &{\(shown)}") }
      for member in object.members { visit(member.value, inner, at: .field(member.key)) }
    case .list(let inner):
      guard case .array(let array) = value else { return note("expected list, got &{\(shown)}") }
      visit(array, shape, inner)
    case .string, .bytes, .time, .microTime:
      guard value.string == nil else { return }
      note("expected string, got &value.valueUnstructured{Value:\(GoText.source(value))}")
    case .integer, .number:
      guard value.number == nil else { return }
      note("expected numeric (int or float), got \(GoText.type(of: value))")
    case .boolean:
      if value.bool == nil { note("expected boolean, got &{\(shown)}") }
    case .quantity, .intOrString:
      guard value.object != nil || value.array != nil else { return }
      note("expected any scalar, got &{\(shown)}")
    case .anything: break
    }
  }

  private mutating func visit(_ object: JSONObject, _ structure: Structure) {
    for member in object.members {
      if let field = structure.field(member.key) {
        visit(member.value, field.shape, at: .field(member.key))
      } else if !structure.keepsUnknownFields {
        path.append(.field(member.key))
        note("field not declared in schema")
        path.removeLast()
        return
      }
    }
  }

  private mutating func visit(_ array: [JSONValue], _ shape: Shape, _ inner: Shape) {
    guard shape.listType != .atomic else {
      for (index, element) in array.enumerated() { visit(element, inner, at: .index(index)) }
      return
    }
    let part = values.part(shape)
    var seen: Set<String> = []
    for (index, element) in array.enumerated() {
      guard let step = values.step(to: element, part) else {
        return note("element \(index): \(ConfigurationCheck.problem(of: element, shape.listType))")
      }
      if !seen.insert(step).inserted { note("duplicate entries for key \(FieldSet.shown(step))") }
      visit(element, inner, at: .key(step))
    }
  }

  private static func problem(of element: JSONValue, _ listType: Shape.ListType) -> String {
    guard case .map(let keys) = listType else {
      return switch element {
      case .object: "associative list without keys has an element that's a map type"
      case .array: "not supported: associative list with lists as elements"
      default: "associative list without keys has an element that's an explicit null"
      }
    }
    switch element {
    case .null: return "associative list with keys may not have a null element"
    case .object:
      let list = keys.map { "\"\($0)\"" }.joined(separator: " ")
      return
        "associative list with keys has an element that omits all key fields [\(list)] (and doesn't have "
        + "default values for any key fields)"
    default: return "associative list with keys may not have non-map elements"
    }
  }
}
