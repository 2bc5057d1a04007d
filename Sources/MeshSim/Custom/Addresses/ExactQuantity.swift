/// An amount such as `500m` or `1Gi`, exact to a billionth, for comparing and adding.
struct ExactQuantity: Hashable, Comparable, Sendable {
  /// Billionths.
  let nanos: Int128

  init(nanos: Int128) { self.nanos = nanos }

  /// Reads resource.Quantity's grammar; what is smaller than a billionth is rounded up, as Kubernetes does.
  init?(_ text: String) {
    var rest = text[...]
    let isNegative = rest.hasPrefix("-")
    if isNegative || rest.hasPrefix("+") { rest.removeFirst() }
    let whole = rest.prefix { ("0"..."9").contains($0) }
    rest = rest.dropFirst(whole.count)
    var fraction: Substring = ""
    if rest.hasPrefix(".") {
      rest.removeFirst()
      fraction = rest.prefix { ("0"..."9").contains($0) }
      rest = rest.dropFirst(fraction.count)
    }
    guard !whole.isEmpty || !fraction.isEmpty, whole.count <= 28, fraction.count <= 28 else { return nil }
    guard let scale = ExactQuantity.scale(of: rest) else { return nil }
    var digits: Int128 = 0
    for byte in (whole + fraction).utf8 {
      let (product, overflow) = digits.multipliedReportingOverflow(by: 10)
      guard !overflow else { return nil }
      digits = product + Int128(byte - 48)
    }
    let (scaled, isOverflow) = digits.multipliedReportingOverflow(by: scale.factor)
    guard !isOverflow else { return nil }
    var value = scaled
    var exponent = scale.tens + 9 - fraction.count
    while exponent > 0 {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      guard !overflow else { return nil }
      value = product
      exponent -= 1
    }
    var isInexact = false
    while exponent < 0, value != 0 {
      isInexact = isInexact || value % 10 != 0
      value /= 10
      exponent += 1
    }
    if isInexact { value += 1 }
    nanos = isNegative ? -value : value
  }

  private static func scale(of suffix: Substring) -> (factor: Int128, tens: Int)? {
    switch suffix {
    case "": return (1, 0)
    case "n": return (1, -9)
    case "u": return (1, -6)
    case "m": return (1, -3)
    case "k": return (1, 3)
    case "M": return (1, 6)
    case "G": return (1, 9)
    case "T": return (1, 12)
    case "P": return (1, 15)
    case "E": return (1, 18)
    case "Ki": return (1 << 10, 0)
    case "Mi": return (1 << 20, 0)
    case "Gi": return (1 << 30, 0)
    case "Ti": return (1 << 40, 0)
    case "Pi": return (1 << 50, 0)
    case "Ei": return (1 << 60, 0)
    default:
      guard suffix.hasPrefix("e") || suffix.hasPrefix("E"), let exponent = Int(suffix.dropFirst()),
        exponent.magnitude <= 30
      else { return nil }
      return (1, exponent)
    }
  }

  static func < (left: ExactQuantity, right: ExactQuantity) -> Bool { left.nanos < right.nanos }

  /// The amount as an integer; `nil` when it has a fraction or does not fit.
  var integer: Int64? { nanos % 1_000_000_000 == 0 ? Int64(exactly: nanos / 1_000_000_000) : nil }

  var approximate: Double { Double(nanos) / 1e9 }
}
