public import MeshTopology
public import Seams

/// What a rollout does next.
public enum RolloutDecision: Hashable, Sendable {
  /// Writes down what comes next, before doing it.
  case record(RolloutCheckpoint)
  /// Changes one object.
  case act(RolloutEffect)
  /// Looks again at `until`, or earlier; `reason` tells what it waits for.
  case wait(until: Timestamp, reason: String)
  /// Ends this process' part: a person has to say how to go on.
  case needsPerson(reason: String)
  /// Is over.
  case finished
}

/// One idempotent write.
public enum RolloutEffect: Hashable, Sendable {
  /// Makes the canary's Deployment, or gives it this many replicas.
  case applyCanary(replicas: Int)
  /// Gives the canary this share of traffic.
  case setWeight(Weight)
  /// Raises or lowers the autoscaler's `minReplicas`.
  case setAutoscalerMinimum(Int)
  /// Gives the stable Deployment the candidate's template.
  case promoteTemplate
  /// Gives the stable Deployment its former template.
  case restoreTemplate
  /// Deletes the canary's Deployment.
  case deleteCanary
}

/// The rules of a rollout: a pure function from what is true, what is written down and the time, to
/// what to do next. Every invariant of `Docs/rollout.md` is kept here.
public enum RolloutRules {
  /// How long to wait before looking again at pods that start.
  static let readinessInterval = Duration.seconds(2)
  /// How long to wait before looking again while watching.
  static let watchInterval = Duration.seconds(10)
  /// A container that was restarted this often is not going to run.
  static let restartLimit = 3

  /// Decides.
  public static func decide(
    _ observation: RolloutObservation, _ checkpoint: RolloutCheckpoint, now: Timestamp
  ) -> RolloutDecision {
    let turn = Turn(observation: observation, checkpoint: checkpoint, now: now)
    if case .ended = checkpoint.phase { return .finished }
    guard let stable = observation.stable, let route = observation.route else {
      let missing = observation.stable == nil ? "Deployment" : "VirtualService"
      return .needsPerson(reason: "the \(missing) \(checkpoint.plan.workload) is gone")
    }
    if checkpoint.request == .abort, let decision = turn.abortIfAsked() { return decision }
    switch checkpoint.phase {
    case .preparing: return turn.prepare(stable, route)
    case .shifting(let step): return turn.shift(to: step, stable, route)
    case .judging(let step): return turn.judge(step, stable, route)
    case .holding: return turn.hold(stable, route)
    case .promoting: return turn.promote(stable, route)
    case .verifying: return turn.verify(stable, route)
    case .returning: return turn.returnTraffic(stable, route)
    case .aborting: return turn.abort(stable, route)
    case .cleaning: return turn.clean(stable, route)
    case .ended: return .finished
    }
  }
}

/// One turn of the rules.
struct Turn {
  let observation: RolloutObservation
  let checkpoint: RolloutCheckpoint
  let now: Timestamp

  typealias Fleet = RolloutObservation.Fleet
  typealias Route = RolloutObservation.Route

  var plan: RolloutPlan { checkpoint.plan }
  private var isLate: Bool { now >= checkpoint.since + plan.readyDeadline }

  // MARK: Forward

  func prepare(_ stable: Fleet, _ route: Route) -> RolloutDecision {
    if let intervention = intervention(stable, route, expected: .zero) { return fail(intervention) }
    if let minimum = observation.autoscalerMinimum, minimum < plan.capacity {
      return .act(.setAutoscalerMinimum(plan.capacity))
    }
    let replicas = plan.canaryReplicas(for: plan.weight(ofStep: 0))
    if let decision = makeReady(replicas) { return decision }
    return enter(.shifting(step: 0), "the canary has \(replicas) ready pods")
  }

  func shift(to step: Int, _ stable: Fleet, _ route: Route) -> RolloutDecision {
    let weight = plan.weight(ofStep: step)
    let former = step > 0 ? plan.weight(ofStep: step - 1) : .zero
    if let intervention = intervention(stable, route, expected: route.canary == weight ? weight : former) {
      return fail(intervention)
    }
    if let carried = route.canary, carried > .zero, let trouble = canaryTrouble(carrying: carried, route) {
      return fail(trouble)
    }
    if route.canary != weight {
      if let decision = makeReady(plan.canaryReplicas(for: weight)) { return decision }
      guard stable.ready >= needed(stable) else {
        if isLate {
          return fail("the stable version has only \(stable.ready) of \(needed(stable)) pods ready")
        }
        return wait("the stable version has \(stable.ready) of \(needed(stable)) pods ready")
      }
      return .act(.setWeight(weight))
    }
    return enter(.judging(step: step), "the canary has \(weight) of the traffic")
  }

  func judge(_ step: Int, _ stable: Fleet, _ route: Route) -> RolloutDecision {
    if let problem = problem(stable, route, expected: plan.weight(ofStep: step)) { return fail(problem) }
    guard
      let verdict = verdict(
        observation.canaryRequests, against: observation.stableRequests, isRelative: true)
    else { return watch(until: plan.bake) }
    switch verdict.result {
    case .fail: return fail(verdict.reason, verdict)
    case .inconclusive: return extend(verdict)
    case .pass:
      if step + 1 < plan.steps.count { return enter(.shifting(step: step + 1), verdict.reason, verdict) }
      return enter(plan.holds ? .holding : .promoting, verdict.reason, verdict)
    }
  }

  func hold(_ stable: Fleet, _ route: Route) -> RolloutDecision {
    let weight = plan.weight(ofStep: plan.steps.count - 1)
    if let problem = problem(stable, route, expected: weight) { return fail(problem) }
    if checkpoint.request == .promote { return enter(.promoting, "a person approved the promotion") }
    return .needsPerson(reason: "the canary was judged good at \(weight); promote or abort it")
  }

  func promote(_ stable: Fleet, _ route: Route) -> RolloutDecision {
    let weight = plan.weight(ofStep: plan.steps.count - 1)
    if stable.release == .foreign { return fail("someone else changed the Deployment") }
    if let trouble = canaryTrouble(carrying: weight, route) { return fail(trouble) }
    guard stable.release == .candidate else { return .act(.promoteTemplate) }
    if stable.isComplete, stable.ready >= needed(stable) {
      return enter(.verifying, "\(stable.ready) stable pods run the new release")
    }
    if let trouble = hopeless(stable) { return fail("the new stable pods do not start: \(trouble)") }
    if isLate { return fail("the new stable pods were not ready in time\(suffix(stable.trouble))") }
    return wait("\(stable.ready) of \(stable.desired) stable pods are ready")
  }

  func verify(_ stable: Fleet, _ route: Route) -> RolloutDecision {
    if stable.release != .candidate { return fail("someone else changed the Deployment") }
    if let trouble = canaryTrouble(carrying: plan.weight(ofStep: plan.steps.count - 1), route) {
      return fail(trouble)
    }
    guard let verdict = verdict(observation.stableRequests, against: nil, isRelative: false) else {
      return watch(until: plan.bake)
    }
    switch verdict.result {
    case .fail: return fail(verdict.reason, verdict)
    case .inconclusive: return extend(verdict)
    case .pass: return enter(.returning, verdict.reason, verdict)
    }
  }

  func returnTraffic(_ stable: Fleet, _ route: Route) -> RolloutDecision {
    if stable.release != .candidate { return fail("someone else changed the Deployment") }
    if route.canary == .zero {
      var next = checkpoint
      next.outcome = .promoted
      next.note("all traffic goes to the new release", at: now)
      next.enter(.cleaning, at: now)
      return .record(next)
    }
    if isCanaryUseless(beside: stable) { return .act(.setWeight(.zero)) }
    // The canary goes on carrying its share until the stable side can carry all of it.
    guard stable.isComplete, stable.ready >= needed(stable) else {
      if isLate { return fail("the new stable pods became unready\(suffix(stable.trouble))") }
      return wait("\(stable.ready) of \(stable.desired) stable pods are ready")
    }
    return .act(.setWeight(.zero))
  }

  // MARK: Back

  func abort(_ stable: Fleet, _ route: Route) -> RolloutDecision {
    // Traffic first: to pods that are there, and all of it only when they can carry it.
    if route.canary != .zero, stable.ready >= needed(stable) || isCanaryUseless(beside: stable) {
      return .act(.setWeight(.zero))
    }
    if stable.release == .candidate { return .act(.restoreTemplate) }
    guard route.canary == .zero else {
      if isLate {
        return .needsPerson(
          reason:
            "the stable version has only \(stable.ready) of \(needed(stable)) pods ready, so the canary "
            + "keeps its share of the traffic\(suffix(stable.trouble))")
      }
      return wait("the stable version has \(stable.ready) of \(needed(stable)) pods ready")
    }
    if stable.release == .stable, !stable.isComplete, !isLate {
      return wait("\(stable.ready) of \(stable.desired) stable pods are ready")
    }
    var next = checkpoint
    next.outcome = .rolledBack
    next.note("all traffic goes to the former release", at: now)
    next.enter(.cleaning, at: now)
    return .record(next)
  }

  func clean(_ stable: Fleet, _ route: Route) -> RolloutDecision {
    if route.canary != .zero {
      guard stable.ready > 0 else { return wait("no stable pod is ready") }
      return .act(.setWeight(.zero))
    }
    if observation.canary != nil { return .act(.deleteCanary) }
    // Another minimum than the rollout's own is a person's, who knows better.
    if let minimum = plan.autoscalerMinimum, minimum < plan.capacity,
      observation.autoscalerMinimum == plan.capacity
    {
      return .act(.setAutoscalerMinimum(minimum))
    }
    var next = checkpoint
    next.note(next.outcome == .promoted ? "promoted" : "rolled back", at: now)
    next.enter(.ended, at: now)
    return .record(next)
  }

  /// Turns to the abort when a person asked for it, as long as there is something to turn back.
  func abortIfAsked() -> RolloutDecision? {
    switch checkpoint.phase {
    case .aborting, .cleaning, .ended: nil
    default: fail("a person asked for it")
    }
  }

  // MARK: Parts

  /// What is to be done until the canary has `replicas` ready pods; `nil` when it has.
  private func makeReady(_ replicas: Int) -> RolloutDecision? {
    guard let canary = observation.canary, canary.desired >= replicas, canary.release == .candidate else {
      return .act(.applyCanary(replicas: replicas))
    }
    // Complete: a pod of another release that a former run has left behind does not count.
    if canary.ready >= replicas, canary.isComplete { return nil }
    if let trouble = hopeless(canary) { return fail("the canary's pods do not start: \(trouble)") }
    if isLate {
      return fail(
        "the canary had only \(canary.ready) of \(replicas) pods ready after "
          + "\(Int(plan.readyDeadline.inSeconds)) s\(suffix(canary.trouble))")
    }
    return wait("\(canary.ready) of \(replicas) canary pods are ready\(suffix(canary.trouble))")
  }

  /// The stable pods that can carry all traffic: as many as at the start, unless a person has asked for
  /// fewer meanwhile, which a rollout does not overrule.
  private func needed(_ stable: Fleet) -> Int { min(plan.capacity, max(1, stable.desired)) }

  /// Whether the canary's share is lost anyway while stable pods are there.
  private func isCanaryUseless(beside stable: Fleet) -> Bool {
    (observation.canary?.ready ?? 0) == 0 && stable.ready > 0
  }

  /// What keeps a fleet from ever getting ready.
  private func hopeless(_ fleet: Fleet) -> String? {
    fleet.restarts >= RolloutRules.restartLimit && fleet.ready < fleet.desired ? fleet.trouble : nil
  }

  /// What someone else did to the objects.
  private func intervention(_ stable: Fleet, _ route: Route, expected: Weight) -> String? {
    if stable.release != .stable { return "someone else changed the Deployment" }
    guard let canary = route.canary else { return "someone else changed the routes of the VirtualService" }
    guard canary == expected else {
      return "someone else gave the canary \(canary) of the traffic instead of \(expected)"
    }
    return nil
  }

  /// What speaks against going on while the canary carries `weight`.
  private func problem(_ stable: Fleet, _ route: Route, expected weight: Weight) -> String? {
    intervention(stable, route, expected: weight) ?? canaryTrouble(carrying: weight, route)
  }

  private func canaryTrouble(carrying weight: Weight, _ route: Route) -> String? {
    guard let canary = observation.canary else { return "the canary's Deployment is gone" }
    guard canary.ready > 0 else { return "the canary has no ready pod left\(suffix(canary.trouble))" }
    guard let actual = route.canary else { return "someone else changed the routes of the VirtualService" }
    guard actual == weight else {
      return "someone else gave the canary \(actual) of the traffic instead of \(weight)"
    }
    return nil
  }

  /// The judgement over the whole phase; `nil` before its time has come.
  private func verdict(_ subject: RequestSample?, against baseline: RequestSample?, isRelative: Bool)
    -> Verdict?
  {
    guard now >= checkpoint.since + plan.bake else { return nil }
    let (result, reason) = Judge.judge(subject, against: baseline, isRelative: isRelative, policy: plan.judge)
    return Verdict(
      step: checkpoint.phase.stepName(plan), result: result, reason: reason, time: now,
      window: now - checkpoint.since, subject: subject.map(Verdict.Numbers.init),
      baseline: baseline.map(Verdict.Numbers.init))
  }

  /// Watches an inconclusive step further, as long as the patience lasts.
  private func extend(_ verdict: Verdict) -> RolloutDecision {
    guard now < checkpoint.since + plan.bake + plan.judge.patience else {
      return fail("no evidence that the new release is good: \(verdict.reason)", verdict)
    }
    return .wait(until: now + RolloutRules.watchInterval, reason: "inconclusive: \(verdict.reason)")
  }

  private func watch(until bake: Duration) -> RolloutDecision {
    let end = checkpoint.since + bake
    let left = Int((end - now).inSeconds.rounded(.up))
    return .wait(until: min(end, now + RolloutRules.watchInterval), reason: "watching for \(left) s more")
  }

  private func wait(_ reason: String) -> RolloutDecision {
    .wait(until: now + RolloutRules.readinessInterval, reason: reason)
  }

  private func enter(
    _ phase: RolloutCheckpoint.Phase, _ note: String, _ verdict: Verdict? = nil
  ) -> RolloutDecision {
    var next = checkpoint
    next.request = nil
    next.remember(verdict)
    next.note(note, at: now)
    next.enter(phase, at: now)
    return .record(next)
  }

  private func fail(_ reason: String, _ verdict: Verdict? = nil) -> RolloutDecision {
    var next = checkpoint
    next.remember(verdict)
    next.turnBack(reason, at: now)
    return .record(next)
  }

  private func suffix(_ trouble: String?) -> String { trouble.map { " (\($0))" } ?? "" }
}

extension RolloutCheckpoint {
  fileprivate mutating func remember(_ verdict: Verdict?) {
    guard let verdict else { return }
    verdicts.append(verdict)
    if verdicts.count > RolloutCheckpoint.historyLimit { verdicts.removeFirst() }
  }
}
