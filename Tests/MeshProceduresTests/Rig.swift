import KubeClient
import KubeModel
import MeshProcedures
import MeshRender
import MeshSim
import MeshTopology
import Seams

@testable import RolloutSimulation

/// The reference system on an embedded cluster, for one test.
struct Rig: Sendable {
  let simulation: Seams.Simulation
  let cluster: SimulatedCluster
  let reference: Reference

  var clock: VirtualClock { simulation.clock }
  static let workload = Reference.workload

  /// Runs `body` in virtual time, on a cluster that is synced first if `isSynced`.
  static func run<Value: Sendable>(
    seed: UInt64 = 1, _ scenario: Scenario = .plain(), isSynced: Bool = true,
    _ body: @escaping @Sendable (Rig) async throws -> Value
  ) throws -> Value {
    let simulation = Seams.Simulation(seed: seed, start: SampleRollout.start)
    let reference = try Reference(scenario: scenario)
    let rig = Rig(
      simulation: simulation, cluster: reference.makeCluster(simulation), reference: reference)
    return try simulation.run {
      if isSynced {
        try await reference.sync(rig.client("setup"), rig.world("setup"))
        try await rig.clock.sleep(for: .seconds(40))
      }
      return try await body(rig)
    }
  }

  func world(_ identity: String) -> World { simulation.world(identity: identity) }

  func client(_ identity: String = "test", over transport: (any Transport)? = nil) -> KubeClient {
    KubeClient(
      cluster: "main", transport: transport ?? cluster.transport(), world: world(identity))
  }

  func procedure(
    _ identity: String, over transport: (any Transport)? = nil, events: @escaping EventSink = { _ in }
  ) -> RolloutProcedure {
    RolloutProcedure(
      client: client(identity, over: transport), metrics: SimulatedMetrics(cluster: cluster),
      world: world(identity), events: events)
  }

  func sync(
    _ topology: Topology? = nil, releases: @escaping @Sendable (WorkloadReference) -> Bool = { _ in false }
  ) async throws -> SyncReport {
    let topology = topology ?? reference.topology
    guard let main = topology.cluster(named: "main") else { throw NoSuchObject(what: "cluster main") }
    return try await Sync(client: client("sync"), world: world("sync"), events: { _ in })
      .run(Renderer(topology: topology).objects(for: main), of: topology, releases: releases)
  }

  func object(_ kind: ResourceKind, _ name: String = Rig.workload.name) throws -> KubeObject {
    guard let object = cluster.view.object(kind, namespace: Rig.workload.namespace, name: name) else {
      throw NoSuchObject(what: "\(kind) \(name)")
    }
    return object
  }

  /// What rollouts have noted of themselves.
  var checkpoints: [KubeObject] {
    cluster.view.objects(.configMap).filter { $0.labels["meshctl.dev/procedure"] == "rollout" }
  }

  func image() throws -> String? {
    try object(.deployment)[path: "spec", "template", "spec", "containers"]?.array?.first?["image"]?.string
  }

  func canaryWeight() throws -> Int64? {
    try object(.virtualService)[path: "spec", "http"]?.array?.last?["route"]?.array?.last?["weight"]?.int
  }
}

struct NoSuchObject: Error { let what: String }

extension Scenario {
  /// A rollout by 20 % on which nothing but the release goes wrong, with traffic enough to judge by.
  static func plain(
    _ release: Release = .good, seed: UInt64 = 1, steps: [Int] = [20], isAutoscaled: Bool = true,
    replicas: Int = 3
  ) -> Scenario {
    var scenario = Scenario(seed: seed, hasFaults: false, release: release)
    scenario.steps = steps.compactMap { Weight(percent: $0) }
    scenario.isAutoscaled = isAutoscaled
    scenario.replicas = replicas
    scenario.requestsPerSecond = 150
    return scenario
  }
}
