import KubeClient
import MeshProcedures
import MeshSim
import Seams

/// One process of `meshctl rollout` in a scenario.
struct Process: Sendable {
  let stage: Stage
  let number: Int
  let heal: Timestamp
  let writesUntilKill: Int?

  private var scenario: Scenario { stage.scenario }

  func run(isForced: Bool) async throws -> RolloutReport {
    let clock = stage.simulation.clock
    let world = stage.simulation.world(identity: "runner-\(number)")
    let isTroubled = scenario.hasFaults && clock.now < heal
    let kill = number == 1 ? scenario.kill : nil
    let transport = FaultyTransport(
      stage.cluster.transport(), faults: isTroubled ? scenario.faults : TransportFaults(),
      seed: scenario.seed &+ UInt64(number), writesUntilKill: kill?.write ?? writesUntilKill,
      lastWrite: lastWrite(of: kill))
    let procedure = RolloutProcedure(
      client: stage.client(world, transport: transport), metrics: metrics(clock), world: world,
      events: { event in
        stage.trace?(
          "\(event.time.rfc3339Micro) process \(number): \(event.kind.rawValue) \(event.step): \(event.message)"
        )
      },
      rules: stage.rules)
    return try await withThrowingTaskGroup(of: RolloutReport?.self) { group in
      group.addTask { try await work(procedure, isForced: isForced) }
      if isTroubled {
        group.addTask {
          try await clock.sleep(until: heal)
          transport.setFaults(TransportFaults())
          return nil
        }
      }
      if scenario.hasRival, isTroubled, number == 1 {
        group.addTask {
          await rival(clock)
          return nil
        }
      }
      defer { group.cancelAll() }
      while let report = try await group.next() {
        if let report { return report }
      }
      throw ProcessKilled()
    }
  }

  private func lastWrite(of kill: Scenario.Kill?) -> FaultyTransport.LastWrite {
    switch kill?.lastWrite {
    case nil: .isDrawn
    case .isLost: .isLost
    case .lands: .lands
    case .landsAfter: .isHeldUp { stage.mail.post($0) }
    }
  }

  private func work(_ procedure: RolloutProcedure, isForced: Bool) async throws -> RolloutReport {
    do {
      return try await procedure.resume(
        Reference.workload, request: isForced ? .abort : nil, isForced: isForced)
    } catch let error as ProcedureError where error.code == .noSuchRun {
      // Nothing is open: either nothing began, or the last process was killed after its very end.
      if let last = try await procedure.status(of: Reference.workload), let outcome = last.outcome,
        last.phase == .ended
      {
        return RolloutReport(ending: .ended(outcome), checkpoint: last)
      }
      return try await procedure.run(try await procedure.plan(stage.reference.request()))
    }
  }

  /// A second job that tries to run the same rollout at the same time; it must be turned away, or take
  /// over cleanly when the first one is gone.
  private func rival(_ clock: VirtualClock) async {
    do {
      try await clock.sleep(for: .seconds(15))
      let world = stage.simulation.world(identity: "rival")
      let procedure = RolloutProcedure(
        client: stage.client(world), metrics: metrics(clock), world: world, events: { _ in },
        rules: stage.rules)
      _ = try await procedure.run(try await procedure.plan(stage.reference.request()))
    } catch {
      // Being turned away is what is expected; the checker watches what it writes.
    }
  }

  private func metrics(_ clock: VirtualClock) -> any MetricsSource {
    let source = SimulatedMetrics(cluster: stage.cluster)
    return scenario.losesMetrics
      ? LossyMetrics(source: source, until: heal, seed: scenario.seed, clock: clock) : source
  }
}

/// A metrics source that is often down or empty until things heal.
struct LossyMetrics: MetricsSource {
  let source: SimulatedMetrics
  let until: Timestamp
  let seed: UInt64
  let clock: VirtualClock

  func requests(
    namespace: String, workload: String, after start: Timestamp, to end: Timestamp
  ) async throws -> RequestSample? {
    if clock.now < until {
      var draws = SeededGenerator(seed: seed, stream: UInt64(bitPattern: clock.now.microseconds))
      if draws.chance(0.4) { throw TransportError(.unreachable, "the metrics source is down") }
      if draws.chance(0.4) { return nil }
    }
    return try await source.requests(namespace: namespace, workload: workload, after: start, to: end)
  }
}
