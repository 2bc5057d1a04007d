internal import KubeModel

/// A value of the text that is being read, with the problems it may have.
///
/// Each reader returns `nil` after it has reported why.
struct Field {
  let node: SourceNode
  let spot: Spot
  let reading: Reading
  /// Where the key stands whose value this is; `nil` for the elements of a list.
  var keyPlace: Place?

  /// Notes a problem with this value.
  func report(_ code: Problem.Code, _ message: @autoclosure () -> String, remedy: @autoclosure () -> String) {
    reading.report(code, message(), at: spot, remedy: remedy())
  }

  /// Reads a mapping; unknown fields are reported when `read` is done.
  func section<Value>(_ read: (Section) -> Value?) -> Value? {
    guard case .mapping(let entries) = node.content else {
      reportType(expected: "a mapping", remedy: "write its fields as KEY: VALUE lines, indented below")
      return nil
    }
    // What is missing in a mapping is reported at its key, which stands out more than its first field.
    var sectionSpot = spot
    sectionSpot.place = keyPlace ?? spot.place
    let section = Section(entries: entries, spot: sectionSpot, reading: reading)
    let value = read(section)
    section.reportUnknownFields()
    return value
  }

  /// Reads a mapping whose keys are names that the user chooses.
  func entries() -> [NamedField] {
    guard case .mapping(let entries) = node.content else {
      reportType(expected: "a mapping", remedy: "write its entries as NAME: VALUE lines, indented below")
      return []
    }
    return entries.map { entry in
      let spot = spot.field(entry.key, at: entry.value.place)
      var keySpot = spot
      keySpot.place = entry.place
      let value = Field(node: entry.value, spot: spot, reading: reading, keyPlace: entry.place)
      return NamedField(name: entry.key, nameSpot: keySpot, value: value)
    }
  }

  /// The elements of a list.
  func elements() -> [Field] {
    guard case .list(let nodes) = node.content else {
      reportType(expected: "a list", remedy: "put - in front of each element, even when there is only one")
      return []
    }
    return nodes.enumerated().map { index, node in
      Field(node: node, spot: spot.element(index, at: node.place), reading: reading)
    }
  }

  /// The number of elements, if the value is a list.
  var elementCount: Int? { if case .list(let nodes) = node.content { nodes.count } else { nil } }

  /// Notes that the value is not of the type expected.
  func reportType(expected: String, remedy: @autoclosure () -> String) {
    report(.wrongType, "expected \(expected), found \(found)", remedy: remedy())
  }

  /// What the value is, for messages: `the integer 8`, `the text "x"`, `a list`.
  var found: String {
    switch node.content {
    case .list: return "a list"
    case .mapping: return "a mapping"
    case .scalar(let scalar):
      switch scalar.json {
      case .null: return "nothing"
      case .bool: return "the Boolean \(scalar.text)"
      case .int: return "the integer \(scalar.text)"
      case .double: return "the number \(shown(scalar.text).dropFirst().dropLast())"
      default: return "the text \(shown(scalar.text))"
      }
    }
  }

  /// What YAML 1.1 would read the value as, when that is not what YAML 1.2 reads.
  var trap: YAMLTrap? {
    guard case .scalar(let scalar) = node.content, scalar.isPlain else { return nil }
    return YAMLTrap(scalar.text)
  }
}

/// An entry of a mapping whose keys are names that the user chooses.
struct NamedField {
  let name: String
  let nameSpot: Spot
  let value: Field
}
