import KubeModel

/// Sums and differences, for what is used and what is left.
extension Amount {
  static let zero = Amount(nanos: 0)

  init(whole: Int64) { self.init(nanos: Int128(whole) * 1_000_000_000) }

  var isZero: Bool { nanos == 0 }
  var number: Double { Double(nanos) / 1e9 }

  /// A sum in the form of the first that is not zero.
  static func + (left: Amount, right: Amount) -> Amount {
    Amount(nanos: left.nanos + right.nanos, format: left.isZero ? right.format : left.format)
  }

  static func - (left: Amount, right: Amount) -> Amount {
    Amount(nanos: left.nanos - right.nanos, format: left.isZero ? right.format : left.format)
  }
}

extension Amount: CustomStringConvertible {
  var description: String { text }
}
