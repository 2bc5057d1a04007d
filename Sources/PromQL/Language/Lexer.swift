/// Cuts a query into words.
struct Lexer {
  let text: [UInt8]
  var position = 0
  private var parentheses = 0
  var isInBraces = false
  private var isInBrackets = false
  private var hasColon = false
  private var expectsDuration = false

  init(_ text: [UInt8]) { self.text = text }

  mutating func next() throws -> Token {
    skipSpaceAndComments()
    if expectsDuration {
      expectsDuration = false
      return try rangeDuration()
    }
    if isInBraces { return try inBraces() }
    let start = position
    guard let byte = peek() else { return try end() }
    if Self.isDigit(byte) || byte == UInt8(ascii: "."), Self.isDigit(peek(1) ?? 0) || Self.isDigit(byte) {
      return try numberOrDuration()
    }
    if !isInBrackets, Self.isLetter(byte) || byte == UInt8(ascii: ":") { return word() }
    position += 1
    // In brackets Prometheus takes any letter for the colon.
    if isInBrackets, Self.isLetter(byte) || byte == UInt8(ascii: ":") { return try colon(at: start) }
    switch byte {
    case UInt8(ascii: ","), UInt8(ascii: "("), UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: ")"),
      UInt8(ascii: "]"):
      return try bracket(byte, at: start)
    case UInt8(ascii: "*"), UInt8(ascii: "/"), UInt8(ascii: "%"), UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "^"):
      return token(.binaryOperator, from: start)
    case UInt8(ascii: "@"): return token(.at, from: start)
    case UInt8(ascii: "<"), UInt8(ascii: ">"):
      skip("=")
      return token(.binaryOperator, from: start)
    case UInt8(ascii: "="):
      if skip("=") { return token(.binaryOperator, from: start) }
      if peek() == UInt8(ascii: "~") { throw SyntaxError("unexpected character after '=': '~'", at: start) }
      return token(.punctuation, from: start)
    case UInt8(ascii: "!"):
      if skip("=") { return token(.binaryOperator, from: start) }
      throw SyntaxError("unexpected character after '!': \(character(at: position))", at: start)
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"):
      return try string(closedBy: byte, from: start)
    default: throw SyntaxError("unexpected character: \(character(at: start))", at: start)
    }
  }

  private mutating func end() throws -> Token {
    if parentheses > 0 { throw SyntaxError("unclosed left parenthesis", at: position) }
    if isInBrackets { throw SyntaxError("unclosed left bracket", at: position) }
    return Token(kind: .end, text: "", position: position)
  }

  private mutating func bracket(_ byte: UInt8, at start: Int) throws -> Token {
    switch byte {
    case UInt8(ascii: "("): parentheses += 1
    case UInt8(ascii: ")"):
      parentheses -= 1
      if parentheses < 0 { throw SyntaxError("unexpected right parenthesis ')'", at: position) }
    case UInt8(ascii: "{"): isInBraces = true
    case UInt8(ascii: "["):
      if isInBrackets { throw SyntaxError("unexpected left bracket '['", at: start) }
      (isInBrackets, hasColon, expectsDuration) = (true, false, true)
    case UInt8(ascii: "]"):
      if !isInBrackets { throw SyntaxError("unexpected right bracket ']'", at: start) }
      isInBrackets = false
    default: break
    }
    return token(.punctuation, from: start)
  }

  private mutating func colon(at start: Int) throws -> Token {
    if hasColon { throw SyntaxError("unexpected colon \(character(at: start))", at: start) }
    hasColon = true
    return Token(kind: .punctuation, text: ":", position: start)
  }

  private mutating func word() -> Token {
    let start = position
    while let byte = peek(), Self.isLetter(byte) || Self.isDigit(byte) || byte == UInt8(ascii: ":") {
      position += 1
    }
    let word = token(.identifier, from: start)
    let kind: Token.Kind =
      switch word.word {
      case let lower where Token.wordOperators.contains(lower): .binaryOperator
      case let lower where AggregationKind(rawValue: lower) != nil: .aggregator
      case let lower where Token.keywords.contains(lower): .keyword
      case "inf", "nan": .number
      case let lower where lower.utf8.contains(UInt8(ascii: ":")): .metricIdentifier
      default: .identifier
      }
    return Token(kind: kind, text: word.text, position: start)
  }
}

extension Lexer {
  static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

  static func isLetter(_ byte: UInt8) -> Bool {
    (65...90).contains(byte) || (97...122).contains(byte) || byte == UInt8(ascii: "_")
  }

  func peek(_ distance: Int = 0) -> UInt8? {
    position + distance < text.count ? text[position + distance] : nil
  }

  @discardableResult
  mutating func skip(_ scalar: Unicode.Scalar) -> Bool {
    guard peek() == UInt8(ascii: scalar) else { return false }
    position += 1
    return true
  }

  func token(_ kind: Token.Kind, from start: Int) -> Token {
    Token(kind: kind, text: String(decoding: text[start..<position], as: UTF8.self), position: start)
  }

  func character(at index: Int) -> String {
    let scalar = String(decoding: text[min(index, text.count)...].prefix(4), as: UTF8.self).unicodeScalars
      .first
    return "'\(scalar.map { String($0) } ?? "\u{FFFD}")'"
  }

  mutating func skipSpaceAndComments() {
    while let byte = peek() {
      if [9, 10, 13, 32].contains(byte) {
        position += 1
      } else if byte == UInt8(ascii: "#") {
        while let next = peek(), next != 10 { position += 1 }
      } else {
        return
      }
    }
  }
}
