import KubeModel
import MeshProcedures
import MeshSim
import MeshTopology
import Seams
import Testing

@testable import RolloutSimulation

@Suite("A sync and a rollout of the same workload")
struct SyncDuringRolloutTests {
  /// Runs a rollout that holds for a person at 20 %, and `body` while it waits.
  private func whileHolding(
    _ scenario: Scenario = .plain(), _ body: @escaping @Sendable (Rig) async throws -> Void
  ) throws {
    try Rig.run(scenario) { rig in
      var request = try rig.reference.request()
      request.holds = true
      let procedure = rig.procedure("ci")
      let report = try await procedure.run(try await procedure.plan(request))
      #expect(report.outcome == "waiting")
      #expect(try rig.canaryWeight() == 20)
      try await body(rig)
    }
  }

  @Test("the sync holds routes and autoscaler while the rollout is open, and the rollout goes on")
  func holds() throws {
    try whileHolding { rig in
      let report = try await rig.sync()
      #expect(report.action("VirtualService production/user-service") == .held)
      #expect(report.action("HorizontalPodAutoscaler production/user-service") == .held)
      #expect(report.action("Deployment production/user-service") == .unchanged)
      #expect(try rig.canaryWeight() == 20)
      let end = try await rig.procedure("ci").resume(Rig.workload, request: .promote)
      #expect(end.ending == .ended(.promoted))
    }
  }

  @Test("the sync releases nothing over an open rollout, and calls nothing released that is not verified")
  func releases() throws {
    try whileHolding { rig in
      let topology = rig.reference.topology.changing("user-service") {
        $0.image = ImageReference(parsing: "registry.example/user-service:3.0.0") ?? $0.image
      }
      let report = try await rig.sync(topology, releases: { _ in true })
      #expect(report.action("Deployment production/user-service") == .held)
      #expect(try rig.image() == Reference.stableImage)
      let released = try await Sync.releasedWorkloads(of: rig.reference.topology, in: rig.client())
      #expect(released.isEmpty)
    }
  }

  @Test("after a rollout the sync finds nothing to change")
  func afterwards() throws {
    try whileHolding { rig in
      _ = try await rig.procedure("ci").resume(Rig.workload, request: .promote)
      let topology = rig.reference.topology.changing("user-service") {
        $0.image = ImageReference(parsing: Reference.candidateImage) ?? $0.image
      }
      let epoch = try rig.object(.virtualService).annotations["meshctl.dev/epoch"]
      #expect(epoch != nil)
      let report = try await rig.sync(topology)
      #expect(report.items.filter { $0.action != .unchanged }.map(\.object.description) == [])
      #expect(try rig.object(.virtualService).annotations["meshctl.dev/epoch"] == epoch)
      #expect(try await Sync.releasedWorkloads(of: topology, in: rig.client()) == [Rig.workload])
    }
  }

  @Test("syncs at any moment of a rollout neither disturb it nor are disturbed by it")
  func interleaved() throws {
    #if DEBUG
      let seeds: ClosedRange<UInt64> = 1...3
    #else
      let seeds: ClosedRange<UInt64> = 1...30
    #endif
    for seed in seeds {
      try Rig.run(seed: seed, .plain(seed: seed, steps: [5, 20], isAutoscaled: seed % 2 == 0)) { rig in
        try await withThrowingTaskGroup(of: Void.self) { group in
          defer { group.cancelAll() }
          group.addTask {
            while true {
              try await rig.clock.sleep(for: rig.world("git").random.duration(in: .zero...(.seconds(3))))
              _ = try await rig.sync()
            }
          }
          let procedure = rig.procedure("ci")
          let report = try await procedure.run(try await procedure.plan(try rig.reference.request()))
          #expect(report.ending == .ended(.promoted), "seed \(seed): \(report.checkpoint.reason)")
        }
      }
    }
  }
}
