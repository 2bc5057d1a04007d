import MeshKit
import Seams

/// Rollouts as people read them.
enum RolloutText {
  static func plan(_ plan: RolloutPlan, cluster: String) -> String {
    var lines = [
      "rollout of \(plan.workload) on \(cluster), commit \(plan.commit.prefix(12))",
      "  from     \(plan.stable.image)", "  to       \(plan.candidate.image)",
    ]
    var number = 0
    func step(_ text: String) {
      number += 1
      lines.append("  \(number < 10 ? " " : "")\(number). \(text)")
    }
    lines.append("steps")
    if let minimum = plan.autoscalerMinimum, minimum < plan.capacity {
      step("keep at least \(plan.capacity) stable pods (autoscaler minimum \(minimum) → \(plan.capacity))")
    }
    for (index, weight) in plan.steps.enumerated() {
      let pods = plan.canaryReplicas(for: weight)
      step("\(index == 0 ? "make" : "grow to") \(pods) canary pod\(pods == 1 ? "" : "s"), wait until ready")
      step("give the canary \(weight) of the traffic, watch for \(Clock.words(plan.bake)), judge")
    }
    if plan.holds { step("wait for a person: meshctl rollout promote \(plan.workload.name)") }
    step("update the \(plan.capacity) stable pods while the canary keeps its share")
    step("watch the new stable pods for \(Clock.words(plan.bake)), judge")
    step("give all traffic to stable, remove the canary")
    lines.append("judge")
    let judge = plan.judge
    lines.append(
      "  at least \(judge.minimumRequests) requests; success rate ≥ \(judge.successRate.minimum) and at most "
        + "\(number2(judge.successRate.maximumDrop.value)) points below stable")
    lines.append(
      "  p99 latency ≤ \(Int(judge.latency.maximum.inSeconds * 1000)) ms and at most "
        + "\(number2(judge.latency.maximumRatio)) times stable's; too little evidence is never good")
    lines.append("writes")
    lines += plan.writes.map { "  " + $0 }
    lines.append("shortest duration \(Clock.words(plan.shortestDuration)) plus the start of pods")
    return lines.joined(separator: "\n")
  }

  static func report(_ checkpoint: RolloutCheckpoint, outcome: String, cluster: String) -> String {
    let plan = checkpoint.plan
    var lines = [
      "\(plan.workload) \(outcome)", "  from     \(plan.stable.image)", "  to       \(plan.candidate.image)",
      "  run      \(plan.run) from commit \(plan.commit.prefix(12)) on \(cluster)",
    ]
    if !checkpoint.reason.isEmpty { lines.append("  reason   \(checkpoint.reason)") }
    var table = Table(["STEP", "STATE", "TOOK"])
    for step in checkpoint.steps {
      table.add([step.name, step.state.rawValue, step.duration.map(Clock.words) ?? ""])
    }
    lines.append(table.text)
    if !checkpoint.verdicts.isEmpty {
      var evidence = Table([
        "JUDGED", "RESULT", "REQUESTS", "SUCCESS", "P99", "STABLE REQUESTS", "SUCCESS", "P99",
      ])
      for verdict in checkpoint.verdicts {
        evidence.add(
          [verdict.step, verdict.result.rawValue] + numbers(verdict.subject) + numbers(verdict.baseline))
      }
      lines.append(evidence.text)
    }
    return lines.joined(separator: "\n")
  }

  /// How a rollout ended, or what it is at: the outcome is decided before the last step is done.
  static func state(_ checkpoint: RolloutCheckpoint) -> String {
    guard checkpoint.phase != .ended else { return words(checkpoint.outcome?.rawValue ?? "") }
    return "running: \(checkpoint.phase.stepName(checkpoint.plan))"
  }

  /// An outcome as people say it.
  static func words(_ outcome: String) -> String {
    outcome == RolloutCheckpoint.Outcome.rolledBack.rawValue ? "rolled back" : outcome
  }

  static func history(_ checkpoints: [RolloutCheckpoint]) -> String {
    var table = Table(["RUN", "STARTED", "FROM", "TO", "OUTCOME", "TOOK", "REASON"])
    for checkpoint in checkpoints {
      let plan = checkpoint.plan
      let isOver = checkpoint.phase == .ended
      table.add([
        String(plan.run), plan.startedAt.rfc3339, tag(plan.stable.image), tag(plan.candidate.image),
        state(checkpoint),
        isOver ? Clock.words(checkpoint.since - plan.startedAt) : "", checkpoint.reason,
      ])
    }
    return table.text
  }

  private static func numbers(_ numbers: Verdict.Numbers?) -> [String] {
    guard let numbers else { return ["-", "-", "-"] }
    return [
      String(numbers.requests), numbers.successRate.map { number2($0) + " %" } ?? "-",
      numbers.p99.map { "\(Int(($0 * 1000).rounded())) ms" } ?? "-",
    ]
  }

  private static func tag(_ image: String) -> String {
    image.split(separator: "/").last.map(String.init) ?? image
  }

  /// At most two decimals.
  private static func number2(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    let fraction = abs(hundredths % 100)
    if fraction == 0 { return "\(hundredths / 100)" }
    return "\(hundredths / 100)." + (fraction < 10 ? "0\(fraction)" : "\(fraction)")
  }
}
