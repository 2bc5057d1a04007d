extension Lexer {
  mutating func rangeDuration() throws -> Token {
    let start = position
    if scanNumber() { throw SyntaxError("missing unit character in duration", at: start) }
    if scanDuration() { return token(.duration, from: start) }
    throw SyntaxError("bad duration syntax: \(quoted(token(.duration, from: start).text))", at: start)
  }

  mutating func numberOrDuration() throws -> Token {
    let start = position
    if scanNumber() { return token(.number, from: start) }
    if scanDuration() { return token(.duration, from: start) }
    throw SyntaxError("bad number or duration syntax: \(quoted(token(.number, from: start).text))", at: start)
  }

  private mutating func scanDigits() { while let byte = peek(), Self.isDigit(byte) { position += 1 } }

  /// Whether a number is here that no letter follows; otherwise what looked like one is passed over.
  private mutating func scanNumber() -> Bool {
    if peek() == UInt8(ascii: "0"), let x = peek(1), x | 32 == UInt8(ascii: "x") {
      position += 2
      while let byte = peek(), Self.isDigit(byte) || (97...102).contains(byte | 32) { position += 1 }
    } else {
      scanDigits()
      if skip(".") { scanDigits() }
      if let byte = peek(), byte | 32 == UInt8(ascii: "e") {
        position += 1
        if !skip("+") { skip("-") }
        scanDigits()
      }
    }
    guard let byte = peek() else { return true }
    return !Self.isLetter(byte) && !Self.isDigit(byte)
  }

  private mutating func scanDuration() -> Bool {
    guard scanUnit("smhdwy") else { return false }
    while let byte = peek(), Self.isDigit(byte) {
      scanDigits()
      guard scanUnit("smhdw") else { return false }
    }
    guard let byte = peek(), Self.isLetter(byte) || Self.isDigit(byte) else { return true }
    position += 1
    return false
  }

  /// A unit, with the `s` of `ms`; where that makes none, reading the duration says so.
  private mutating func scanUnit(_ units: String) -> Bool {
    guard let byte = peek(), units.utf8.contains(byte) else { return false }
    position += 1
    skip("s")
    return true
  }
}
