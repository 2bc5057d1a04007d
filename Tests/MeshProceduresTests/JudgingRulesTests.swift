import MeshProcedures
import Testing

@Suite("A rollout that watches and waits for people")
struct JudgingRulesTests {
  typealias Sample = SampleRollout

  /// A canary of the last step, with what both sides' requests show.
  private static func watched(
    canary: RequestSample?, stable: RequestSample? = Sample.requests(1_000)
  ) -> RolloutObservation {
    .running(50).with {
      $0.canaryRequests = canary
      $0.stableRequests = stable
    }
  }

  private static let good = watched(canary: Sample.requests(1_000))

  static let judging = [
    RuleRow(
      "nothing is judged before its time", .judging(step: 1), after: 59, good, "wait: watching for 1 s more"),
    RuleRow(
      "a good step leads to the next one", .judging(step: 0), after: 60,
      good.with { $0.route?.canary = Sample.weights(20)[0] }, "enter shifting of step 1"),
    RuleRow("a good last step leads to the promotion", .judging(step: 1), after: 60, good, "enter promoting"),
    RuleRow(
      "or to a person when that is wanted", .judging(step: 1), after: 60, holds: true, good, "enter holding"),
    RuleRow(
      "a bad step ends the rollout", .judging(step: 1), after: 60,
      watched(canary: Sample.requests(1_000, failures: 20)),
      "roll back: success rate 98.00 % is below 99.00 %; success rate 98.00 % is 2.00 points below stable's "
        + "100.00 %"),
    RuleRow(
      "no evidence is watched further", .judging(step: 1), after: 60, watched(canary: nil),
      "wait: inconclusive: no requests were measured"),
    RuleRow(
      "too little evidence is watched further", .judging(step: 1), after: 359,
      watched(canary: Sample.requests(99)),
      "wait: inconclusive: only 99 requests were measured; 100 are needed"),
    RuleRow(
      "no evidence is not good evidence", .judging(step: 1), after: 360, watched(canary: nil),
      "roll back: no evidence that the new release is good: no requests were measured"),
    RuleRow(
      "nothing to compare with is no evidence", .judging(step: 1), after: 360,
      watched(canary: Sample.requests(1_000), stable: Sample.requests(5)),
      "roll back: no evidence that the new release is good: the stable version had too few requests to "
        + "compare with"),
    RuleRow(
      "a canary without pods is not waited for", .judging(step: 1), after: 5,
      good.with { $0.canary?.ready = 0 }, "roll back: the canary has no ready pod left"),
    RuleRow(
      "a canary that was deleted ends the rollout", .judging(step: 1), good.with { $0.canary = nil },
      "roll back: the canary's Deployment is gone"),
    RuleRow(
      "a weight that someone changed ends the rollout", .judging(step: 0), after: 60, good,
      "roll back: someone else gave the canary 50 % of the traffic instead of 20 %"),
  ]

  static let holding = [
    RuleRow(
      "a person decides", .holding, after: 90_000, holds: true, good,
      "ask: the canary was judged good at 50 %; promote or abort it"),
    RuleRow("a promotion goes on", .holding, request: .promote, holds: true, good, "enter promoting"),
    RuleRow(
      "an abort turns back", .holding, request: .abort, holds: true, good, "roll back: a person asked for it"),
    RuleRow(
      "a canary that broke meanwhile is not promoted", .holding, request: .promote, holds: true,
      good.with { $0.canary?.ready = 0 }, "roll back: the canary has no ready pod left"),
  ]

  private static func verified(_ stable: RequestSample?) -> RolloutObservation {
    .promoted(50).with { $0.stableRequests = stable }
  }

  static let verifying = [
    RuleRow(
      "the new stable version is watched as well", .verifying, after: 30, verified(nil),
      "wait: watching for 30 s more"),
    RuleRow(
      "a verified release gets the traffic", .verifying, after: 60, verified(Sample.requests(500)),
      "enter returning"),
    RuleRow(
      "a release that is bad as stable goes back", .verifying, after: 60,
      verified(Sample.requests(500, failures: 50)),
      "roll back: success rate 90.00 % is below 99.00 %"),
    RuleRow(
      "a release without requests is not verified", .verifying, after: 60, verified(nil),
      "wait: inconclusive: no requests were measured"),
    RuleRow(
      "and goes back in the end", .verifying, after: 360, verified(nil),
      "roll back: no evidence that the new release is good: no requests were measured"),
    RuleRow(
      "a Deployment that someone changed is not verified", .verifying, after: 60,
      verified(Sample.requests(500)).with { $0.stable?.release = .foreign },
      "roll back: someone else changed the Deployment"),
    RuleRow(
      "a canary that lost its pods ends the rollout", .verifying,
      verified(nil).with { $0.canary?.ready = 0 }, "roll back: the canary has no ready pod left"),
  ]

  @Test("evidence decides", arguments: judging + holding + verifying)
  func rule(_ row: RuleRow) {
    #expect(row.decide().gist == row.decision)
  }

  @Test("what was judged is written down with its numbers")
  func verdict() throws {
    let row = RuleRow("", .judging(step: 1), after: 60, JudgingRulesTests.good, "")
    guard case .record(let next) = row.decide() else {
      Issue.record("nothing is recorded")
      return
    }
    let verdict = try #require(next.verdicts.last)
    #expect(verdict.step == "judge at 50 %")
    #expect(verdict.result == .pass)
    #expect(verdict.window == .seconds(60))
    #expect(verdict.subject?.requests == 1_000)
    #expect(verdict.baseline?.requests == 1_000)
  }
}
