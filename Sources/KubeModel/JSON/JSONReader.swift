/// A text that is not JSON, or more than the reader's bounds allow.
public struct JSONSyntaxError: Error, CustomStringConvertible, Sendable {
  /// What is wrong.
  public let message: String
  /// Bytes before the place.
  public let offset: Int

  public var description: String { "invalid JSON at byte \(offset): \(message)" }
}

extension JSONValue {
  /// Reads one JSON text (RFC 8259) in UTF-8.
  ///
  /// Input is hostile: nesting is bounded by `depthLimit`, duplicate keys, lone surrogates and invalid
  /// UTF-8 are refused. An integer that does not fit 64 bits becomes a double.
  ///
  /// - Throws: `JSONSyntaxError` with the place.
  public init(json bytes: [UInt8], depthLimit: Int = 512) throws {
    self = try bytes.withUnsafeBufferPointer { buffer in
      var reader = JSONReader(text: buffer, depthLimit: depthLimit)
      return try reader.readDocument()
    }
  }

  /// Reads one JSON text in a part of a buffer.
  public init(json bytes: ArraySlice<UInt8>, depthLimit: Int = 512) throws {
    self = try bytes.withUnsafeBufferPointer { buffer in
      var reader = JSONReader(text: buffer, depthLimit: depthLimit)
      return try reader.readDocument()
    }
  }

  /// Reads one JSON text.
  public init(json text: String, depthLimit: Int = 512) throws {
    try self.init(json: Array(text.utf8), depthLimit: depthLimit)
  }
}

/// A recursive-descent reader over one buffer. It never reads beyond the buffer: each access goes
/// through `peek`, which gives 0 at the end, and 0 is in no token of JSON.
struct JSONReader {
  let text: UnsafeBufferPointer<UInt8>
  let depthLimit: Int
  var position = 0

  init(text: UnsafeBufferPointer<UInt8>, depthLimit: Int) {
    self.text = text
    self.depthLimit = depthLimit
  }

  mutating func readDocument() throws -> JSONValue {
    let value = try readValue(depth: 0)
    try readEnd()
    return value
  }

  mutating func readEnd() throws {
    skipSpace()
    guard position == text.count else { throw failure("text after the end of the value") }
  }

  var peek: UInt8 { position < text.count ? text[position] : 0 }

  func failure(_ message: String) -> JSONSyntaxError {
    JSONSyntaxError(message: message, offset: position)
  }

  mutating func skipSpace() {
    while position < text.count {
      switch text[position] {
      case 0x20, 0x0A, 0x0D, 0x09: position += 1
      default: return
      }
    }
  }

  mutating func readValue(depth: Int) throws -> JSONValue {
    guard depth <= depthLimit else { throw failure("nested deeper than \(depthLimit)") }
    skipSpace()
    switch peek {
    case UInt8(ascii: "{"): return try readObject(depth: depth)
    case UInt8(ascii: "["): return try readArray(depth: depth)
    case UInt8(ascii: "\""): return .string(try readString())
    case UInt8(ascii: "t"): return try readWord("true", .bool(true))
    case UInt8(ascii: "f"): return try readWord("false", .bool(false))
    case UInt8(ascii: "n"): return try readWord("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try readNumber()
    default: throw failure(position < text.count ? "no value starts here" : "the text ends too early")
    }
  }

  mutating func readWord(_ word: StaticString, _ value: JSONValue) throws -> JSONValue {
    let length = word.utf8CodeUnitCount
    guard position + length <= text.count else { throw failure("the text ends too early") }
    for index in 0..<length where text[position + index] != word.utf8Start[index] {
      throw failure("no value starts here")
    }
    position += length
    return value
  }

  private mutating func readArray(depth: Int) throws -> JSONValue {
    position += 1
    skipSpace()
    if peek == UInt8(ascii: "]") {
      position += 1
      return .array([])
    }
    var elements: [JSONValue] = []
    while true {
      elements.append(try readValue(depth: depth + 1))
      skipSpace()
      switch peek {
      case UInt8(ascii: ","): position += 1
      case UInt8(ascii: "]"):
        position += 1
        return .array(elements)
      default: throw failure("a comma or ] is missing")
      }
    }
  }

  private mutating func readObject(depth: Int) throws -> JSONValue {
    let start = position
    position += 1
    skipSpace()
    if peek == UInt8(ascii: "}") {
      position += 1
      return .object(JSONObject())
    }
    var members: [JSONObject.Member] = []
    members.reserveCapacity(4)
    while true {
      skipSpace()
      guard peek == UInt8(ascii: "\"") else { throw failure("a key in quotes is missing") }
      let key = try readString()
      skipSpace()
      guard peek == UInt8(ascii: ":") else { throw failure("a colon is missing") }
      position += 1
      members.append(JSONObject.Member(key: key, value: try readValue(depth: depth + 1)))
      skipSpace()
      switch peek {
      case UInt8(ascii: ","): position += 1
      case UInt8(ascii: "}"):
        position += 1
        switch JSONObject.sorting(members) {
        case .success(let object): return .object(object)
        case .failure(let duplicate):
          throw JSONSyntaxError(message: "the key \"\(duplicate.key)\" stands twice", offset: start)
        }
      default: throw failure("a comma or } is missing")
      }
    }
  }

  mutating func readNumber() throws -> JSONValue {
    let start = position
    if peek == UInt8(ascii: "-") { position += 1 }
    if peek == UInt8(ascii: "0") {
      position += 1
      if isDigit(peek) { throw failure("a number does not start with 0") }
    } else {
      try skipDigits()
    }
    var isInteger = true
    if peek == UInt8(ascii: ".") {
      isInteger = false
      position += 1
      try skipDigits()
    }
    if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
      isInteger = false
      position += 1
      if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { position += 1 }
      try skipDigits()
    }
    let digits = String(decoding: text[start..<position], as: UTF8.self)
    if isInteger, let int = Int64(digits) { return .int(int) }
    guard let double = Double(digits), double.isFinite else { throw failure("the number is out of range") }
    return .double(double)
  }

  private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

  private mutating func skipDigits() throws {
    guard isDigit(peek) else { throw failure("a digit is missing") }
    while isDigit(peek) { position += 1 }
  }

  /// Reads a string; the common one without escapes is taken as a slice.
  mutating func readString() throws -> String {
    position += 1
    let start = position
    var isASCII = true
    while position < text.count {
      let byte = text[position]
      if byte == UInt8(ascii: "\"") {
        let slice = UnsafeBufferPointer(rebasing: text[start..<position])
        position += 1
        // ASCII needs no validation, and nearly every string is ASCII.
        if isASCII { return String(decoding: slice, as: UTF8.self) }
        return try validated(slice, at: start)
      }
      if byte == UInt8(ascii: "\\") { return try readEscapedString(from: start) }
      guard byte >= 0x20 else { throw failure("a control character in a string") }
      if byte >= 0x80 { isASCII = false }
      position += 1
    }
    throw failure("a string without an end")
  }

  private func validated(_ slice: UnsafeBufferPointer<UInt8>, at start: Int) throws -> String {
    guard let string = String(validating: slice, as: UTF8.self) else {
      throw JSONSyntaxError(message: "a string that is not UTF-8", offset: start)
    }
    return string
  }

  private mutating func readEscapedString(from start: Int) throws -> String {
    var bytes: [UInt8] = []
    var copied = start
    while position < text.count {
      let byte = text[position]
      position += 1
      switch byte {
      case UInt8(ascii: "\""):
        bytes.append(contentsOf: text[copied..<position - 1])
        guard let string = String(validating: bytes, as: UTF8.self) else {
          throw JSONSyntaxError(message: "a string that is not UTF-8", offset: start)
        }
        return string
      case UInt8(ascii: "\\"):
        bytes.append(contentsOf: text[copied..<position - 1])
        try readEscape(into: &bytes)
        copied = position
      case ..<0x20: throw failure("a control character in a string")
      default: break
      }
    }
    throw failure("a string without an end")
  }

  private mutating func readEscape(into bytes: inout [UInt8]) throws {
    let byte = peek
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): bytes.append(byte)
    case UInt8(ascii: "b"): bytes.append(0x08)
    case UInt8(ascii: "f"): bytes.append(0x0C)
    case UInt8(ascii: "n"): bytes.append(0x0A)
    case UInt8(ascii: "r"): bytes.append(0x0D)
    case UInt8(ascii: "t"): bytes.append(0x09)
    case UInt8(ascii: "u"): try readUnicodeEscape(into: &bytes)
    default: throw failure("an unknown escape")
    }
  }

  private mutating func readUnicodeEscape(into bytes: inout [UInt8]) throws {
    var code = try readHex()
    if (0xD800..<0xDC00).contains(code) {
      guard peek == UInt8(ascii: "\\"), position + 1 < text.count,
        text[position + 1] == UInt8(ascii: "u")
      else { throw failure("a lone surrogate") }
      position += 2
      let low = try readHex()
      guard (0xDC00..<0xE000).contains(low) else { throw failure("a lone surrogate") }
      code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(code) else { throw failure("a lone surrogate") }
    bytes += Array(String(Character(scalar)).utf8)
  }

  private mutating func readHex() throws -> UInt32 {
    guard position + 4 <= text.count,
      let code = UInt32(String(decoding: text[position..<position + 4], as: UTF8.self), radix: 16),
      text[position] != UInt8(ascii: "+"), text[position] != UInt8(ascii: "-")
    else { throw failure("four hexadecimal digits are missing") }
    position += 4
    return code
  }
}
