import KubeClient
import KubeModel
import MeshSim
import MeshTopology
import Testing

@testable import MeshProcedures
@testable import RolloutSimulation

@Suite("Making a plan")
struct RolloutPlannerTests {
  @Test("takes capacity, the autoscaler's minimum and both releases from what runs")
  func plan() throws {
    let plan = try Rig.run { try await $0.procedure("ci").plan(try $0.reference.request()) }
    #expect(plan.stable.image == Reference.stableImage)
    #expect(plan.candidate.image == Reference.candidateImage)
    #expect(plan.capacity == 3)
    #expect(plan.autoscalerMinimum == 3)
    #expect(plan.steps.map(\.percent) == [20])
    #expect(plan.startedBy == "ci")
    #expect(plan.shortestDuration == .seconds(60))
    #expect(plan.writes.count == 6)
  }

  @Test("counts on no more pods than the autoscaler is going to leave")
  func aboveMaximum() throws {
    let plan = try Rig.run { rig in
      _ = try await rig.client().mergePatch(
        .deployment, namespace: "production", name: "user-service", ["spec": ["replicas": 20]],
        manager: "kubectl")
      return try await rig.procedure("ci").plan(try rig.reference.request())
    }
    #expect(plan.capacity == 8)
  }

  @Test("changes nothing")
  func changesNothing() throws {
    try Rig.run { rig in
      let before = try rig.object(.deployment)
      _ = try await rig.procedure("ci").plan(try rig.reference.request())
      #expect(try rig.object(.deployment) == before)
      #expect(rig.checkpoints.isEmpty)
      #expect(!rig.cluster.view.objects(.lease).contains { $0.name == "rollout-user-service" })
    }
  }

  private func expectRefusal(
    _ message: String, remedy: String, isSynced: Bool = true,
    change: @escaping @Sendable (Rig, inout RolloutRequest) async throws -> Void
  ) throws {
    let error = try #require(throws: ProcedureError.self) {
      try Rig.run(isSynced: isSynced) { rig in
        var request = try rig.reference.request()
        try await change(rig, &request)
        _ = try await rig.procedure("ci").plan(request)
      }
    }
    #expect(error.code.description == "invalid input")
    #expect(error.message == message)
    #expect(error.place?.hasSuffix("production/user-service") == true)
    #expect(error.remedy?.contains(remedy) == true)
  }

  @Test("needs a policy")
  func noPolicy() throws {
    try expectRefusal("user-service declares no rollout policy", remedy: "spec.rollout") {
      $1.workload.rollout = nil
    }
  }

  @Test("needs a port whose requests can be routed")
  func noPort() throws {
    try expectRefusal(
      "user-service has no port whose requests can be routed by weight", remedy: "protocol http"
    ) { $1.workload.ports = [] }
  }

  @Test("needs a synced cluster")
  func notSynced() throws {
    try expectRefusal(
      "user-service is not in the cluster main yet", remedy: "meshctl sync", isSynced: false
    ) { _, _ in }
  }

  @Test("needs something new")
  func nothingNew() throws {
    try expectRefusal(
      "user-service already runs registry.example/user-service:1.0.0 as declared; there is nothing to roll "
        + "out", remedy: "--image"
    ) { $1.image = ImageReference(parsing: Reference.stableImage) }
  }

  @Test("needs pods to compare with")
  func scaledToZero() throws {
    try expectRefusal(
      "user-service is scaled to 0, so there is no traffic to judge by", remedy: "scale it up first"
    ) { rig, _ in
      _ = try await rig.client().mergePatch(
        .deployment, namespace: "production", name: "user-service", ["spec": ["replicas": 0]],
        manager: "kubectl")
    }
  }

  @Test("needs shares that increase")
  func wrongSteps() throws {
    try expectRefusal("the weights do not increase: 20 follows 50", remedy: "--steps") {
      $1.steps = SampleRollout.weights(50, 20)
    }
    try expectRefusal("no weight is given", remedy: "--steps") { $1.steps = [] }
  }
}
