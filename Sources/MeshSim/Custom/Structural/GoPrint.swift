import KubeModel

/// Values as Go prints them in messages.
enum GoPrint {
  /// A number with `%v`: the shortest digits, an exponent from 1e21 on.
  static func number(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
    let magnitude = value.magnitude
    if value == value.rounded(), magnitude < 1e15 { return value == 0 ? "0" : String(Int64(value)) }
    let (sign, digits, exponent) = decimal(value)
    if exponent < -4 || exponent >= 21 {
      let fraction = digits.dropFirst()
      let power = String(exponent.magnitude)
      return sign + digits.prefix(1) + (fraction.isEmpty ? "" : "." + fraction)
        + "e" + (exponent < 0 ? "-" : "+") + (power.count < 2 ? "0" + power : power)
    }
    return sign + plain(digits, exponent)
  }

  /// A number with `%f`-like plain digits, never an exponent.
  static func plainNumber(_ value: Double) -> String {
    guard value.isFinite else { return number(value) }
    if value == 0 { return "0" }
    let (sign, digits, exponent) = decimal(value)
    return sign + plain(digits, exponent)
  }

  /// Sign, significant digits and the exponent of the first digit.
  private static func decimal(_ value: Double) -> (sign: String, digits: String, exponent: Int) {
    var text = "\(value.magnitude)"
    var exponent = 0
    if let mark = text.firstIndex(of: "e") {
      exponent = Int(text[text.index(after: mark)...]) ?? 0
      text = String(text[..<mark])
    }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let whole = parts.first ?? ""
    let fraction = parts.count > 1 ? parts[1] : ""
    var digits = String(whole + fraction)
    exponent += whole.count - 1
    while digits.hasPrefix("0"), digits.count > 1 {
      digits.removeFirst()
      exponent -= 1
    }
    while digits.hasSuffix("0"), digits.count > 1 { digits.removeLast() }
    return (value < 0 ? "-" : "", digits, exponent)
  }

  private static func plain(_ digits: String, _ exponent: Int) -> String {
    if exponent < 0 { return "0." + String(repeating: "0", count: -exponent - 1) + digits }
    if digits.count <= exponent + 1 {
      return digits + String(repeating: "0", count: exponent + 1 - digits.count)
    }
    return digits.prefix(exponent + 1) + "." + digits.dropFirst(exponent + 1)
  }

  /// A text with `%q`.
  static func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\t": out += "\\t"
      case "\u{07}": out += "\\a"
      case "\u{08}": out += "\\b"
      case "\u{0B}": out += "\\v"
      case "\u{0C}": out += "\\f"
      case _ where scalar.value < 32 || scalar.value == 127:
        let hex = String(scalar.value, radix: 16)
        out += "\\x" + (hex.count < 2 ? "0" : "") + hex
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }
}
