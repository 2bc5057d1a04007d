extension Lexer {
  mutating func inBraces() throws -> Token {
    let start = position
    guard let byte = peek() else { throw SyntaxError("unexpected end of input inside braces", at: position) }
    if Self.isLetter(byte) {
      while let next = peek(), Self.isLetter(next) || Self.isDigit(next) { position += 1 }
      return token(.identifier, from: start)
    }
    position += 1
    switch byte {
    case UInt8(ascii: ","): return token(.punctuation, from: start)
    case UInt8(ascii: "="):
      skip("~")
      return token(.punctuation, from: start)
    case UInt8(ascii: "!"):
      guard skip("~") || skip("=") else {
        throw SyntaxError(
          "unexpected character after '!' inside braces: \(character(at: position))", at: start)
      }
      return token(.punctuation, from: start)
    case UInt8(ascii: "}"):
      isInBraces = false
      return token(.punctuation, from: start)
    case UInt8(ascii: "{"): throw SyntaxError("unexpected left brace '{'", at: start)
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"):
      return try string(closedBy: byte, from: start)
    default: throw SyntaxError("unexpected character inside braces: \(character(at: start))", at: start)
    }
  }

  mutating func string(closedBy quote: UInt8, from start: Int) throws -> Token {
    let isRaw = quote == UInt8(ascii: "`")
    while let byte = peek() {
      position += 1
      if byte == quote { return token(.string, from: start) }
      if isRaw { continue }
      if byte == UInt8(ascii: "\\") {
        guard peek() != nil else { throw SyntaxError("escape sequence not terminated", at: start) }
        position += 1
      } else if byte == UInt8(ascii: "\n") {
        break
      }
    }
    throw SyntaxError(isRaw ? "unterminated raw string" : "unterminated quoted string", at: start)
  }
}
