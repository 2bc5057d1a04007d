import KubeModel

/// A quantity with exact arithmetic, as Kubernetes' API reads and writes it (`resource.Quantity`).
///
/// Smaller parts than a nano are rounded up, away from zero.
struct Amount: Hashable, Sendable, Comparable {
  /// The kind of suffix it was written with.
  enum Format: Hashable, Sendable {
    case decimal, binary, exponent
  }

  /// In billionths.
  let nanos: Int128
  let format: Format

  init(nanos: Int128, format: Format = .decimal) {
    self.nanos = nanos
    self.format = format
  }

  /// Reads `500m`, `2`, `1Gi`, `1e3`; nil when the text is no quantity.
  init?(_ text: String) {
    var rest = Substring(text)
    let isNegative = rest.first == "-"
    if isNegative || rest.first == "+" { rest = rest.dropFirst() }
    let whole = rest.prefix { $0.isASCII && $0.isNumber }
    rest = rest.dropFirst(whole.count)
    var fraction: Substring = ""
    if rest.first == "." {
      fraction = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
      rest = rest.dropFirst(fraction.count + 1)
    }
    guard !(whole.isEmpty && fraction.isEmpty), let scale = Amount.scale(of: rest) else { return nil }
    let (format, isBinary, exponent) = scale
    let digits = (whole + fraction).drop { $0 == "0" }.prefix(30)
    guard digits.count < 30, let mantissa = digits.isEmpty ? 0 : Int128(digits) else { return nil }
    var value = mantissa
    var shift = 9 - fraction.count
    if isBinary {
      let (product, overflow) = value.multipliedReportingOverflow(by: Int128(1) << Int128(exponent * 10))
      guard !overflow else { return nil }
      value = product
    } else {
      shift += exponent
    }
    while shift > 0, value != 0 {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      guard !overflow else { return nil }
      (value, shift) = (product, shift - 1)
    }
    var isInexact = false
    while shift < 0, value != 0 {
      if value % 10 != 0 { isInexact = true }
      (value, shift) = (value / 10, shift + 1)
    }
    if isInexact { value += 1 }
    nanos = isNegative ? -value : value
    self.format = format
  }

  /// Reads a field of an object, which may also hold a number.
  init?(_ value: JSONValue?) {
    switch value {
    case .string(let text)?: self.init(text)
    case .int(let number)?: self.init(nanos: Int128(number) * 1_000_000_000)
    case .double(let number)?: self.init("\(number)")
    default: return nil
    }
  }

  static func < (left: Amount, right: Amount) -> Bool { left.nanos < right.nanos }

  /// Whether it has no parts below 1.
  var isWhole: Bool { nanos % 1_000_000_000 == 0 }

  /// Rounded up to thousandths, as resource lists keep it.
  var roundedToMillis: Amount {
    let rest = nanos % 1_000_000
    guard rest != 0 else { return self }
    return Amount(nanos: nanos - rest + (nanos > 0 ? 1_000_000 : -1_000_000), format: format)
  }

  /// The canonical text: no fraction, and the largest suffix that loses nothing.
  var text: String {
    guard nanos != 0 else { return "0" }
    let unit: Int128 = 1_000_000_000
    if format == .binary, isWhole, nanos <= -1024 * unit || nanos >= 1024 * unit {
      var value = nanos / unit
      var power = 0
      while value % 1024 == 0, power < 6 { (value, power) = (value / 1024, power + 1) }
      return "\(value)" + ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"][power]
    }
    var value = nanos
    var power = -3
    while value % 1000 == 0, power < 6 { (value, power) = (value / 1000, power + 1) }
    if format == .exponent { return power == 0 ? "\(value)" : "\(value)e\(power * 3)" }
    return "\(value)" + ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"][power + 3]
  }

  private static func scale(of suffix: Substring) -> (Format, isBinary: Bool, exponent: Int)? {
    switch suffix {
    case "": return (.decimal, false, 0)
    case "n": return (.decimal, false, -9)
    case "u": return (.decimal, false, -6)
    case "m": return (.decimal, false, -3)
    case "k": return (.decimal, false, 3)
    case "M": return (.decimal, false, 6)
    case "G": return (.decimal, false, 9)
    case "T": return (.decimal, false, 12)
    case "P": return (.decimal, false, 15)
    case "E": return (.decimal, false, 18)
    case "Ki": return (.binary, true, 1)
    case "Mi": return (.binary, true, 2)
    case "Gi": return (.binary, true, 3)
    case "Ti": return (.binary, true, 4)
    case "Pi": return (.binary, true, 5)
    case "Ei": return (.binary, true, 6)
    default:
      guard suffix.first == "e" || suffix.first == "E", let exponent = Int(suffix.dropFirst()),
        (-30...30).contains(exponent)
      else { return nil }
      return (.exponent, false, exponent)
    }
  }
}
