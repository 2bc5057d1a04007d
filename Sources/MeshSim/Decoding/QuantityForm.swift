/// The grammar of quantities.
enum QuantityForm {
  static let formatProblem =
    "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"
  private static let suffixProblem = "unable to parse quantity's suffix"
  private static let suffixes: Set<String> = [
    "", "n", "u", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei",
  ]

  /// What is wrong with a quantity; nil for a good one.
  static func problem(of text: String) -> String? {
    var rest = text.utf8[...]
    if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
    let whole = rest.prefix(while: isDigit)
    rest = rest.dropFirst(whole.count)
    var fraction = 0
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      let digits = rest.prefix(while: isDigit)
      fraction = digits.count
      rest = rest.dropFirst(fraction)
    }
    guard !text.isEmpty else { return formatProblem }
    // A sign alone, or a point alone, has no number that Go could parse.
    guard !whole.isEmpty || fraction > 0 else {
      return rest.isEmpty || suffixes.contains(String(Substring(rest)))
        ? "unable to parse numeric part of quantity"
        : formatProblem
    }
    let suffix = String(Substring(rest))
    if suffixes.contains(suffix) { return nil }
    let letters = rest.prefix { "eEinumkKMGTP".utf8.contains($0) }
    var exponent = rest.dropFirst(letters.count)
    if exponent.first == UInt8(ascii: "-") || exponent.first == UInt8(ascii: "+") { exponent.removeFirst() }
    guard exponent.allSatisfy(isDigit) else { return formatProblem }
    let isExponent =
      letters.count == 1 && (letters.first == UInt8(ascii: "e") || letters.first == UInt8(ascii: "E"))
    return isExponent && !exponent.isEmpty ? nil : suffixProblem
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
}
