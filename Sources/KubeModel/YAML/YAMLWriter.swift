extension JSONValue {
  /// The value as a YAML document, keys ascending, strings quoted where YAML 1.1 or 1.2 would read
  /// them as something else.
  public func yamlText() -> String {
    var writer = YAMLWriter()
    writer.write(self, .document, indentation: 0)
    return writer.text
  }
}

/// Appends YAML in block style to a buffer, laid out as kubectl does: two spaces, sequences not indented
/// below their keys, texts of several lines as they are.
struct YAMLWriter {
  /// What a value follows.
  enum Position {
    /// Nothing: the value is the document.
    case document
    /// A key and its colon.
    case entry
    /// The dash of a sequence.
    case element
  }

  private(set) var bytes: [UInt8] = []

  var text: String { String(decoding: bytes, as: UTF8.self) }

  init() { bytes.reserveCapacity(1_024) }

  /// Writes a value and the end of its line.
  ///
  /// - Parameter indentation: the column of the key or the dash that it follows.
  mutating func write(_ value: JSONValue, _ position: Position, indentation: Int) {
    switch value {
    case .null: write(word: "null", position)
    case .bool(let bool): write(word: bool ? "true" : "false", position)
    case .int(let int): write(word: String(int), position)
    case .double(let double): write(word: double.isFinite ? double.yamlText : "null", position)
    case .string(let string):
      separate(position)
      write(string, indentation: indentation + 2)
      breakLine()
    case .array(let array):
      let column = open(isEmpty: array.isEmpty, "[]", position, indentation, isSequence: true)
      for index in array.indices {
        if index > 0 || position == .entry { indent(column) }
        bytes.append(UInt8(ascii: "-"))
        write(array[index], .element, indentation: column)
      }
    case .object(let object):
      let column = open(isEmpty: object.isEmpty, "{}", position, indentation, isSequence: false)
      for index in object.members.indices {
        if index > 0 || position == .entry { indent(column) }
        write(key: object.members[index].key, indentation: column)
        write(object.members[index].value, .entry, indentation: column)
      }
    }
  }

  /// Writes a value whose mappings keep their order; otherwise as the other.
  mutating func write(_ tree: YAMLTree, _ position: Position, indentation: Int) {
    switch tree {
    case .scalar(let json): write(json, position, indentation: indentation)
    case .list(let elements):
      let column = open(isEmpty: elements.isEmpty, "[]", position, indentation, isSequence: true)
      for index in elements.indices {
        if index > 0 || position == .entry { indent(column) }
        bytes.append(UInt8(ascii: "-"))
        write(elements[index], .element, indentation: column)
      }
    case .mapping(let entries):
      let column = open(isEmpty: entries.isEmpty, "{}", position, indentation, isSequence: false)
      for index in entries.indices {
        if index > 0 || position == .entry { indent(column) }
        write(key: entries[index].0, indentation: column)
        write(entries[index].1, .entry, indentation: column)
      }
    }
  }

  /// Begins a collection, or writes the whole of an empty one, and tells the column of what is in it.
  private mutating func open(
    isEmpty: Bool, _ brackets: StaticString, _ position: Position, _ indentation: Int, isSequence: Bool
  ) -> Int {
    if isEmpty {
      separate(position)
      brackets.withUTF8Buffer { bytes.append(contentsOf: $0) }
      breakLine()
      return indentation
    }
    switch position {
    case .document: return 0
    case .entry:
      breakLine()
      return isSequence ? indentation : indentation + 2
    case .element:
      bytes.append(UInt8(ascii: " "))
      return indentation + 2
    }
  }

  private mutating func write(word: String, _ position: Position) {
    separate(position)
    bytes += word.utf8
    breakLine()
  }

  /// YAML allows a key before its colon only 1024 characters, and only on one line.
  private mutating func write(key: String, indentation: Int) {
    let start = bytes.count
    write(key, indentation: nil)
    if bytes.count - start > 1_000 {
      bytes.insert(contentsOf: "? ".utf8, at: start)
      breakLine()
      indent(indentation)
    }
    bytes.append(UInt8(ascii: ":"))
  }

  private mutating func separate(_ position: Position) {
    if position != .document { bytes.append(UInt8(ascii: " ")) }
  }

  private mutating func breakLine() { bytes.append(UInt8(ascii: "\n")) }

  private mutating func indent(_ column: Int) {
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: column))
  }

  /// Writes a string in the plainest style that every reader takes for that string.
  ///
  /// - Parameter indentation: the column of its lines when it may have several; nil for one line.
  private mutating func write(_ string: String, indentation: Int?) {
    var string = string
    string.withUTF8 { text in
      switch YAMLStyle(of: text) {
      case .plain: bytes.append(contentsOf: text)
      case .literal:
        if let indentation { writeLines(text, indentation) } else { writeQuoted(text) }
      case .quoted: writeQuoted(text)
      }
    }
  }

  private mutating func writeLines(_ text: UnsafeBufferPointer<UInt8>, _ indentation: Int) {
    let newline = UInt8(ascii: "\n")
    bytes.append(UInt8(ascii: "|"))
    // A reader finds the indentation by the first line, unless that begins with white space.
    if text.first == UInt8(ascii: " ") || text.first == newline { bytes.append(UInt8(ascii: "2")) }
    let isEnded = text.last == newline
    if !isEnded {
      bytes.append(UInt8(ascii: "-"))
    } else if text.dropLast().last == newline {
      bytes.append(UInt8(ascii: "+"))
    }
    let lines = isEnded ? text.dropLast() : text[...]
    for line in lines.split(separator: newline, omittingEmptySubsequences: false) {
      breakLine()
      guard !line.isEmpty else { continue }
      indent(indentation)
      bytes.append(contentsOf: line)
    }
  }

  private mutating func writeQuoted(_ text: UnsafeBufferPointer<UInt8>) {
    bytes.append(UInt8(ascii: "\""))
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      switch scalar {
      case "\"", "\\":
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(UInt8(ascii: scalar))
      case "\n": bytes += "\\n".utf8
      case "\t": bytes += "\\t".utf8
      case "\r": bytes += "\\r".utf8
      case _ where scalar.isVisible: bytes.append(contentsOf: scalar.utf8)
      default:
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let width = digits.utf8.count > 4 ? 8 : 4
        bytes += (width == 4 ? "\\u" : "\\U").utf8
        bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: width - digits.utf8.count))
        bytes += digits.utf8
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}

extension Double {
  /// YAML 1.1 takes `1e+21` for a string: a float has a point there.
  fileprivate var yamlText: String {
    let text = description
    guard !text.contains("."), let exponent = text.firstIndex(of: "e") else { return text }
    return text[..<exponent] + ".0" + text[exponent...]
  }
}
