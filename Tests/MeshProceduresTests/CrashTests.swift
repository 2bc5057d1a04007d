import MeshProcedures
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

  @Test("ends as if nothing had happened, whichever write was the last", arguments: [true, false], [true, false])
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
}
