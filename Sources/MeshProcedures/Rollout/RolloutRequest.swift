public import MeshTopology

/// What a person or a pipeline asks a rollout for.
public struct RolloutRequest: Sendable {
  /// The workload as the commit declares it.
  public var workload: Workload
  /// The whole system as the commit declares it.
  public var topology: Topology
  /// The commit.
  public var commit: String
  /// The image to roll out; `nil` for the one the commit declares.
  public var image: ImageReference?
  /// The canary's shares; `nil` for what the workload's policy says.
  public var steps: [Weight]?
  /// Whether to wait for a person after the last step.
  public var holds: Bool

  /// A rollout of what the commit declares, by the workload's policy.
  public init(workload: Workload, topology: Topology, commit: String) {
    self.workload = workload
    self.topology = topology
    self.commit = commit
    holds = false
  }

  /// Checks shares given by hand: strictly increasing, each in 1…99.
  ///
  /// - Throws: `ProcedureError` with `.invalidInput`.
  public static func steps(_ percents: [Int], option: String) throws -> [Weight] {
    func wrong(_ text: String) -> ProcedureError {
      ProcedureError(
        .invalidInput, text, place: option,
        remedy: "give whole percents from 1 to 99, each larger than the one before, such as --steps 5,20,50")
    }
    guard !percents.isEmpty else { throw wrong("no weight is given") }
    let weights = try percents.map { percent -> Weight in
      guard (1...99).contains(percent), let weight = Weight(percent: percent) else {
        throw wrong("the weight \(percent) is not between 1 and 99")
      }
      return weight
    }
    for (former, next) in zip(weights, weights.dropFirst()) where next <= former {
      throw wrong("the weights do not increase: \(next.percent) follows \(former.percent)")
    }
    return weights
  }
}
