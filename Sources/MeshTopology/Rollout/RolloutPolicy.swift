/// How a new version of a workload takes over.
public struct RolloutPolicy: Hashable, Sendable {
  /// The shares of traffic that the new version gets one after the other, strictly increasing in
  /// 1...99; by default the canary subset's weight, or 20 %.
  public var steps: [Weight] = [.firstStep]
  /// How long each step is watched before it is judged; a minute by default.
  public var bake: Duration = .seconds(60)
  /// How long the new version's pods may take to become ready; 5 minutes by default.
  public var readyDeadline: Duration = .seconds(300)
  /// What the new version must show.
  public var judge = JudgePolicy()

  /// The defaults.
  public init() {}
}
