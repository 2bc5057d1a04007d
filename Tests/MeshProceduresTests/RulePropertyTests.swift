import MeshProcedures
import MeshTopology
import Seams
import Testing

@Suite("Whatever is seen in whatever phase")
struct RulePropertyTests {
  static let phases: [RolloutCheckpoint.Phase] = [
    .preparing, .shifting(step: 0), .shifting(step: 1), .judging(step: 0), .judging(step: 1), .holding,
    .promoting, .verifying, .returning, .aborting, .cleaning, .ended,
  ]

  private static let count: UInt64 = 20_000

  private func fleet(_ draws: inout SeededGenerator) -> RolloutObservation.Fleet? {
    if draws.chance(0.1) { return nil }
    let desired = Int(draws.next() % 6)
    let ready = Int(draws.next() % 6)
    let releases: [RolloutObservation.Fleet.Release] = [.stable, .candidate, .foreign]
    var fleet = SampleRollout.fleet(releases[Int(draws.next() % 3)], ready: ready, of: desired)
    fleet.isComplete = draws.chance(0.5)
    fleet.trouble = draws.chance(0.3) ? "CrashLoopBackOff" : nil
    fleet.restarts = Int(draws.next() % 5)
    return fleet
  }

  private func sample(_ draws: inout SeededGenerator) -> RequestSample? {
    if draws.chance(0.3) { return nil }
    let requests = Int(draws.next() % 400)
    return SampleRollout.requests(requests, failures: draws.chance(0.5) ? 0 : requests / 10)
  }

  private func observation(_ draws: inout SeededGenerator) -> RolloutObservation {
    let weights = SampleRollout.weights(0, 20, 50, 100, 7)
    let weight = draws.chance(0.1) ? nil : weights[Int(draws.next() % 5)]
    return RolloutObservation(
      stable: fleet(&draws), canary: fleet(&draws),
      route: draws.chance(0.05) ? nil : .init(resourceVersion: "7", canary: weight),
      autoscalerMinimum: draws.chance(0.3) ? nil : Int(draws.next() % 6),
      stableRequests: sample(&draws), canaryRequests: sample(&draws))
  }

  private func each(
    _ check: (RolloutObservation, RolloutCheckpoint, Timestamp, RolloutDecision) -> String?
  ) {
    for seed in 1...RulePropertyTests.count {
      var draws = SeededGenerator(seed: seed)
      let seen = observation(&draws)
      var checkpoint = SampleRollout.checkpoint(RulePropertyTests.phases[Int(draws.next() % 12)])
      checkpoint.request = draws.chance(0.2) ? .abort : draws.chance(0.2) ? .promote : nil
      checkpoint.plan.holds = draws.chance(0.3)
      let now = SampleRollout.start + .seconds(Int64(draws.next() % 800))
      let decision = RolloutRules.decide(seen, checkpoint, now: now)
      if let problem = check(seen, checkpoint, now, decision) {
        Issue.record("seed \(seed), \(checkpoint.phase): \(problem)\n\(decision.gist)\n\(seen)")
        return
      }
    }
  }

  @Test("no traffic goes to a canary without ready pods")
  func readinessBeforeWeight() {
    each { seen, _, _, decision in
      guard case .act(.setWeight(let weight)) = decision, weight > .zero else { return nil }
      return (seen.canary?.ready ?? 0) > 0 ? nil : "a share for a canary that has no ready pods"
    }
  }

  @Test("no traffic goes to a stable version without ready pods")
  func stableCarries() {
    each { seen, _, _, decision in
      guard case .act(.setWeight(.zero)) = decision else { return nil }
      return (seen.stable?.ready ?? 0) > 0 ? nil : "all traffic for a stable version without ready pods"
    }
  }

  @Test("the canary stays as long as it has traffic")
  func trafficBeforePods() {
    each { seen, _, _, decision in
      guard decision == .act(.deleteCanary) else { return nil }
      return seen.route?.canary == .zero
        ? nil : "the canary is removed with \(String(describing: seen.route))"
    }
  }

  @Test("only a promotion promotes, and only from the former release")
  func promotion() {
    each { seen, checkpoint, _, decision in
      guard decision == .act(.promoteTemplate) else { return nil }
      return checkpoint.phase == .promoting && seen.stable?.release == .stable ? nil : "promoted"
    }
  }

  @Test("only passed judgements lead on to a promotion and back to full traffic")
  func evidence() {
    each { _, checkpoint, _, decision in
      guard case .record(let next) = decision, next.phase != .aborting else { return nil }
      switch checkpoint.phase {
      case .judging, .verifying: return next.verdicts.last?.result == .pass ? nil : "went on without evidence"
      default: return nil
      }
    }
  }

  @Test("an abort that was asked for always leads to the abort")
  func abort() {
    each { seen, checkpoint, _, decision in
      guard checkpoint.request == .abort, seen.stable != nil, seen.route != nil else { return nil }
      switch checkpoint.phase {
      case .aborting, .cleaning, .ended: return nil
      default: break
      }
      guard case .record(let next) = decision, next.phase == .aborting, next.request == nil else {
        return "the abort is ignored"
      }
      return nil
    }
  }

  @Test("the same sight at the same time gives the same decision, and waits end in the future")
  func pure() {
    each { seen, checkpoint, now, decision in
      guard RolloutRules.decide(seen, checkpoint, now: now) == decision else { return "decided otherwise" }
      if case .wait(let until, _) = decision, until <= now { return "waits for the past" }
      return nil
    }
  }
}
