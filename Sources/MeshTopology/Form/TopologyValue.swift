/// A value of a topology that can be completed where it is made:
/// `Call(to: "cache/redis").with { $0.perRequest = 0.8 }`.
public protocol TopologyValue: Hashable, Sendable {}

extension TopologyValue {
  /// A copy with `change` made to it.
  public func with(_ change: (inout Self) throws -> Void) rethrows -> Self {
    var copy = self
    try change(&copy)
    return copy
  }
}
