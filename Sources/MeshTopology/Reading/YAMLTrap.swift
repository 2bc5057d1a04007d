/// A plain scalar that YAML 1.1 reads as something else than text, and YAML 1.2 as text.
///
/// kubectl, Helm and many editors still read YAML 1.1, so what such a word means depends on the tool.
enum YAMLTrap {
  /// A Boolean in YAML 1.1.
  case boolean(Bool)
  /// An octal number in YAML 1.1: its value, and the decimal value the digits have in YAML 1.2.
  case octal(value: Int, digits: Int)
  /// Another number or date in YAML 1.1.
  case other(String)

  /// The trap that the plain scalar `text` is, if it is one (yaml.org/type, 2005).
  init?(_ text: String) {
    let digits = text.utf8.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
    switch text.lowercased() {
    case "y", "yes", "on": self = .boolean(true)
    case "n", "no", "off": self = .boolean(false)
    case _ where text.utf8.count > 40: return nil
    case _ where digits.count > 1 && digits.first == UInt8(ascii: "0") && digits.allSatisfy(\.isDigit):
      guard let decimal = Int(text) else { return nil }
      guard let octal = Int(text, radix: 8) else {
        self = .other("a number with a leading zero")
        return
      }
      self = .octal(value: octal, digits: decimal)
    case _ where digits.first?.isDigit == true:
      guard let meaning = YAMLTrap.number(String(decoding: digits, as: UTF8.self)) else { return nil }
      self = .other(meaning)
    default: return nil
    }
  }

  /// What YAML 1.1 reads the trap as.
  var meaning: String {
    switch self {
    case .boolean(let bool): "\(bool)"
    case .octal(let value, _): "the octal number \(value)"
    case .other(let meaning): meaning
    }
  }

  private static func number(_ text: String) -> String? {
    if ["0x", "0o", "0b"].contains(where: text.hasPrefix) { return "a number in another base" }
    if text.contains("_"), text.utf8.allSatisfy({ $0.isDigit || $0 == UInt8(ascii: "_") }) {
      return "a number with its underscores left out"
    }
    let isSexagesimal = text.split(separator: ":", omittingEmptySubsequences: false).allSatisfy {
      !$0.isEmpty && $0.utf8.count <= 2 && $0.utf8.allSatisfy(\.isDigit)
    }
    if isSexagesimal, text.contains(":") { return "a number in base 60" }
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    if parts.map(\.utf8.count) == [4, 2, 2], parts.allSatisfy({ $0.utf8.allSatisfy(\.isDigit) }) {
      return "a date"
    }
    return nil
  }
}
