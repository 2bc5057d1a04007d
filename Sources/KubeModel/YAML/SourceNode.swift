/// Where something stands in a source: a file, and a line and column counted from 1.
public struct Place: Hashable, Sendable, CustomStringConvertible {
  /// The file's path as the reader was told, such as `topology/network.yaml`.
  public var file: String
  /// The line, from 1.
  public var line: Int
  /// The column in Unicode scalars, from 1.
  public var column: Int

  /// Creates a place.
  public init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }

  public var description: String { "\(file):\(line):\(column)" }
}

/// A YAML node with the place it came from.
public struct SourceNode: Hashable, Sendable {
  /// What the node holds.
  public enum Content: Hashable, Sendable {
    /// A scalar as written.
    case scalar(SourceScalar)
    /// A sequence.
    case list([SourceNode])
    /// A mapping, in the order of writing.
    case mapping([Entry])
  }

  /// One entry of a mapping.
  public struct Entry: Hashable, Sendable {
    /// The key's text.
    public let key: String
    /// Where the key stands.
    public let place: Place
    /// The value.
    public let value: SourceNode
  }

  /// What the node holds.
  public let content: Content
  /// Where it starts.
  public let place: Place

  /// The value of the entry called `key`, if this is a mapping that has one.
  public subscript(key: String) -> SourceNode? {
    guard case .mapping(let entries) = content else { return nil }
    return entries.first { $0.key == key }?.value
  }

  /// The node as a JSON value.
  public var json: JSONValue {
    switch content {
    case .scalar(let scalar): scalar.json
    case .list(let nodes): .array(nodes.map(\.json))
    case .mapping(let entries): .object(JSONObject(entries.lazy.map { ($0.key, $0.value.json) }))
    }
  }
}

/// A scalar as it is written, and what it means.
public struct SourceScalar: Hashable, Sendable {
  /// The text without quotes.
  public let text: String
  /// Whether it stands without quotes, so that it may mean a number, a Boolean or null.
  public let isPlain: Bool

  /// The value by YAML 1.2's core schema, in decimal notation only.
  ///
  /// What YAML 1.1 and 1.2 read differently (`yes`, `on`, `010`, `0o7`, `1_000`) stays a string, so a
  /// reader that wants another type can say what is ambiguous instead of guessing.
  public var json: JSONValue {
    guard isPlain else { return .string(text) }
    switch text {
    case "", "~", "null", "Null", "NULL": return .null
    case "true", "True", "TRUE": return .bool(true)
    case "false", "False", "FALSE": return .bool(false)
    default: return number ?? .string(text)
    }
  }

  private var number: JSONValue? {
    let digits = text.utf8.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
    guard let first = digits.first, (48...57).contains(first), text.utf8.count - digits.count <= 1 else {
      return nil
    }
    guard digits.allSatisfy({ (48...57).contains($0) }) else { return double(digits: digits) }
    if first == 48, digits.count > 1 { return nil }
    return Int64(text).map(JSONValue.int)
  }

  private func double(digits: Substring.UTF8View) -> JSONValue? {
    let isDecimal = digits.allSatisfy { (48...57).contains($0) || [46, 69, 101, 43, 45].contains($0) }
    guard isDecimal, let double = Double(text), double.isFinite else { return nil }
    return .double(double)
  }
}
