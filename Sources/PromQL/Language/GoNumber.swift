/// Numbers as Go reads and writes them.
extension Double {
  /// Reads decimals, `0x` integers and fractions, and infinity and NaN in any case.
  init?(goText text: String) {
    let unsigned = text.first == "-" || text.first == "+" ? String(text.dropFirst()) : text
    let sign: Double = text.first == "-" ? -1 : 1
    switch unsigned.lowercased() {
    case "inf", "infinity": self = sign * .infinity
    case "nan" where unsigned == text: self = .nan
    case let lower where lower.hasPrefix("0x"):
      // Go wants the exponent in a hexadecimal fraction; integers go without.
      if let integer = UInt64(lower.dropFirst(2), radix: 16), !lower.dropFirst(2).hasPrefix("+") {
        self = sign * Double(integer)
      } else if lower.contains("p"), let value = Double(lower) {
        self = sign * value
      } else {
        return nil
      }
    default:
      let isPlain = unsigned.utf8.allSatisfy { Lexer.isDigit($0) || ".eE+-".utf8.contains($0) }
      guard isPlain, unsigned.utf8.contains(where: Lexer.isDigit), unsigned.first != "+",
        unsigned.first != "-"
      else { return nil }
      var padded = unsigned
      if padded.hasPrefix(".") { padded = "0" + padded }
      padded = padded.replacing(point: "e").replacing(point: "E")
      if padded.hasSuffix(".") { padded.removeLast() }
      guard let value = Double(padded) else { return nil }
      self = sign * value
    }
  }

  /// The fewest digits that read back the same, never with an exponent.
  var plainText: String {
    // Nearly all values are whole, or written by Swift in the same form.
    if magnitude < 9_007_199_254_740_992, self == rounded(.towardZero), !isZero { return String(Int64(self)) }
    if magnitude > 0.001, magnitude < 1e9 { return description }
    guard let (isNegative, digits, point) = shortest else { return specialText }
    let sign = isNegative ? "-" : ""
    if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + digits }
    if digits.count <= point { return sign + digits + String(repeating: "0", count: point - digits.count) }
    return sign + digits.prefix(point) + "." + digits.dropFirst(point)
  }

  /// The same with an exponent from a million on, or below 10^-4: how Go's clients write metrics.
  var shortText: String {
    guard let (isNegative, digits, point) = shortest else { return specialText }
    let exponent = point - 1
    guard exponent < -4 || exponent >= 6 else { return plainText }
    let power = String(abs(exponent))
    return (isNegative ? "-" : "") + digits.prefix(1) + (digits.count > 1 ? "." + digits.dropFirst() : "")
      + "e" + (exponent < 0 ? "-" : "+") + (power.count < 2 ? "0" : "") + power
  }

  /// With six decimals, as Go's `%f`.
  var withSixDecimals: String {
    guard isFinite else { return specialText }
    let text = plainText
    let decimals = text.split(separator: ".", maxSplits: 1).dropFirst().first ?? ""
    let whole = text.prefix { $0 != "." }
    return whole + "." + decimals.prefix(6) + String(repeating: "0", count: max(0, 6 - decimals.count))
  }

  private var specialText: String {
    if isNaN { return "NaN" }
    if isInfinite { return self < 0 ? "-Inf" : "+Inf" }
    return sign == .minus ? "-0" : "0"
  }

  /// The digits without zeros around them and the place of the point after the first of them; `nil` for
  /// zero and what is not finite.
  private var shortest: (isNegative: Bool, digits: String, point: Int)? {
    guard isFinite, self != 0 else { return nil }
    let parts = magnitude.description.split(separator: "e")
    let mantissa = parts[0].split(separator: ".")
    let whole = String(mantissa[0])
    var digits = whole + (mantissa.count > 1 ? String(mantissa[1]) : "")
    var point = whole.count + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
    while digits.hasPrefix("0") {
      digits.removeFirst()
      point -= 1
    }
    while digits.hasSuffix("0") { digits.removeLast() }
    return (self < 0, digits, point)
  }
}

extension String {
  /// `1.e5` without the point that Swift does not read.
  fileprivate func replacing(point letter: Character) -> String {
    guard let exponent = firstIndex(of: letter), exponent > startIndex,
      self[index(before: exponent)] == "."
    else { return self }
    return String(self[..<index(before: exponent)]) + self[exponent...]
  }
}
