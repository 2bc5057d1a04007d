import KubeClient
import KubeModel
public import MeshProcedures
import MeshSim
import MeshTopology
import Seams
import Synchronization

extension Scenario {
  /// Plays the scenario to its end.
  ///
  /// - Parameters:
  ///   - rules: the rules of the procedure, or broken ones to show that they are caught.
  ///   - trace: is told everything that happens, a line each.
  public func run(
    rules: @escaping RolloutProcedure.Rules = RolloutRules.decide, trace: (@Sendable (String) -> Void)? = nil
  ) throws -> ScenarioResult {
    let simulation = Seams.Simulation(seed: seed, start: Timestamp(seconds: 1_767_225_600))
    let reference = try Reference(scenario: self)
    let cluster = reference.makeCluster(simulation)
    let checker = InvariantChecker(capacity: replicas)
    let stage = Stage(
      scenario: self, simulation: simulation, reference: reference, cluster: cluster, rules: rules,
      mail: Mail(), trace: trace)
    var result = try simulation.run {
      try await stage.prepare()
      cluster.observe { commit, view in
        checker.check(commit, view)
        trace?(
          "\(commit.time.rfc3339Micro) \(commit.change.rawValue) \(commit.object.reference) "
            + "by \(commit.manager ?? "controller")")
      }
      return try await stage.play()
    }
    result.violations += checker.violations
    result.simulatedTime = simulation.clock.now - Timestamp(seconds: 1_767_225_600)
    result.writes = checker.writes
    return result
  }
}

/// Something that has happened, for other tasks to see.
private final class Flag: Sendable {
  private let state = Atomic(false)

  var isRaised: Bool { state.load(ordering: .acquiring) }

  func raise() { state.store(true, ordering: .releasing) }
}

/// Everything that acts in one scenario.
struct Stage: Sendable {
  let scenario: Scenario
  let simulation: Seams.Simulation
  let reference: Reference
  let cluster: SimulatedCluster
  let rules: RolloutProcedure.Rules
  let mail: Mail
  let trace: (@Sendable (String) -> Void)?

  private var workload: WorkloadReference { Reference.workload }

  func prepare() async throws {
    let world = simulation.world(identity: "setup")
    try await reference.sync(client(world), world)
    try await simulation.clock.sleep(for: .seconds(40))
  }

  func play() async throws -> ScenarioResult {
    let start = simulation.clock.now
    let heal = start + Scenario.trouble
    let isOver = Flag()
    return try await withThrowingTaskGroup(of: ScenarioResult?.self) { group in
      if scenario.hasFaults {
        group.addTask {
          try await disturb(until: heal, isOver)
          return nil
        }
      }
      if case .landsAfter(let delay) = scenario.kill?.lastWrite {
        group.addTask {
          while !isOver.isRaised {
            try await simulation.clock.sleep(for: .seconds(1))
            guard let request = mail.take() else { continue }
            try await simulation.clock.sleep(for: delay)
            trace?("\(simulation.clock.now.rfc3339Micro) a late write lands")
            _ = try await cluster.transport().send(request)
          }
          return nil
        }
      }
      group.addTask {
        return try await direct(start: start, heal: heal, isOver)
      }
      var result: ScenarioResult?
      for try await one in group { result = one ?? result }
      return result
        ?? ScenarioResult(
          outcome: nil, violations: ["nothing ran"], writes: 0, processes: 0, virtualTime: .zero)
    }
  }

  /// Starts processes until the rollout is over: each may be killed, and the next one goes on.
  private func direct(start: Timestamp, heal: Timestamp, _ isOver: Flag) async throws -> ScenarioResult {
    var draws = SeededGenerator(seed: scenario.seed, stream: 11)
    var result = ScenarioResult(outcome: nil, violations: [], writes: 0, processes: 0, virtualTime: .zero)
    var needsForce = false
    let lostBefore = lostRequests
    let deadline = heal + Scenario.patience
    while simulation.clock.now < deadline {
      result.processes += 1
      let isTroubled = scenario.hasFaults && simulation.clock.now < heal
      let process = Process(
        stage: self, number: result.processes, heal: heal,
        writesUntilKill: isTroubled && scenario.killsProcesses && result.processes < 12
          ? Int(draws.next() % 12) + 1 : nil)
      do {
        trace?("\(simulation.clock.now.rfc3339Micro) process \(result.processes) starts")
        let report = try await process.run(isForced: needsForce)
        trace?("\(simulation.clock.now.rfc3339Micro) process \(result.processes): \(report.ending)")
        if case .ended(let outcome) = report.ending {
          result.outcome = outcome
          break
        }
        needsForce = !isTroubled
        try await simulation.clock.sleep(for: .seconds(20))
      } catch is ProcessKilled {
        try await simulation.clock.sleep(for: .seconds(Int64(draws.next() % 20)))
      } catch let error as ProcedureError where error.code == .locked {
        try await simulation.clock.sleep(for: .seconds(5))
      } catch let error as KubeError {
        guard error.isTransient else { throw error }
        try await simulation.clock.sleep(for: .seconds(5))
      }
    }
    isOver.raise()
    result.virtualTime = simulation.clock.now - start
    if result.outcome == nil { result.violations.append("the rollout did not end") }
    try await simulation.clock.sleep(for: .seconds(90))
    let patience = simulation.clock.now + Stage.longestBackOff
    while !isStableReady, simulation.clock.now < patience {
      try await simulation.clock.sleep(for: .seconds(10))
    }
    result.violations += Ending(stage: self, outcome: result.outcome, lostBefore: lostBefore).violations()
    return result
  }

  /// How long a container that has crashed again and again may stay away, with its start.
  private static let longestBackOff = Duration.seconds(310)

  private var isStableReady: Bool {
    let view = cluster.view
    let stable = view.object(.deployment, namespace: workload.namespace, name: workload.name)
    let wanted = Int(stable?[path: "spec", "replicas"]?.int ?? 0)
    return view.readyPods(namespace: workload.namespace, labels: ["app": workload.name, "track": "stable"])
      == wanted
  }

  var lostRequests: Int { cluster.unroutableRequests.values.reduce(0, +) }

  func client(_ world: World, transport: (any Transport)? = nil) -> KubeClient {
    KubeClient(cluster: "main", transport: transport ?? cluster.transport(), world: world)
  }

  // MARK: Disturbance

  private func disturb(until heal: Timestamp, _ isOver: Flag) async throws {
    var draws = SeededGenerator(seed: scenario.seed, stream: 13)
    let world = simulation.world(identity: "person")
    var client = client(world)
    client.userAgent = "kubectl"
    while simulation.clock.now < heal, !isOver.isRaised {
      try await simulation.clock.sleep(for: .seconds(Int64(draws.next() % 40) + 5))
      guard simulation.clock.now < heal, !isOver.isRaised else { return }
      if scenario.crashesPods { crashOnePod(&draws) }
      if scenario.personScales, draws.chance(0.3) {
        let count = Int64(draws.next() % 4) + 1
        _ = try await client.mergePatch(
          .deployment, namespace: workload.namespace, name: workload.name,
          ["spec": ["replicas": .int(count)]],
          manager: "kubectl-scale")
      }
      if scenario.personEdits, draws.chance(0.25) { try await edit(client, &draws) }
    }
  }

  private func crashOnePod(_ draws: inout SeededGenerator) {
    let pods = cluster.view.objects(.pod, namespace: workload.namespace).filter {
      $0.labels["app"] == workload.name
    }
    guard !pods.isEmpty else { return }
    cluster.crashPod(namespace: workload.namespace, name: pods[Int(draws.next() % UInt64(pods.count))].name)
  }

  private func edit(_ client: KubeClient, _ draws: inout SeededGenerator) async throws {
    switch draws.next() % 3 {
    case 0:
      try await client.delete(.deployment, namespace: workload.namespace, name: workload.name + "-canary")
    case 1:
      _ = try await client.mergePatch(
        .deployment, namespace: workload.namespace, name: workload.name,
        ["spec": ["template": ["metadata": ["annotations": ["person": .string(String(draws.next() % 9))]]]]],
        manager: "kubectl-edit")
    default:
      // A person turns all traffic to the stable version by hand and takes the routes over.
      guard
        var route = try await client.get(.virtualService, namespace: workload.namespace, name: workload.name),
        let http = route[path: "spec", "http"]?.array
      else { return }
      route.set(
        "spec", "http",
        to: .array(
          http.map { rule in
            var changed = rule
            changed["route"] = .array(
              (rule["route"]?.array ?? []).map { destination in
                var weighted = destination
                let isCanary = destination[path: "destination", "subset"]?.string == "canary"
                weighted["weight"] = isCanary ? 0 : 100
                return weighted
              })
            return changed
          }))
      _ = try? await client.replace(route, kind: .virtualService, manager: "kubectl-edit")
    }
  }
}
