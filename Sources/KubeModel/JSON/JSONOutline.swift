/// A JSON text as it is written: members in their order, each as often as it stands there.
///
/// `JSONValue` refuses texts in which a key stands twice. Readers that have to go on, and to say where, read this.
public indirect enum JSONOutline: Sendable {
  /// A string, number, Boolean or null.
  case scalar(JSONValue)
  /// The elements of an array.
  case array([JSONOutline])
  /// The members of an object, in the order of writing.
  case object([Member])

  /// One member.
  public struct Member: Sendable {
    /// The member's name.
    public let key: String
    /// The member's value.
    public let value: JSONOutline

    /// Creates a member.
    public init(key: String, value: JSONOutline) {
      self.key = key
      self.value = value
    }
  }

  /// Reads one JSON text with the bounds of `JSONValue`.
  ///
  /// - Throws: `JSONSyntaxError` with the place.
  public init(json bytes: [UInt8], depthLimit: Int = 512) throws {
    self = try bytes.withUnsafeBufferPointer { buffer in
      var reader = JSONReader(text: buffer, depthLimit: depthLimit)
      let outline = try reader.readOutline(depth: 0)
      try reader.readEnd()
      return outline
    }
  }

  /// The value; the last of equal keys wins.
  public var json: JSONValue {
    switch self {
    case .scalar(let value): value
    case .array(let elements): .array(elements.map(\.json))
    case .object(let members): .object(JSONObject(members.lazy.map { ($0.key, $0.value.json) }))
    }
  }
}

extension JSONReader {
  mutating func readOutline(depth: Int) throws -> JSONOutline {
    guard depth <= depthLimit else { throw failure("nested deeper than \(depthLimit)") }
    skipSpace()
    switch peek {
    case UInt8(ascii: "{"): return .object(try readMembers(depth: depth))
    case UInt8(ascii: "["): return .array(try readElements(depth: depth))
    default: return .scalar(try readValue(depth: depth))
    }
  }

  private mutating func readElements(depth: Int) throws -> [JSONOutline] {
    position += 1
    skipSpace()
    var elements: [JSONOutline] = []
    if peek == UInt8(ascii: "]") {
      position += 1
      return elements
    }
    while true {
      elements.append(try readOutline(depth: depth + 1))
      skipSpace()
      position += 1
      switch position > text.count ? 0 : text[position - 1] {
      case UInt8(ascii: ","): continue
      case UInt8(ascii: "]"): return elements
      default: throw failure("a comma or ] is missing")
      }
    }
  }

  private mutating func readMembers(depth: Int) throws -> [JSONOutline.Member] {
    position += 1
    skipSpace()
    var members: [JSONOutline.Member] = []
    if peek == UInt8(ascii: "}") {
      position += 1
      return members
    }
    while true {
      skipSpace()
      guard peek == UInt8(ascii: "\"") else { throw failure("a key in quotes is missing") }
      let key = try readString()
      skipSpace()
      guard peek == UInt8(ascii: ":") else { throw failure("a colon is missing") }
      position += 1
      members.append(JSONOutline.Member(key: key, value: try readOutline(depth: depth + 1)))
      skipSpace()
      position += 1
      switch position > text.count ? 0 : text[position - 1] {
      case UInt8(ascii: ","): continue
      case UInt8(ascii: "}"): return members
      default: throw failure("a comma or } is missing")
      }
    }
  }
}
