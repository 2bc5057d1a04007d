import MeshProcedures
import MeshTopology
import Seams
import Testing

@testable import RolloutSimulation

/// Rules with a bug, made from the right ones. Each must be caught by the invariants.
enum PlantedBug: String, CaseIterable, CustomTestStringConvertible {
  case weightBeforeReadiness = "weight before readiness"
  case promotionWithoutEvidence = "no evidence counted as good"
  case unverifiedStable = "promotion without a verified stable"
  case podsBeforeTraffic = "an abort that removes pods first"
  case trafficBeforePods = "an abort that sends traffic before the stable version is restored"
  case trafficToUnreadyStable = "full traffic to a new stable version that is not ready"
  case abortWithoutRestoring = "an abort that leaves the new release"
  case promotionWithoutCanary = "a promotion after the canary's share was taken away"
  case forgottenCanary = "a clean-up that forgets the canary"
  case forgottenMinimum = "a clean-up that forgets the autoscaler"
  case blindToJudgement = "a failed judgement that is ignored"

  var testDescription: String { rawValue }

  var rules: RolloutProcedure.Rules {
    { seen, checkpoint, now in
      let right = RolloutRules.decide(seen, checkpoint, now: now)
      func next(_ phase: RolloutCheckpoint.Phase) -> RolloutDecision {
        var next = checkpoint
        next.phase = phase
        next.since = now
        return .record(next)
      }
      switch (self, checkpoint.phase) {
      case (.weightBeforeReadiness, .preparing), (.weightBeforeReadiness, .shifting):
        return RolloutRules.decide(seen.pretending(\.canary), checkpoint, now: now)
      case (.promotionWithoutEvidence, .judging):
        guard case .wait(_, let reason) = right, reason.hasPrefix("inconclusive") else { return right }
        return next(.promoting)
      case (.unverifiedStable, .promoting):
        guard case .record(let next) = right, next.phase == .verifying else { return right }
        var skipping = next
        skipping.phase = .returning
        return .record(skipping)
      case (.podsBeforeTraffic, .aborting): return seen.canary == nil ? right : .act(.deleteCanary)
      case (.trafficBeforePods, .aborting):
        return seen.route?.canary == .zero ? right : .act(.setWeight(.zero))
      case (.trafficToUnreadyStable, .promoting):
        guard seen.stable?.release == .candidate else { return right }
        return seen.route?.canary == .zero ? next(.cleaning) : .act(.setWeight(.zero))
      case (.abortWithoutRestoring, .aborting):
        return right == .act(.restoreTemplate) ? next(.cleaning) : right
      case (.promotionWithoutCanary, .promoting):
        guard seen.stable?.release == .stable else { return right }
        return seen.route?.canary == .zero ? .act(.promoteTemplate) : .act(.setWeight(.zero))
      case (.forgottenCanary, .cleaning): return right == .act(.deleteCanary) ? next(.ended) : right
      case (.forgottenMinimum, .cleaning):
        guard case .act(.setAutoscalerMinimum) = right else { return right }
        return next(.ended)
      case (.blindToJudgement, .judging):
        guard case .record(let failed) = right, failed.verdicts.last?.result == .fail else { return right }
        return next(.promoting)
      default: return right
      }
    }
  }
}

extension RolloutObservation {
  /// What one would see if all pods of a fleet were ready.
  func pretending(_ fleet: WritableKeyPath<RolloutObservation, Fleet?>) -> RolloutObservation {
    var seen = self
    seen[keyPath: fleet]?.ready = self[keyPath: fleet]?.desired ?? 0
    seen[keyPath: fleet]?.isComplete = true
    return seen
  }
}

@Suite("Planted bugs")
struct PlantedBugTests {
  @Test("are caught within 1,000 seeds", arguments: PlantedBug.allCases)
  func isCaught(_ bug: PlantedBug) throws {
    var soak = Soak(first: 1, count: 1_000)
    soak.rules = bug.rules
    soak.stopsAtFailure = true
    let failure = try #require(
      soak.run().failures.min { $0.seed < $1.seed }, "\(bug.rawValue) was not caught")
    print("\(bug.rawValue): caught by seed \(failure.seed): \(failure.violations.first ?? "")")
  }
}
