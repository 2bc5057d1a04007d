import MeshProcedures
import MeshSim
import Seams
import Testing

@testable import RolloutSimulation

/// A process is killed at each of its writes in turn, and another one goes on.
@Suite("A rollout whose process is killed")
struct CrashTests {
  /// Plays `scenario` with a kill at write 1, 2, … until one comes after the last write.
  ///
  /// - Returns: the number of writes at which it was killed.
  private func killEverywhere(
    _ release: Scenario.Release, isAutoscaled: Bool, _ lastWrite: Scenario.Kill.LastWrite
  ) throws -> Int {
    var write = 0
    while true {
      write += 1
      var scenario = Scenario.plain(release, isAutoscaled: isAutoscaled, replicas: 2)
      scenario.kill = Scenario.Kill(write: write, lastWrite: lastWrite)
      let result = try scenario.run()
      #expect(result.violations.isEmpty, "killed at write \(write)")
      #expect(result.outcome == (release == .good ? .promoted : .rolledBack), "killed at write \(write)")
      if result.processes == 1 { return write - 1 }
      #expect(result.processes == 2)
    }
  }

  @Test(
    "ends as if nothing had happened, whichever write was the last", arguments: [true, false], [true, false])
  func killed(_ isGood: Bool, _ lands: Bool) throws {
    let writes = try killEverywhere(
      isGood ? .good : .failing, isAutoscaled: lands, lands ? .lands : .isLost)
    #expect(writes > (isGood ? 20 : 15))
  }

  @Test("a last write that lands long afterwards does no harm", arguments: [true, false], [20, 40, 80])
  func late(_ isGood: Bool, _ seconds: Int) throws {
    #if DEBUG
      guard seconds == 40 else { return }
    #endif
    _ = try killEverywhere(
      isGood ? .good : .failing, isAutoscaled: true, .landsAfter(.seconds(seconds)))
  }

  @Test(
    "a last write that lands after another process has ended the rollout changes nothing", arguments: 3...12)
  func lateAfterAbort(_ write: Int) throws {
    try Rig.run { rig in
      let mail = Mail()
      let transport = FaultyTransport(
        rig.cluster.transport(), faults: TransportFaults(), seed: 1, writesUntilKill: write,
        lastWrite: .isHeldUp { mail.post($0) })
      let procedure = rig.procedure("ci", over: transport)
      await #expect(throws: ProcessKilled.self) {
        try await procedure.run(try await procedure.plan(try rig.reference.request()))
      }
      let report = try await rig.procedure("person").resume(Rig.workload, request: .abort)
      #expect(report.ending == .ended(.rolledBack))
      if let late = mail.take() { _ = try await rig.cluster.transport().send(late) }
      try await rig.clock.sleep(for: .seconds(60))
      #expect(try rig.canaryWeight() == 0)
      #expect(try rig.image() == Reference.stableImage)
      #expect(try await rig.procedure("ci").status(of: Rig.workload)?.phase == .ended)
    }
  }
}
