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
  /// - Throws: `ProcedureError`, `KubeError`.
  public func plan(_ request: RolloutRequest) async throws -> RolloutPlan {
    try await RolloutPlanner(client: client, world: world).plan(request)
  }

  /// Carries out a plan from its beginning.
  ///
  /// - Throws: `ProcedureError`: `.locked` while another rollout of the workload runs or waits;
  ///   `KubeError`; `CancellationError` with everything saved for `resume`.
  public func run(_ plan: RolloutPlan) async throws -> RolloutReport {
    let store = CheckpointStore(client: client, workload: plan.workload)
    let lock = try await acquireLock(of: plan.workload, waits: false)
    let checkpoint: RolloutCheckpoint
    do {
      let runs = try await store.all()
      if let open = runs.last, open.checkpoint.phase != .ended {
        throw ProcedureError(
          .locked,
          "rollout \(open.checkpoint.plan.run) of \(plan.workload.name) to \(open.checkpoint.plan.candidate.image) "
            + "is not over", place: open.object.reference.description,
          remedy:
            "go on with meshctl rollout \(plan.workload.name) --resume, or end it with meshctl rollout abort "
            + plan.workload.name)
      }
      var plan = plan
      plan.run = (runs.last?.checkpoint.plan.run ?? 0) + 1
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
  /// - Parameters:
  ///   - request: what a person decided meanwhile.
  ///   - isForced: takes fields that other managers own, such as weights that a person set.
  /// - Throws: as `run`; `.noSuchRun` when no rollout is open.
  public func resume(
    _ workload: WorkloadReference, request: RolloutCheckpoint.Request? = nil, isForced: Bool = false
  ) async throws -> RolloutReport {
    let store = CheckpointStore(client: client, workload: workload)
    let open = try await openRun(of: workload, in: store)
    if request == .promote, open.phase != .holding {
      throw ProcedureError(
        .invalidInput,
        "rollout \(open.plan.run) of \(workload.name) does not wait for a promotion; it is at "
          + "\"\(open.phase.stepName(open.plan))\"", place: "Workload \(workload)",
        remedy: "go on with meshctl rollout \(workload.name) --resume")
    }
    let lock = try await acquireLock(of: workload, waits: true)
    return try await drive(open.plan, store, lock, request: request, isForced: isForced)
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

  private func acquireLock(of workload: WorkloadReference, waits: Bool) async throws -> Lock {
    try await Lock.acquire(
      client, namespace: workload.namespace, name: "rollout-\(workload.name)", world: world, waits: waits)
  }

  private func openRun(of workload: WorkloadReference, in store: CheckpointStore) async throws
    -> RolloutCheckpoint
  {
    guard let last = try await store.all().last?.checkpoint, last.phase != .ended else {
      throw ProcedureError(
        .noSuchRun, "no rollout of \(workload.name) is open", place: "Workload \(workload)",
        remedy: "start one with meshctl rollout \(workload.name)")
    }
    return last
  }

  /// Creates the checkpoint of a new run. An earlier try that was reported failed may have created it.
  private func create(_ checkpoint: RolloutCheckpoint, in store: CheckpointStore) async throws {
    for attempt in 1... {
      do {
        _ = try await client.create(
          store.object(for: checkpoint), kind: .configMap, manager: FieldManager.checkpoint)
        return
      } catch let error as KubeError where error.code == .alreadyExists && attempt > 1 {
        return
      } catch let error as KubeError where error.isTransient && attempt < 8 {
        try await world.clock.sleep(for: .milliseconds(250))
      }
    }
  }

  private func drive(
    _ plan: RolloutPlan, _ store: CheckpointStore, _ lock: Lock, request: RolloutCheckpoint.Request? = nil,
    isForced: Bool
  ) async throws -> RolloutReport {
    var driver = RolloutDriver(
      procedure: self, plan: plan, store: store, lock: lock, request: request, isForced: isForced)
    return try await driver.drive()
  }
}
