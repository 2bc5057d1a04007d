public import KubeClient
import KubeModel
public import MeshTopology
public import Seams

/// Brings a new release of a workload into service behind a canary, or takes it back.
///
/// It is level-triggered: each turn looks at what is true, decides (`RolloutRules.decide`) and writes
/// one thing. It can be killed between any two writes and resumed by any other process.
public struct RolloutProcedure: Sendable {
  /// The rules; tests replace them to show that a broken rule is caught.
  public typealias Rules = @Sendable (RolloutObservation, RolloutCheckpoint, Timestamp) -> RolloutDecision

  let client: KubeClient
  let metrics: any MetricsSource
  let world: World
  let events: EventSink
  let rules: Rules

  /// A procedure on one cluster.
  public init(
    client: KubeClient, metrics: any MetricsSource, world: World, events: @escaping EventSink,
    rules: @escaping Rules = RolloutRules.decide
  ) {
    self.client = client
    self.metrics = metrics
    self.world = world
    self.events = events
    self.rules = rules
  }

  /// Makes the plan and changes nothing.
  ///
  /// - Throws: `ProcedureError`, `.locked` while a rollout of the workload is not over; `KubeError`.
  public func plan(_ request: RolloutRequest) async throws -> RolloutPlan {
    let workload = request.workload.reference
    _ = try await endedRuns(of: workload, in: CheckpointStore(client: client, workload: workload))
    return try await RolloutPlanner(client: client, world: world).plan(request)
  }

  /// Carries out a plan from its beginning.
  ///
  /// - Throws: `ProcedureError`: `.locked` while another rollout of the workload runs or waits,
  ///   `.invalidInput` when the plan is out of date; `KubeError`; `CancellationError` with everything
  ///   saved for `resume`.
  public func run(_ plan: RolloutPlan) async throws -> RolloutReport {
    let store = CheckpointStore(client: client, workload: plan.workload)
    let lock = try await acquireLock(
      of: plan.workload, after: try await endedRuns(of: plan.workload, in: store))
    let checkpoint: RolloutCheckpoint
    do {
      let runs = try await endedRuns(of: plan.workload, in: store)
      try await requireUpToDate(plan)
      var plan = plan
      plan.run = (runs.last?.plan.run ?? 0) + 1
      checkpoint = RolloutCheckpoint(plan: plan, epoch: lock.epoch)
      try await create(checkpoint, in: store)
    } catch {
      await lock.release(client)
      throw error
    }
    return try await drive(checkpoint.plan, store, lock, isForced: false)
  }

  /// Goes on with the rollout that was interrupted or waits.
  ///
  /// An abort also reaches a rollout that another process is running: it is written down, that process
  /// turns back, and this one waits until it is done.
  ///
  /// - Parameters:
  ///   - request: what a person decided meanwhile.
  ///   - isForced: takes fields that other managers own, such as weights that a person set.
  /// - Throws: as `run`; `.noSuchRun` when no rollout is open.
  public func resume(
    _ workload: WorkloadReference, request: RolloutCheckpoint.Request? = nil, isForced: Bool = false
  ) async throws -> RolloutReport {
    let store = CheckpointStore(client: client, workload: workload)
    if let request { try await ask(for: request, of: workload, in: store) }
    let open = try await openRun(of: workload, in: store).checkpoint
    let lock = try await acquireLock(of: workload, after: [open], outwaits: request == .abort)
    return try await drive(open.plan, store, lock, isForced: isForced)
  }

  /// The last rollout; `nil` when there was none.
  public func status(of workload: WorkloadReference) async throws -> RolloutCheckpoint? {
    try await history(of: workload).last
  }

  /// The rollouts that are kept, oldest first.
  public func history(of workload: WorkloadReference) async throws -> [RolloutCheckpoint] {
    try await CheckpointStore(client: client, workload: workload).all().map(\.checkpoint)
  }

  // MARK: Parts

  private func acquireLock(
    of workload: WorkloadReference, after runs: [RolloutCheckpoint], outwaits: Bool = false
  ) async throws -> Lock {
    try await Lock.acquire(
      client, namespace: workload.namespace, name: "rollout-\(workload.name)", world: world,
      above: runs.map(\.epoch).max() ?? 0, outwaits: outwaits)
  }

  private func endedRuns(
    of workload: WorkloadReference, in store: CheckpointStore
  ) async throws -> [RolloutCheckpoint] {
    let runs = try await store.all()
    guard let open = runs.last, open.checkpoint.phase != .ended else { return runs.map(\.checkpoint) }
    throw ProcedureError(
      .locked,
      "rollout \(open.checkpoint.plan.run) of \(workload.name) to \(open.checkpoint.plan.candidate.image) "
        + "is not over", place: open.object.reference.description,
      remedy:
        "go on with meshctl rollout \(workload.name) --resume, or end it with meshctl rollout abort "
        + workload.name)
  }

  /// What is stable must still be what the plan goes back to: else an abort would undo another rollout.
  private func requireUpToDate(_ plan: RolloutPlan) async throws {
    let live = try await client.get(
      .deployment, namespace: plan.workload.namespace, name: plan.workload.name)
    guard live.map({ RolloutObservation.Fleet($0, plan: plan).release }) == .stable else {
      throw ProcedureError(
        .invalidInput, "\(plan.workload.name) has changed since the plan was made",
        place: "Deployment \(plan.workload)",
        remedy: "make a new plan with meshctl rollout \(plan.workload.name) --plan")
    }
  }

  private func openRun(
    of workload: WorkloadReference, in store: CheckpointStore
  ) async throws -> (checkpoint: RolloutCheckpoint, object: KubeObject) {
    guard let last = try await store.all().last, last.checkpoint.phase != .ended else {
      throw ProcedureError(
        .noSuchRun, "no rollout of \(workload.name) is open", place: "Workload \(workload)",
        remedy: "start one with meshctl rollout \(workload.name)")
    }
    return last
  }

  /// Writes down what a person asks for. It needs no lock: the checkpoint's version guards it, and
  /// whoever runs the rollout reads it before each step. An abort is never taken back.
  private func ask(
    for request: RolloutCheckpoint.Request, of workload: WorkloadReference, in store: CheckpointStore
  ) async throws {
    for attempt in 1... {
      let (open, object) = try await openRun(of: workload, in: store)
      if request == .promote, open.phase != .holding || open.request == .abort {
        throw ProcedureError(
          .invalidInput,
          "rollout \(open.plan.run) of \(workload.name) does not wait for a promotion; "
            + (open.request == .abort
              ? "it is to be aborted" : "it is at \"\(open.phase.stepName(open.plan))\""),
          place: "Workload \(workload)", remedy: "go on with meshctl rollout \(workload.name) --resume")
      }
      if open.request == request { return }
      var asked = open
      asked.request = request
      do {
        _ = try await client.replace(
          store.object(for: asked, replacing: object), kind: .configMap, manager: FieldManager.checkpoint)
        return
      } catch let error as KubeError where (error.code == .conflict || error.isTransient) && attempt < 8 {
        try await world.clock.sleep(for: .milliseconds(250))
      }
    }
  }

  /// Creates the checkpoint of a new run. An earlier try that was reported failed may have created it.
  private func create(_ checkpoint: RolloutCheckpoint, in store: CheckpointStore) async throws {
    let object = store.object(for: checkpoint)
    for attempt in 1... {
      do {
        _ = try await client.create(object, kind: .configMap, manager: FieldManager.checkpoint)
        return
      } catch let error as KubeError where error.code == .alreadyExists && attempt > 1 {
        let live = try await client.get(.configMap, namespace: object.namespace, name: object.name)
        guard try live.map(store.decode) == checkpoint else { throw error }
        return
      } catch let error as KubeError where error.isTransient && attempt < 8 {
        try await world.clock.sleep(for: .milliseconds(250))
      }
    }
  }

  private func drive(
    _ plan: RolloutPlan, _ store: CheckpointStore, _ lock: Lock, isForced: Bool
  ) async throws -> RolloutReport {
    var driver = RolloutDriver(procedure: self, plan: plan, store: store, lock: lock, isForced: isForced)
    return try await driver.drive()
  }
}
