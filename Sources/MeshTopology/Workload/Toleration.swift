/// A taint of nodes that a workload's pods put up with.
public struct Toleration: TopologyValue {
  /// The taint's key; every key by default.
  public var key: String?
  /// The taint's value; every value by default.
  public var value: String?
  /// The taint's effect; every effect by default.
  public var effect: NodePool.Taint.Effect?

  /// Every taint.
  public init() {}
}

extension Toleration {
  /// Whether pods with this put up with `taint`.
  public func tolerates(_ taint: NodePool.Taint) -> Bool {
    (key == nil || key == taint.key) && (value == nil || value == taint.value)
      && (effect == nil || effect == taint.effect)
  }
}

extension Toleration: Formed {
  static let form = Form("Toleration", "A taint of nodes that the pods put up with.", blank: Self()) {
    FormField.optional("key", \.key, .text(), "The taint's key; every key by default.")
    FormField.optional("value", \.value, .text(), "The taint's value; every value by default.")
    FormField.optional("effect", \.effect, .choice, "The taint's effect; every effect by default.")
  }.checked { toleration, section in
    if toleration.key == nil {
      section["value"]?.report(
        .contradiction, "a value without a key, which Kubernetes refuses",
        remedy: "add key: with the taint's key, or remove value")
    }
  }
}
