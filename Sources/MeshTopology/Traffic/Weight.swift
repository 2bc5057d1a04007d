/// A share of traffic in whole percent, 0...100.
public struct Weight: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The share in percent.
  public let percent: Int

  /// A share of `percent`; `nil` outside 0...100.
  public init?(percent: Int) {
    guard (0...100).contains(percent) else { return nil }
    self.init(unchecked: percent)
  }

  private init(unchecked percent: Int) { self.percent = percent }

  /// No traffic.
  public static let zero = Weight(unchecked: 0)
  /// All traffic.
  public static let full = Weight(unchecked: 100)
  /// A fifth: what a canary gets when nobody says otherwise.
  public static let firstStep = Weight(unchecked: 20)

  /// What is left for the other side.
  public var complement: Weight { Weight(unchecked: 100 - percent) }

  /// `20 %`.
  public var description: String { "\(percent) %" }

  public static func < (left: Weight, right: Weight) -> Bool { left.percent < right.percent }
}
