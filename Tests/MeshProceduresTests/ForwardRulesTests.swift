import MeshProcedures
import Testing

private let crashing = "CrashLoopBackOff: back-off"

@Suite("A rollout on its way forward")
struct ForwardRulesTests {
  typealias Sample = SampleRollout

  static let preparing = [
    RuleRow(
      "the autoscaler may not take capacity away", .preparing, .resting.with { $0.autoscalerMinimum = 2 },
      "keep at least 4 stable pods"),
    RuleRow("the canary is made before anything else", .preparing, .resting, "make the canary with 1 pods"),
    RuleRow(
      "a canary of another release is replaced", .preparing,
      .resting.with { $0.canary = Sample.fleet(.foreign, ready: 1, of: 1) }, "make the canary with 1 pods"),
    RuleRow(
      "pods that start are waited for", .preparing,
      .resting.with { $0.canary = Sample.fleet(.candidate, ready: 0, of: 1) },
      "wait: 0 of 1 canary pods are ready"),
    RuleRow(
      "ready pods of another release do not count", .preparing,
      .resting.with {
        $0.canary = Sample.fleet(.candidate, ready: 1, of: 1)
        $0.canary?.isComplete = false
      }, "wait: 1 of 1 canary pods are ready"),
    RuleRow(
      "a canary that is ready may get traffic", .preparing, .running(0), "enter shifting of step 0"),
    RuleRow(
      "pods that crash again and again end the rollout early", .preparing,
      .resting.with {
        $0.canary = Sample.fleet(.candidate, ready: 0, of: 1)
        $0.canary?.trouble = crashing
        $0.canary?.restarts = 3
      }, "roll back: the canary's pods do not start: \(crashing)"),
    RuleRow(
      "pods that are not ready in time end the rollout", .preparing, after: 300,
      .resting.with { $0.canary = Sample.fleet(.candidate, ready: 0, of: 1) },
      "roll back: the canary had only 0 of 1 pods ready after 300 s"),
    RuleRow(
      "a Deployment that someone changed is not built upon", .preparing,
      .resting.with { $0.stable?.release = .foreign }, "roll back: someone else changed the Deployment"),
    RuleRow(
      "weights that someone set are not built upon", .preparing, .running(30),
      "roll back: someone else gave the canary 30 % of the traffic instead of 0 %"),
    RuleRow(
      "routes of another form are not built upon", .preparing, .running(0).with { $0.route?.canary = nil },
      "roll back: someone else changed the routes of the VirtualService"),
  ]

  static let shifting = [
    RuleRow(
      "a ready canary gets its share", .shifting(step: 0), .running(0), "give the canary 20 %"),
    RuleRow(
      "a larger share takes more pods first", .shifting(step: 1),
      .running(20).with { $0.canary = Sample.fleet(.candidate, ready: 1, of: 1) },
      "make the canary with 2 pods"),
    RuleRow(
      "and waits for them", .shifting(step: 1),
      .running(20).with { $0.canary = Sample.fleet(.candidate, ready: 1, of: 2) },
      "wait: 1 of 2 canary pods are ready"),
    RuleRow(
      "no share while stable could not take it back", .shifting(step: 0),
      .running(0).with { $0.stable?.ready = 3 }, "wait: the stable version has 3 of 4 pods ready"),
    RuleRow(
      "fewer stable pods are enough when a person asked for fewer", .shifting(step: 0),
      .running(0).with { $0.stable = Sample.fleet(.stable, ready: 2, of: 2) }, "give the canary 20 %"),
    RuleRow(
      "a stable version that does not recover ends the rollout", .shifting(step: 0), after: 300,
      .running(0).with { $0.stable?.ready = 3 }, "roll back: the stable version has only 3 of 4 pods ready"),
    RuleRow(
      "a share that is there is not written again", .shifting(step: 0), .running(20),
      "enter judging of step 0"),
    RuleRow(
      "a canary that lost its pods while it carries traffic ends the rollout", .shifting(step: 1),
      .running(20).with { $0.canary?.ready = 0 }, "roll back: the canary has no ready pod left"),
    RuleRow(
      "a share that nobody asked for ends the rollout", .shifting(step: 1), .running(35),
      "roll back: someone else gave the canary 35 % of the traffic instead of 20 %"),
  ]

  static let promoting = [
    RuleRow("a good release becomes stable while the canary carries", .promoting, .running(50), "promote"),
    RuleRow(
      "the new stable pods are waited for", .promoting,
      .promoted(50).with { $0.stable?.ready = 3 }.with {
        $0.stable?.isComplete = false
      }, "wait: 3 of 4 stable pods are ready"),
    RuleRow("and then watched", .promoting, .promoted(50), "enter verifying"),
    RuleRow(
      "new stable pods that crash end the rollout", .promoting,
      .promoted(50).with {
        $0.stable = Sample.fleet(.candidate, ready: 3, of: 4)
        $0.stable?.trouble = crashing
        $0.stable?.restarts = 3
      }, "roll back: the new stable pods do not start: \(crashing)"),
    RuleRow(
      "new stable pods that are late end the rollout", .promoting, after: 300,
      .promoted(50).with { $0.stable = Sample.fleet(.candidate, ready: 3, of: 4) },
      "roll back: the new stable pods were not ready in time"),
    RuleRow(
      "nothing is promoted over someone else's change", .promoting,
      .running(50).with { $0.stable?.release = .foreign }, "roll back: someone else changed the Deployment"),
    RuleRow(
      "nothing is promoted without the canary's share", .promoting, .running(0),
      "roll back: someone else gave the canary 0 % of the traffic instead of 50 %"),
    RuleRow(
      "nothing is promoted without the canary", .promoting, .running(50).with { $0.canary = nil },
      "roll back: the canary's Deployment is gone"),
  ]

  static let returning = [
    RuleRow("a verified release gets all traffic", .returning, .promoted(50), "give the canary 0 %"),
    RuleRow(
      "but only when it can carry it", .returning,
      .promoted(50).with { $0.stable = Sample.fleet(.candidate, ready: 3, of: 4) },
      "wait: 3 of 4 stable pods are ready"),
    RuleRow(
      "unless the canary carries nothing any more", .returning,
      .promoted(50).with {
        $0.stable = Sample.fleet(.candidate, ready: 3, of: 4)
        $0.canary?.ready = 0
      }, "give the canary 0 %"),
    RuleRow(
      "a stable version that does not recover ends the rollout", .returning, after: 300,
      .promoted(50).with { $0.stable = Sample.fleet(.candidate, ready: 3, of: 4) },
      "roll back: the new stable pods became unready"),
    RuleRow(
      "a Deployment that someone changed is not trusted", .returning, .running(50),
      "roll back: someone else changed the Deployment"),
    RuleRow("with all traffic there the canary may go", .returning, .promoted(0), "enter cleaning"),
  ]

  @Test("each phase knows what to do next", arguments: preparing + shifting + promoting + returning)
  func rule(_ row: RuleRow) {
    #expect(row.decide().gist == row.decision)
  }
}
