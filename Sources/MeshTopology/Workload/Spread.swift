/// How a workload's pods are spread over nodes and zones.
public struct Spread: TopologyValue {
  /// How much the spreading counts.
  public enum Strictness: String, Hashable, Sendable, CaseIterable {
    /// It is not looked at.
    case none
    /// Pods are spread as far as there is room.
    case preferred
    /// A pod that cannot be spread is not started.
    case required
  }

  /// Over the zones of the region; `preferred` by default.
  public var zones: Strictness = .preferred
  /// Over the nodes; `preferred` by default.
  public var nodes: Strictness = .preferred

  /// The defaults.
  public init() {}
}

extension Spread: Formed {
  static let form = Form("Spread", "How a workload's pods are spread.", blank: Self()) {
    FormField.defaulted("zones", \.zones, .choice, "Over the zones of the region.", default: .preferred)
    FormField.defaulted("nodes", \.nodes, .choice, "Over the nodes.", default: .preferred)
  }
}
