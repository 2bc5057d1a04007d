/// One version of a workload, as routes name it.
public struct Subset: TopologyValue {
  /// The name.
  public var name: String
  /// The share it has while a canary runs.
  public var weight: Weight

  /// Creates a subset.
  public init(name: String, weight: Weight) {
    self.name = name
    self.weight = weight
  }
}

extension Subset: Formed {
  static let form = Form(
    "Subset", "One version of a workload, as routes name it.", blank: Self(name: "", weight: .zero)
  ) {
    FormField.required("name", \.name, .name(.label), example: "v1", "The name.")
    FormField.required(
      "weight", \.weight, .weight(), example: "80", "The share, in percent, that it has while a canary runs.")
  }

  /// The stable subset and the canary's.
  static let pair = Codec<[Subset]>.list(of: .form, unique: [Unique("subset", key: "name") { $0.name }])
    .verified { subsets, field in
      guard field.elementCount == subsets.count else { return false }
      guard subsets.count == 2 else {
        field.report(
          .invalidValue, "expected two subsets, found \(subsets.count)",
          remedy: "name the stable one first and the canary second")
        return false
      }
      let (stable, canary) = (subsets[0].weight, subsets[1].weight)
      let sum = stable.percent + canary.percent
      if sum != 100 {
        field.report(
          .contradiction, "the weights \(stable.percent) and \(canary.percent) sum to \(sum), not 100",
          remedy: "write \(canary.complement.percent) and \(canary.percent)")
      }
      return true
    }
}
