internal import KubeModel

/// How a new version of a workload takes over.
public struct RolloutPolicy: TopologyValue {
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

extension RolloutPolicy: Formed {
  static let form = Form("RolloutPolicy", "How a new version of a workload takes over.", blank: Self()) {
    FormField.defaulted(
      "steps", \.steps, stepsCodec,
      "The shares of traffic, in percent, that the new version gets one after the other; the canary subset's weight by default.",
      default: Self().steps, isAlwaysWritten: true)
    FormField.defaulted(
      "bake", \.bake, .duration(), "How long each step is watched before it is judged.", default: .seconds(60)
    )
    FormField.defaulted(
      "readyDeadline", \.readyDeadline, .duration(),
      "How long the new version's pods may take to become ready.",
      default: .seconds(300))
    FormField.defaulted("judge", \.judge, .form, "What the new version must show.", default: JudgePolicy())
  }

  private static let stepsCodec = Codec<[Weight]>(
    read: { readSteps($0) }, write: { .list($0.map { .scalar(.int(Int64($0.percent))) }) },
    source: { SwiftSource(list: $0.map { SwiftSource("\($0.percent)") }) },
    shape: { .list(.integer(1...99), atLeast: 1) })

  private static func readSteps(_ field: Field) -> [Weight]? {
    let elements = field.elements()
    if field.elementCount == 0 {
      field.report(
        .invalidValue, "a rollout without steps would shift no traffic",
        remedy: "give one or more, such as [20]")
    }
    var steps: [Weight] = []
    for element in elements {
      guard let step = element.weight(in: 1...99) else { return nil }
      if let last = steps.last, step <= last {
        element.report(
          .contradiction, "the step \(step.percent) does not go up from \(last.percent)",
          remedy: "write each share once, in ascending order; 100 is reached by promotion")
      }
      steps.append(step)
    }
    return steps.isEmpty ? nil : steps
  }
}
