import KubeClient
import KubeModel
import MeshProcedures
import MeshRender
import MeshSim
import MeshTopology
import Seams
import Testing

@testable import RolloutSimulation

extension Topology {
  /// This topology with one of its workloads changed.
  func changing(_ name: String, _ change: (inout Workload) -> Void) -> Topology {
    var topology = self
    for index in topology.workloads.indices where topology.workloads[index].name == name {
      change(&topology.workloads[index])
    }
    return topology
  }
}

extension SyncReport {
  func action(_ description: String) -> Action? {
    items.first { $0.object.description == description }?.action
  }
}

extension KubeObject {
  /// Who owns a field of the object's spec, sorted.
  func owners(of path: String...) -> [String] {
    let entries = self[path: "metadata", "managedFields"]?.array ?? []
    return entries.filter { $0["fieldsV1"]?[path: (["f:spec"] + path.map { "f:" + $0 })[...]] != nil }
      .compactMap { $0["manager"]?.string }.sorted()
  }
}

@Suite("A sync")
struct SyncTests {
  private static let candidate = ImageReference(parsing: Reference.candidateImage)

  @Test("creates everything that is declared, in order, and waits until it is ready")
  func createsAll() throws {
    try Rig.run(isSynced: false) { rig in
      let report = try await rig.sync()
      #expect(report.count(.created) == report.items.count)
      #expect(report.items.first?.object.description == "Namespace production")
      #expect(report.notReady.isEmpty)
      #expect(report.json["outcome"] == "synced")
      #expect(rig.cluster.view.readyPods(namespace: "production", labels: ["app": "user-service"]) == 3)
    }
  }

  @Test("changes nothing the second time", arguments: [true, false])
  func isIdempotent(_ isAutoscaled: Bool) throws {
    try Rig.run(.plain(isAutoscaled: isAutoscaled)) { rig in
      let before = try rig.object(.deployment).generation
      let report = try await rig.sync()
      #expect(report.items.filter { $0.action != .unchanged }.map(\.object.description) == [])
      #expect(try rig.object(.deployment).generation == before)
    }
  }

  @Test("leaves the number of pods to the autoscaler")
  func autoscaled() throws {
    try Rig.run { rig in
      _ = try await rig.client().mergePatch(
        .horizontalPodAutoscaler, namespace: "production", name: "user-service",
        ["spec": ["minReplicas": 5]], manager: "kubectl")
      try await rig.clock.sleep(for: .seconds(60))
      #expect(try rig.object(.deployment)[path: "spec", "replicas"] == 5)
      _ = try? await rig.sync()
      #expect(try rig.object(.deployment)[path: "spec", "replicas"] == 5)
      #expect(!(try rig.object(.deployment)).owners(of: "replicas").contains("meshctl-sync"))
    }
  }

  @Test("takes no pods away when autoscaling is turned on")
  func turnsAutoscalingOn() throws {
    try Rig.run(.plain(isAutoscaled: false, replicas: 4)) { rig in
      var fewest = Int64.max
      let autoscaled = try Reference(scenario: .plain(isAutoscaled: true, replicas: 4)).topology
      for _ in 1...3 {
        _ = try await rig.sync(autoscaled)
        fewest = min(fewest, try rig.object(.deployment)[path: "spec", "replicas"]?.int ?? 0)
        try await rig.clock.sleep(for: .seconds(20))
      }
      #expect(fewest == 4)
      #expect(try rig.object(.horizontalPodAutoscaler)[path: "spec", "minReplicas"] == 4)
    }
  }

  @Test("changes a workload without rollouts")
  func changesImage() throws {
    try Rig.run { rig in
      let topology = rig.reference.topology.changing("gateway") { $0.image = SyncTests.candidate ?? $0.image }
      let report = try await rig.sync(topology)
      #expect(report.action("Deployment production/gateway") == .changed)
      #expect(report.action("Deployment production/user-service") == .unchanged)
    }
  }

  @Test("holds the release of a workload with rollouts")
  func holdsRelease() throws {
    try Rig.run { rig in
      let topology = rig.reference.topology.changing("user-service") {
        $0.image = SyncTests.candidate ?? $0.image
      }
      let report = try await rig.sync(topology)
      #expect(report.action("Deployment production/user-service") == .held)
      #expect(try rig.image() == Reference.stableImage)
      #expect(try await rig.sync(topology, releases: { _ in true }).count(.held) == 0)
      #expect(try rig.image() == Reference.candidateImage)
    }
  }

  @Test("keeps one field manager a concern")
  func managers() throws {
    try Rig.run(.plain(isAutoscaled: false)) { rig in
      let deployment = try rig.object(.deployment)
      #expect(deployment.owners(of: "template") == ["meshctl-rollout"])
      #expect(deployment.owners(of: "selector") == ["meshctl-rollout"])
      #expect(deployment.owners(of: "replicas") == ["meshctl-sync"])
      #expect(try rig.object(.virtualService).owners(of: "http") == ["meshctl-rollout"])
      #expect(try rig.object(.destinationRule).owners(of: "subsets") == ["meshctl-sync"])
      #expect(try rig.object(.deployment, "gateway").owners(of: "template") == ["meshctl-sync"])
    }
    try Rig.run { rig in
      let autoscaler = try rig.object(.horizontalPodAutoscaler)
      #expect(autoscaler.owners(of: "minReplicas") == ["meshctl-rollout"])
    }
  }

  @Test("lists what is not ready at the deadline")
  func notReady() throws {
    try Rig.run(.plain(.neverReady)) { rig in
      let topology = rig.reference.topology.changing("gateway") { $0.image = SyncTests.candidate ?? $0.image }
      var sync = Sync(client: rig.client("sync"), world: rig.world("sync"), events: { _ in })
      sync.readyDeadline = .seconds(60)
      let start = rig.clock.now
      let main = try #require(topology.cluster(named: "main"))
      let report = try await sync.run(Renderer(topology: topology).objects(for: main), of: topology)
      #expect(report.notReady.map(\.description) == ["Deployment production/gateway"])
      #expect(report.json["outcome"] == "notReady")
      #expect(rig.clock.now - start < .seconds(65))
    }
  }

  @Test("takes no fields from others by force")
  func conflict() throws {
    try Rig.run(.plain(isAutoscaled: false)) { rig in
      _ = try await rig.client().mergePatch(
        .deployment, namespace: "production", name: "gateway", ["spec": ["replicas": 7]], manager: "kubectl")
      let error = try await #require(throws: KubeError.self) { try await rig.sync() }
      #expect(error.code.description == "apply conflict")
      #expect(error.conflicts.map(\.manager) == ["kubectl"])
      #expect(try rig.object(.deployment, "gateway")[path: "spec", "replicas"] == 7)
    }
  }
}
