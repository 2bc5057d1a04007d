internal import KubeModel

/// A Swift expression, laid out over several lines when it is long.
struct SwiftSource: Sendable {
  /// The longest expression that stays on one line.
  private static let width = 90

  /// The lines; at least one.
  let lines: [String]

  init(lines: [String]) { self.lines = lines }

  init(_ text: String) { lines = [text] }

  init<Value>(_ value: Value, text: (Value) -> String) { lines = [text(value)] }

  /// The expression as text.
  var text: String { lines.joined(separator: "\n") }

  /// An array.
  init(list elements: [SwiftSource]) { lines = SwiftSource.enclosed("[", elements, "]") }

  /// A dictionary; its keys are texts.
  init(map entries: [(String, SwiftSource)]) {
    lines =
      entries.isEmpty
      ? ["[:]"]
      : SwiftSource.enclosed("[", entries.map { $0.1.labelled(SwiftSource.literal($0.0)) }, "]")
  }

  /// A value of a type that has a form: what must be given in the initializer, the rest in a closure.
  ///
  /// - Parameter header: what is given before the form's own fields, such as the name of a document.
  init<Value>(form: Form<Value>, _ value: Value, header: [(String, SwiftSource)] = []) {
    let required =
      header
      + form.fields.filter(\.isRequired).compactMap { field in
        field.source(value).map { (field.property, $0) }
      }
    let rest = form.fields.filter { !$0.isRequired }.compactMap { field in
      field.source(value).map { (field.property, $0) }
    }
    var lines = SwiftSource.enclosed(form.name + "(", required.map { $0.1.labelled($0.0) }, ")")
    if !rest.isEmpty {
      lines[lines.count - 1] += ".with {"
      lines += rest.flatMap { property, source in
        ["  $0.\(property) = \(source.lines[0])"] + source.lines.dropFirst().map { "  " + $0 }
      }
      lines.append("}")
    }
    self.lines = lines
  }

  private func labelled(_ label: String) -> SwiftSource {
    SwiftSource(lines: ["\(label): \(lines[0])"] + lines.dropFirst())
  }

  private static func enclosed(_ open: String, _ parts: [SwiftSource], _ close: String) -> [String] {
    let oneLine = open + parts.map { $0.lines.joined(separator: " ") }.joined(separator: ", ") + close
    if parts.allSatisfy({ $0.lines.count == 1 }), oneLine.utf8.count <= width { return [oneLine] }
    var lines = [open]
    for (index, part) in parts.enumerated() {
      lines += part.lines.map { "  " + $0 }
      if index < parts.count - 1 { lines[lines.count - 1] += "," }
    }
    return lines + [close]
  }

  /// A text as a Swift literal.
  static func literal(_ text: String) -> String {
    var literal = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": literal += "\\\\"
      case "\"": literal += "\\\""
      case "\n": literal += "\\n"
      case "\r": literal += "\\r"
      case "\t": literal += "\\t"
      case _
      where scalar.value < 32 || (127..<160).contains(scalar.value)
        || [0x2028, 0x2029].contains(scalar.value):
        literal += "\\u{\(String(scalar.value, radix: 16))}"
      default: literal.unicodeScalars.append(scalar)
      }
    }
    return literal + "\""
  }

  /// A JSON value as a Swift literal.
  static func json(_ value: JSONValue) -> String {
    switch value {
    case .null: ".null"
    case .bool(let bool): "\(bool)"
    case .int(let int): "\(int)"
    case .double(let double): ".double(\(double))"
    case .string(let string): literal(string)
    case .array(let array): "[\(array.map(json).joined(separator: ", "))]"
    case .object(let object):
      object.isEmpty
        ? "[:]"
        : "[\(object.members.map { "\(literal($0.key)): \(json($0.value))" }.joined(separator: ", "))]"
    }
  }
}
