/// An amount as Kubernetes writes it: `500m`, `2`, `1Gi`, `1e3`.
public struct Quantity: Hashable, Sendable, CustomStringConvertible {
  /// The text as written.
  public let description: String
  /// The amount in its base unit: cores, bytes, pieces.
  public let value: Double

  /// Reads a quantity (resource.Quantity's grammar); `nil` when the text is none.
  public init?(parsing text: String) {
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "-" || $0 == "+") }
    guard !digits.isEmpty, let number = Double(digits), digits.contains(where: \.isNumber) else { return nil }
    let suffix = String(text.dropFirst(digits.count))
    if let factor = Quantity.factors[suffix] {
      value = number * factor
    } else if let first = suffix.first, first == "e" || first == "E", let whole = Double(text), whole.isFinite
    {
      value = whole
    } else {
      return nil
    }
    description = text
  }

  private static let factors: [String: Double] = [
    "": 1, "n": 1e-9, "u": 1e-6, "m": 1e-3, "k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "P": 1e15, "E": 1e18,
    "Ki": 0x1p10, "Mi": 0x1p20, "Gi": 0x1p30, "Ti": 0x1p40, "Pi": 0x1p50, "Ei": 0x1p60,
  ]
}
