import KubeClient
import KubeModel
import MeshTopology
import Seams

/// Turns the wheel of one rollout: renew the lock, observe, decide, write one thing.
///
/// Who takes over fences first: the checkpoint and every object that a rollout changes get the new epoch,
/// and with it a new version. Whatever a former holder has still under way is bound to the version it was
/// decided on, and comes to nothing however late it lands.
struct RolloutDriver {
  private let procedure: RolloutProcedure
  private let plan: RolloutPlan
  private let store: CheckpointStore
  private let isForced: Bool
  private var lock: Lock
  private var observer: RolloutObserver
  private var isFenced = false
  /// The checkpoint as it was read last: most turns find it unchanged.
  private var known: (version: String, checkpoint: RolloutCheckpoint)?
  private var failingSince: Timestamp?
  private var lastNews = ""

  /// How long everything may fail before the run gives up and can be resumed.
  private static let outageLimit = Duration.seconds(600)

  init(
    procedure: RolloutProcedure, plan: RolloutPlan, store: CheckpointStore, lock: Lock, isForced: Bool
  ) {
    self.procedure = procedure
    self.plan = plan
    self.store = store
    self.lock = lock
    self.isForced = isForced
    observer = RolloutObserver(
      plan: plan, metrics: procedure.metrics, reader: FreshReader(client: procedure.client))
  }

  private var client: KubeClient { procedure.client }
  private var world: World { procedure.world }

  mutating func drive() async throws -> RolloutReport {
    do {
      let report = try await turnUntilOver()
      await lock.release(client)
      return report
    } catch {
      await lock.release(client)
      throw error
    }
  }

  private mutating func turnUntilOver() async throws -> RolloutReport {
    while true {
      try Task.checkCancellation()
      do {
        if let report = try await turn() { return report }
        failingSince = nil
      } catch is StaleRead {
        try await endure(
          ProcedureError(
            .unreachable, "the cluster \(client.cluster) answers with older states than it gave before",
            remedy: "look at its API server and etcd, then go on with meshctl rollout --resume"))
      } catch let error as KubeError where error.isTransient || error.code == .conflict {
        try await endure(error)
      }
    }
  }

  /// Waits out a failure that may pass.
  private mutating func endure(_ error: any Error) async throws {
    let now = world.clock.now
    let since = failingSince ?? now
    failingSince = since
    guard now - since < RolloutDriver.outageLimit else { throw error }
    tell(.warning, "", "\(error); trying again")
    try await world.clock.sleep(for: world.random.duration(in: .milliseconds(200)...(.milliseconds(1_000))))
  }

  private mutating func turn() async throws -> RolloutReport? {
    if lock.wantsRenewal(at: world.clock.now) { try await lock.renew(client, world: world) }
    let (object, checkpoint) = try await readCheckpoint()
    guard checkpoint.epoch <= lock.epoch else { throw lock.lost() }
    if checkpoint.phase != .ended {
      if checkpoint.epoch < lock.epoch {
        var taken = checkpoint
        taken.epoch = lock.epoch
        return try await record(taken, over: object, from: checkpoint)
      }
      if !isFenced { return try await fence() }
    }
    let (observation, epoch) = try await observer.observe(checkpoint, now: world.clock.now)
    guard epoch <= lock.epoch else { throw lock.lost() }
    let now = world.clock.now
    switch procedure.rules(observation, checkpoint, now) {
    case .record(let next): return try await record(next, over: object, from: checkpoint)
    case .act(let effect): return try await act(effect, observation, checkpoint, object)
    case .wait(let until, let reason):
      tell(.progress, checkpoint.phase.stepName(plan), reason)
      // Nothing is looked at before its time; only the lock is kept meanwhile.
      while world.clock.now < until {
        try await world.clock.sleep(until: min(until, lock.renewalTime))
        if lock.wantsRenewal(at: world.clock.now) { try await lock.renew(client, world: world) }
      }
    case .needsPerson(let reason):
      return RolloutReport(ending: .needsPerson(reason: reason), checkpoint: checkpoint)
    case .finished:
      try? await store.prune()
      return RolloutReport(ending: .ended(checkpoint.outcome ?? .rolledBack), checkpoint: checkpoint)
    }
    return nil
  }

  private mutating func act(
    _ effect: RolloutEffect, _ observation: RolloutObservation, _ checkpoint: RolloutCheckpoint,
    _ object: KubeObject
  ) async throws -> RolloutReport? {
    let actions = RolloutActions(
      client: client, plan: plan, lock: lock, clock: world.clock, isForced: isForced)
    do {
      if let written = try await actions.perform(effect, observation) {
        observer.reader.noteWrite(written)
      } else {
        observer.reader.noteDeletion(.deployment, namespace: plan.workload.namespace, name: plan.canaryName)
      }
      tell(.progress, checkpoint.phase.stepName(plan), describe(effect))
    } catch is LockRunsOut {
      try await lock.renew(client, world: world)  // what was observed may be old by now: look again
    } catch let error as KubeError where !error.isTransient && error.code != .conflict {
      return try await refuse(error, checkpoint, object)
    }
    return nil
  }

  /// A write that will never succeed: on the way forward the rollout turns back; on the way back a
  /// person is needed.
  private mutating func refuse(
    _ error: KubeError, _ checkpoint: RolloutCheckpoint, _ object: KubeObject
  ) async throws -> RolloutReport? {
    let owners = Set(error.conflicts.map(\.manager)).sorted().joined(separator: ", ")
    let reason =
      error.code == .applyConflict
      ? "\(owners) owns \(error.conflicts.map(\.field).joined(separator: ", ")) now (\(error.request))"
      : error.description
    switch checkpoint.phase {
    case .aborting, .cleaning, .ended:
      return RolloutReport(ending: .needsPerson(reason: reason), checkpoint: checkpoint)
    default:
      var next = checkpoint
      next.turnBack(reason, at: world.clock.now)
      return try await record(next, over: object, from: checkpoint)
    }
  }

  // MARK: Checkpoint

  private mutating func readCheckpoint() async throws -> (KubeObject, RolloutCheckpoint) {
    let name = store.name(ofRun: plan.run)
    guard
      let object = try await observer.reader.get(.configMap, namespace: plan.workload.namespace, name: name)
    else {
      throw ProcedureError(
        .noSuchRun, "the checkpoint of this rollout is gone",
        place: "ConfigMap \(plan.workload.namespace)/\(name)",
        remedy: "look at the Deployments and the VirtualService, and bring them in order by hand")
    }
    if let known, known.version == object.resourceVersion { return (object, known.checkpoint) }
    let checkpoint = try store.decode(object)
    known = (object.resourceVersion, checkpoint)
    return (object, checkpoint)
  }

  /// - Returns: `nil`: the next turn goes on from what is written down.
  private mutating func record(
    _ next: RolloutCheckpoint, over object: KubeObject, from former: RolloutCheckpoint
  ) async throws -> RolloutReport? {
    let stored = try await client.replace(
      store.object(for: next, replacing: object), kind: .configMap, manager: FieldManager.checkpoint)
    observer.reader.noteWrite(stored)
    guard next.phase != former.phase else { return nil }
    let isBad = next.phase == .aborting
    tell(
      isBad ? .decision : .stepFinished, former.phase.stepName(plan),
      next.history.last?.message ?? former.phase.stepName(plan))
    if next.phase != .ended { tell(.stepStarted, next.phase.stepName(plan), next.phase.stepName(plan)) }
    return nil
  }

  /// Gives the objects of the rollout the epoch of this tenure.
  ///
  /// - Returns: `nil`: the next turn observes what has landed before.
  private mutating func fence() async throws -> RolloutReport? {
    var objects: [ResourceKind] = [.virtualService, .deployment]
    if plan.autoscalerMinimum != nil { objects.append(.horizontalPodAutoscaler) }
    for kind in objects {
      do {
        observer.reader.noteWrite(
          try await client.mergePatch(
            kind, namespace: plan.workload.namespace, name: plan.workload.name,
            ["metadata": ["annotations": [ReleaseMark.fenceAnnotation: .string(String(lock.epoch))]]],
            manager: FieldManager.lock))
      } catch let error as KubeError where error.code == .notFound {
        continue  // the rules say what to do when it is gone
      }
    }
    isFenced = true
    return nil
  }

  // MARK: News

  private mutating func tell(_ kind: ProcedureEvent.Kind, _ step: String, _ message: String) {
    let news = step + message
    guard kind != .progress || news != lastNews else { return }
    lastNews = news
    procedure.events(ProcedureEvent(time: world.clock.now, kind: kind, step: step, message: message))
  }

  private func describe(_ effect: RolloutEffect) -> String {
    switch effect {
    case .applyCanary(let replicas): "canary Deployment with \(replicas) pods"
    case .setWeight(let weight): "canary gets \(weight) of the traffic"
    case .setAutoscalerMinimum(let minimum): "autoscaler keeps at least \(minimum) stable pods"
    case .promoteTemplate: "stable Deployment gets \(plan.candidate.image)"
    case .restoreTemplate: "stable Deployment gets \(plan.stable.image) back"
    case .deleteCanary: "canary Deployment removed"
    }
  }
}
