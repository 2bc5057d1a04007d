/// How many pods must stay when nodes are drained: a PodDisruptionBudget.
public struct DisruptionBudget: TopologyValue {
  /// The fewest pods that must stay; one of the two is given.
  public var minAvailable: Int?
  /// The most pods that may be missing.
  public var maxUnavailable: Int?

  /// One pod may be missing.
  public init() { maxUnavailable = 1 }
}

extension DisruptionBudget: Formed {
  static let form = Form(
    "DisruptionBudget", "How many pods must stay when nodes are drained.", blank: Self()
  ) {
    FormField.optional(
      "minAvailable", \.minAvailable, .integer(in: 0...5000), "The fewest pods that must stay.")
    FormField.optional(
      "maxUnavailable", \.maxUnavailable, .integer(in: 0...5000),
      "The most pods that may be missing; 1 when neither is given.",
      isNilPrinted: true)
  }.completed { budget, _ in
    if budget.minAvailable == nil { budget.maxUnavailable = budget.maxUnavailable ?? 1 }
  }.checked { budget, section in
    if budget.minAvailable != nil, budget.maxUnavailable != nil {
      section["maxUnavailable"]?.report(
        .contradiction, "minAvailable and maxUnavailable exclude each other", remedy: "keep one of them")
    }
  }
}
