/// A proportion in percent, 0...100, with fractions.
public struct Percent: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The proportion in percent.
  public let value: Double

  /// A proportion of `value` percent; `nil` outside 0...100.
  public init?(value: Double) {
    guard (0...100).contains(value) else { return nil }
    self.init(unchecked: value)
  }

  private init(unchecked value: Double) { self.value = value }

  /// Nothing.
  public static let zero = Percent(unchecked: 0)
  /// One in a hundred.
  public static let one = Percent(unchecked: 1)
  /// All but one in a hundred.
  public static let ninetyNine = Percent(unchecked: 99)

  /// Everything.
  public static let full = Percent(unchecked: 100)

  /// The proportion as a part of 1.
  public var fraction: Double { value / 100 }

  /// `0.5 %`.
  public var description: String {
    value == value.rounded() ? "\(Int(value)) %" : "\(value) %"
  }

  public static func < (left: Percent, right: Percent) -> Bool { left.value < right.value }
}
