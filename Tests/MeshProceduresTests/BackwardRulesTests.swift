import MeshProcedures
import Testing

@Suite("A rollout on its way back and at its end")
struct BackwardRulesTests {
  typealias Sample = SampleRollout

  static let aborting = [
    RuleRow("an abort gives the traffic back first", .aborting, .running(20), "give the canary 0 %"),
    RuleRow(
      "even before the former release is back", .aborting, .promoted(50), "give the canary 0 %"),
    RuleRow(
      "but not to pods that cannot carry it", .aborting, .running(20).with { $0.stable?.ready = 3 },
      "wait: the stable version has 3 of 4 pods ready"),
    RuleRow(
      "unless the canary carries nothing any more", .aborting,
      .running(20).with {
        $0.stable?.ready = 1
        $0.canary?.ready = 0
      }, "give the canary 0 %"),
    RuleRow(
      "the former release comes back while the canary still carries", .aborting,
      .promoted(50).with { $0.stable = Sample.fleet(.candidate, ready: 2, of: 4) }, "restore"),
    RuleRow(
      "with the traffic back the former release comes back", .aborting, .promoted(0), "restore"),
    RuleRow(
      "and its pods are waited for", .aborting,
      .running(0).with { $0.stable = Sample.fleet(.stable, ready: 3, of: 4) },
      "wait: 3 of 4 stable pods are ready"),
    RuleRow("then the canary may go", .aborting, .running(0), "enter cleaning"),
    RuleRow(
      "stable pods that do not come back need a person while the canary carries", .aborting, after: 300,
      .running(20).with { $0.stable?.ready = 3 },
      "ask: the stable version has only 3 of 4 pods ready, so the canary keeps its share of the traffic"),
    RuleRow(
      "someone else's change is left alone", .aborting, .running(0).with { $0.stable?.release = .foreign },
      "enter cleaning"),
    RuleRow(
      "routes of another form are brought in order", .aborting, .running(0).with { $0.route?.canary = nil },
      "give the canary 0 %"),
  ]

  static let cleaning = [
    RuleRow("no canary goes while it has traffic", .cleaning, .running(20), "give the canary 0 %"),
    RuleRow(
      "nor does traffic go nowhere", .cleaning, .running(20).with { $0.stable?.ready = 0 },
      "wait: no stable pod is ready"),
    RuleRow("a canary without traffic goes", .cleaning, .running(0), "remove the canary"),
    RuleRow("the autoscaler gets its minimum back", .cleaning, .resting, "keep at least 2 stable pods"),
    RuleRow(
      "a minimum that a person set meanwhile stays", .cleaning, .resting.with { $0.autoscalerMinimum = 3 },
      "enter ended"),
    RuleRow(
      "an autoscaler that is gone is not missed", .cleaning, .resting.with { $0.autoscalerMinimum = nil },
      "enter ended"),
    RuleRow("what is over is over", .ended, .running(20), "finished"),
    RuleRow("even for an abort", .ended, request: .abort, .running(20), "finished"),
  ]

  static let gone = [
    RuleRow(
      "a Deployment that is gone needs a person", .judging(step: 0), .running(20).with { $0.stable = nil },
      "ask: the Deployment production/user-service is gone"),
    RuleRow(
      "a VirtualService that is gone needs a person", .aborting, .running(20).with { $0.route = nil },
      "ask: the VirtualService production/user-service is gone"),
  ]

  @Test("traffic comes before pods", arguments: aborting + cleaning + gone)
  func rule(_ row: RuleRow) {
    #expect(row.decide().gist == row.decision)
  }

  @Test("the end of the abort says how it ended and why")
  func outcome() {
    let row = RuleRow("", .aborting, .running(0), "")
    guard case .record(let next) = row.decide() else {
      Issue.record("nothing is recorded")
      return
    }
    #expect(next.outcome == .rolledBack)
    #expect(next.steps.last?.name == "remove canary")
  }
}
