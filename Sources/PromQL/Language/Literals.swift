/// Durations such as `1h30m`.
enum DurationText {
  private static let units: [(name: String, milliseconds: Int64)] = [
    ("y", 31_536_000_000), ("w", 604_800_000), ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000),
    ("s", 1_000), ("ms", 1),
  ]

  /// Milliseconds; units go from large to small, each at most once.
  static func milliseconds(_ text: String, at position: Int) throws -> Int64 {
    let wrong = SyntaxError("not a valid duration string: \(quoted(text))", at: position)
    var (total, rest, unit) = (0 as Int64, Substring(text), 0)
    if text == "0" { return 0 }
    guard !rest.isEmpty else { throw SyntaxError("empty duration string", at: position) }
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      let name = rest.dropFirst(digits.count).prefix { !$0.isNumber }
      guard !digits.isEmpty, let found = units[unit...].firstIndex(where: { $0.name == name }) else {
        throw wrong
      }
      let amount = (Int64(digits) ?? .max).multipliedReportingOverflow(by: units[found].milliseconds)
      let sum = total.addingReportingOverflow(amount.partialValue)
      guard !amount.overflow, !sum.overflow, sum.partialValue <= .max / 1_000_000 else {
        throw SyntaxError("duration out of range", at: position)
      }
      total = sum.partialValue
      unit = found + 1
      rest = rest.dropFirst(digits.count + name.count)
    }
    return total
  }
}

/// Strings in quotes, with Go's escapes, or between backticks with none.
enum StringLiteral {
  static func value(of token: Token) throws -> String {
    let bytes = Array(token.text.utf8.dropFirst().dropLast())
    if token.text.utf8.first == UInt8(ascii: "`") { return String(decoding: bytes, as: UTF8.self) }
    let quote = token.text.utf8.first ?? 0
    var (result, index) = ([UInt8](), 0)
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "\\") else {
        result.append(bytes[index])
        index += 1
        continue
      }
      index += 1
      result += try escape(in: bytes, at: &index, quote: quote, of: token)
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static let simple: [UInt8: UInt8] = [
    UInt8(ascii: "a"): 7, UInt8(ascii: "b"): 8, UInt8(ascii: "f"): 12, UInt8(ascii: "n"): 10,
    UInt8(ascii: "r"): 13, UInt8(ascii: "t"): 9, UInt8(ascii: "v"): 11, UInt8(ascii: "\\"): 92,
  ]

  private static func escape(
    in bytes: [UInt8], at index: inout Int, quote: UInt8, of token: Token
  ) throws -> [UInt8] {
    let invalidCodePoint = SyntaxError(
      "escape sequence is an invalid Unicode code point", at: token.position)
    guard index < bytes.count else { throw SyntaxError("escape sequence not terminated", at: token.position) }
    let letter = bytes[index]
    index += 1
    if letter == quote { return [quote] }
    if let byte = simple[letter] { return [byte] }
    let (digits, radix): (Int, Int)
    switch letter {
    case UInt8(ascii: "0")...UInt8(ascii: "7"):
      index -= 1
      (digits, radix) = (3, 8)
    case UInt8(ascii: "x"): (digits, radix) = (2, 16)
    case UInt8(ascii: "u"): (digits, radix) = (4, 16)
    case UInt8(ascii: "U"): (digits, radix) = (8, 16)
    default:
      let scalar =
        String(decoding: bytes[(index - 1)...].prefix(4), as: UTF8.self).unicodeScalars.first ?? " "
      throw SyntaxError("unknown escape sequence \(codePoint(scalar)) '\(scalar)'", at: token.position)
    }
    var value: UInt32 = 0
    for place in index..<index + digits {
      let byte = place < bytes.count ? bytes[place] : quote
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, digit < radix else {
        let scalar = Unicode.Scalar(byte)
        throw SyntaxError(
          "illegal character \(codePoint(scalar)) '\(scalar)' in escape sequence", at: token.position)
      }
      value = value &* UInt32(radix) &+ UInt32(digit)
    }
    index += digits
    if letter == UInt8(ascii: "u") || letter == UInt8(ascii: "U") {
      guard let scalar = Unicode.Scalar(value) else {
        throw invalidCodePoint
      }
      return Array(String(scalar).utf8)
    }
    guard value < 256 else { throw invalidCodePoint }
    return [UInt8(value)]
  }

  private static func codePoint(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
