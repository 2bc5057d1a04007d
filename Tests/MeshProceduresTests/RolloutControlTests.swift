import KubeClient
import KubeModel
import MeshProcedures
import MeshSim
import MeshTopology
import Seams
import Testing

@testable import RolloutSimulation

@Suite("Steering a rollout")
struct RolloutControlTests {
  @Test("an abort reaches a rollout that another process is running")
  func abortRunning() throws {
    try Rig.run { rig in
      try await withThrowingTaskGroup(of: RolloutReport.self) { group in
        group.addTask {
          let procedure = rig.procedure("ci")
          return try await procedure.run(try await procedure.plan(try rig.reference.request()))
        }
        try await rig.clock.sleep(for: .seconds(20))
        #expect(try rig.canaryWeight() == 20)
        let start = rig.clock.now
        group.addTask { try await rig.procedure("person").resume(Rig.workload, request: .abort) }
        for try await report in group {
          #expect(report.ending == .ended(.rolledBack))
          #expect(report.checkpoint.reason == "a person asked for it")
        }
        #expect(rig.clock.now - start < .seconds(20))
        #expect(try rig.canaryWeight() == 0)
        #expect(try rig.image() == Reference.stableImage)
      }
    }
  }

  @Test("a second rollout is turned away while one runs, and while one waits")
  func second() throws {
    try Rig.run { rig in
      var request = try rig.reference.request()
      request.holds = true
      let plan = try await rig.procedure("ci").plan(request)
      _ = try await rig.procedure("ci").run(plan)
      let error = try await #require(throws: ProcedureError.self) {
        try await rig.procedure("other").run(plan)
      }
      #expect(error.code.description == "locked")
      #expect(error.place == "ConfigMap production/rollout-user-service-1")
      #expect(error.remedy?.contains("meshctl rollout abort user-service") == true)
      #expect(rig.checkpoints.count == 1)
    }
  }

  @Test("a plan that another rollout has overtaken is refused, and undoes nothing")
  func overtaken() throws {
    try Rig.run { rig in
      let old = try await rig.procedure("slow").plan(try rig.reference.request())
      let report = try await rig.procedure("fast").run(old)
      #expect(report.ending == .ended(.promoted))
      let error = try await #require(throws: ProcedureError.self) { try await rig.procedure("slow").run(old) }
      #expect(error.message == "user-service has changed since the plan was made")
      #expect(error.remedy?.contains("--plan") == true)
      #expect(try rig.image() == Reference.candidateImage)
      #expect(rig.checkpoints.count == 1)
    }
  }

  @Test("a promotion needs a rollout that waits for it")
  func wrongPromotion() throws {
    try Rig.run { rig in
      let nothing = try await #require(throws: ProcedureError.self) {
        try await rig.procedure("person").resume(Rig.workload, request: .promote)
      }
      #expect(nothing.message == "no rollout of user-service is open")
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
          let procedure = rig.procedure("ci")
          _ = try await procedure.run(try await procedure.plan(try rig.reference.request()))
        }
        try await rig.clock.sleep(for: .seconds(20))
        let early = try await #require(throws: ProcedureError.self) {
          try await rig.procedure("person").resume(Rig.workload, request: .promote)
        }
        #expect(
          early.message
            == "rollout 1 of user-service does not wait for a promotion; it is at \"judge at 20 %\"")
        try await group.waitForAll()
      }
    }
  }

  @Test("a rollout that runs is not taken over by another process")
  func resumeRunning() throws {
    try Rig.run { rig in
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
          let procedure = rig.procedure("ci")
          let report = try await procedure.run(try await procedure.plan(try rig.reference.request()))
          #expect(report.ending == .ended(.promoted))
        }
        try await rig.clock.sleep(for: .seconds(20))
        let error = try await #require(throws: ProcedureError.self) {
          try await rig.procedure("other").resume(Rig.workload)
        }
        #expect(error.code.description == "locked")
        #expect(error.message.hasPrefix("ci_"))
        try await group.waitForAll()
      }
    }
  }

  @Test("many rollouts keep the last ten checkpoints, and count on")
  func pruning() throws {
    try Rig.run { rig in
      for number in 1...12 {
        var request = try rig.reference.request()
        request.image = ImageReference(parsing: "registry.example/user-service:2.\(number).0")
        let report = try await rig.procedure("ci").run(try await rig.procedure("ci").plan(request))
        #expect(report.checkpoint.plan.run == number)
      }
      let history = try await rig.procedure("ci").history(of: Rig.workload)
      #expect(history.map(\.plan.run) == Array(3...12))
      #expect(history.map(\.epoch) == (3...12).map(Int64.init))
    }
  }
}
