import MeshProcedures
import Seams
import Testing

/// One rule: what is seen, in which phase and how long after it began, and what follows.
struct RuleRow: CustomTestStringConvertible, Sendable {
  let rule: String
  let phase: RolloutCheckpoint.Phase
  let seconds: Int64
  let request: RolloutCheckpoint.Request?
  let holds: Bool
  let observation: RolloutObservation
  let decision: String

  init(
    _ rule: String, _ phase: RolloutCheckpoint.Phase, after seconds: Int64 = 5,
    request: RolloutCheckpoint.Request? = nil, holds: Bool = false, _ observation: RolloutObservation,
    _ decision: String
  ) {
    self.rule = rule
    self.phase = phase
    self.seconds = seconds
    self.request = request
    self.holds = holds
    self.observation = observation
    self.decision = decision
  }

  var testDescription: String { rule }

  var checkpoint: RolloutCheckpoint {
    var checkpoint = SampleRollout.checkpoint(phase)
    checkpoint.request = request
    checkpoint.plan.holds = holds
    return checkpoint
  }

  func decide() -> RolloutDecision {
    RolloutRules.decide(observation, checkpoint, now: SampleRollout.start + .seconds(seconds))
  }
}
