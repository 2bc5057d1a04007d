/// The words of an expression.
struct CELToken: Sendable {
  enum Kind: Equatable, Sendable {
    case name, symbol, int, uint, double, string, bytes, end
    /// A name in back quotes.
    case quotedName
  }

  let kind: Kind
  /// A name or symbol as written; the content of a string.
  let text: String
  var bytes: [UInt8] = []
  let place: Int
}

/// Splits an expression into tokens.
struct CELLexer {
  private let text: [Unicode.Scalar]
  private var position = 0

  init(_ source: String) { text = Array(source.unicodeScalars) }

  static func tokens(_ source: String) throws(CELIssue) -> [CELToken] {
    var lexer = CELLexer(source)
    var tokens: [CELToken] = []
    while let token = try lexer.next() { tokens.append(token) }
    tokens.append(CELToken(kind: .end, text: "<EOF>", place: lexer.text.count))
    return tokens
  }

  private func peek(_ offset: Int = 0) -> Unicode.Scalar? {
    position + offset < text.count ? text[position + offset] : nil
  }

  private func slice(_ range: Range<Int>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: text[range])
    return String(view)
  }

  private mutating func skipSpace() {
    while let scalar = peek() {
      if [" ", "\t", "\r", "\n", "\u{0C}"].contains(scalar) {
        position += 1
      } else if scalar == "/", peek(1) == "/" {
        while let inner = peek(), inner != "\n" {
          _ = inner
          position += 1
        }
      } else {
        return
      }
    }
  }

  private mutating func next() throws(CELIssue) -> CELToken? {
    skipSpace()
    guard let scalar = peek() else { return nil }
    let start = position
    if let prefix = stringPrefix() { return try string(prefix, from: start) }
    if isDigit(scalar) || (scalar == "." && isDigit(peek(1))) { return try number(from: start) }
    if CharacterSet.isWord(scalar) {
      while CharacterSet.isWord(peek()) { position += 1 }
      return CELToken(kind: .name, text: slice(start..<position), place: start)
    }
    if scalar == "`" {
      guard let end = text[(start + 1)...].firstIndex(of: "`") else { throw unknown(scalar, start) }
      position = end + 1
      return CELToken(kind: .quotedName, text: slice((start + 1)..<end), place: start)
    }
    for symbol in ["==", "!=", "<=", ">=", "&&", "||"]
    where slice(start..<min(start + 2, text.count)) == symbol {
      position += 2
      return CELToken(kind: .symbol, text: symbol, place: start)
    }
    guard "+-*/%!<>?:.,()[]{}".unicodeScalars.contains(scalar) else { throw unknown(scalar, start) }
    position += 1
    return CELToken(kind: .symbol, text: String(scalar), place: start)
  }

  private func unknown(_ scalar: Unicode.Scalar, _ place: Int) -> CELIssue {
    CELIssue(place: place, message: "Syntax error: token recognition error at: '\(scalar)'")
  }

  private func isDigit(_ scalar: Unicode.Scalar?) -> Bool {
    scalar.map { (48...57).contains($0.value) } ?? false
  }

  private mutating func number(from start: Int) throws(CELIssue) -> CELToken {
    if peek() == "0", peek(1) == "x" || peek(1) == "X" {
      position += 2
      while let scalar = peek(), Character(scalar).isHexDigit { position += 1 }
      return integer(from: start)
    }
    while isDigit(peek()) { position += 1 }
    var isDouble = false
    if peek() == ".", isDigit(peek(1)) {
      isDouble = true
      position += 1
      while isDigit(peek()) { position += 1 }
    }
    if peek() == "e" || peek() == "E" {
      let sign = peek(1) == "+" || peek(1) == "-" ? 1 : 0
      if isDigit(peek(1 + sign)) {
        isDouble = true
        position += 1 + sign
        while isDigit(peek()) { position += 1 }
      }
    }
    return isDouble
      ? CELToken(kind: .double, text: slice(start..<position), place: start) : integer(from: start)
  }

  private mutating func integer(from start: Int) -> CELToken {
    let digits = slice(start..<position)
    guard peek() == "u" || peek() == "U" else { return CELToken(kind: .int, text: digits, place: start) }
    position += 1
    return CELToken(kind: .uint, text: digits, place: start)
  }

  private struct StringForm {
    var isRaw = false
    var isBytes = false
    let length: Int
  }

  private func stringPrefix() -> StringForm? {
    var form = StringForm(length: 0)
    var offset = 0
    while let scalar = peek(offset), offset < 2 {
      if scalar == "r" || scalar == "R", !form.isRaw {
        form.isRaw = true
      } else if scalar == "b" || scalar == "B", !form.isBytes {
        form.isBytes = true
      } else {
        break
      }
      offset += 1
    }
    guard peek(offset) == "\"" || peek(offset) == "'" else { return nil }
    return StringForm(isRaw: form.isRaw, isBytes: form.isBytes, length: offset)
  }

  private mutating func string(_ form: StringForm, from start: Int) throws(CELIssue) -> CELToken {
    position += form.length
    let quote = text[position]
    let isTriple = peek(1) == quote && peek(2) == quote
    position += isTriple ? 3 : 1
    var bytes: [UInt8] = []
    while let scalar = peek() {
      if scalar == quote, !isTriple || (peek(1) == quote && peek(2) == quote) {
        position += isTriple ? 3 : 1
        let content = String(decoding: bytes, as: UTF8.self)
        return CELToken(kind: form.isBytes ? .bytes : .string, text: content, bytes: bytes, place: start)
      }
      if scalar == "\n" || scalar == "\r", !isTriple { break }
      position += 1
      if scalar == "\\", !form.isRaw {
        try escape(&bytes, isBytes: form.isBytes, start)
      } else {
        bytes += Array(String(scalar).utf8)
      }
    }
    throw CELIssue(
      place: start,
      message: "Syntax error: token recognition error at: '\(slice(start..<min(position, text.count)))'")
  }

  private mutating func escape(_ bytes: inout [UInt8], isBytes: Bool, _ start: Int) throws(CELIssue) {
    let invalid = CELIssue(place: start, message: "Syntax error: unable to unescape string")
    guard let scalar = peek() else { throw invalid }
    position += 1
    let simple: [Unicode.Scalar: UInt8] = [
      "a": 7, "b": 8, "f": 12, "n": 10, "r": 13, "t": 9, "v": 11, "\\": 92, "'": 39, "\"": 34, "`": 96,
      "?": 63,
    ]
    if let byte = simple[scalar] { return bytes.append(byte) }
    let length: Int
    let radix: Int
    switch scalar {
    case "x", "X": (length, radix) = (2, 16)
    case "u": (length, radix) = (4, 16)
    case "U": (length, radix) = (8, 16)
    case "0"..."3":
      position -= 1
      (length, radix) = (3, 8)
    default: throw invalid
    }
    guard position + length <= text.count,
      let value = UInt32(slice(position..<(position + length)), radix: radix)
    else {
      throw invalid
    }
    position += length
    if isBytes, length <= 3 { return bytes.append(UInt8(truncatingIfNeeded: value)) }
    guard let code = Unicode.Scalar(value) else { throw invalid }
    bytes += Array(String(code).utf8)
  }
}
