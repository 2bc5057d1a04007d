import MeshProcedures
import Seams
import Synchronization
import Testing

@testable import RolloutSimulation

@Suite("Simulated rollouts")
struct SimulationTests {
  @Test(
    "end as the release deserves when nothing else goes wrong", arguments: Scenario.Release.allCases,
    [true, false])
  func calm(_ release: Scenario.Release, _ isAutoscaled: Bool) throws {
    for (seed, steps) in [(UInt64(1), [20]), (2, [5, 20, 50]), (3, [50])] {
      for replicas in [1, 4] {
        let scenario = Scenario.plain(
          release, seed: seed, steps: steps, isAutoscaled: isAutoscaled, replicas: replicas)
        let result = try scenario.run()
        #expect(result.violations.isEmpty, "seed \(seed), steps \(steps), \(replicas) replicas")
        #expect(result.outcome == (release == .good ? .promoted : .rolledBack))
        #expect(result.processes == 1)
      }
    }
  }

  private func trace(_ seed: UInt64) throws -> [String] {
    let lines = Mutex<[String]>([])
    let result = try Scenario(seed: seed).run(trace: { line in lines.withLock { $0.append(line) } })
    return lines.withLock { $0 } + ["\(result)"]
  }

  @Test("go the same way for the same seed, event by event", arguments: [3, 14, 159, 265, 358])
  func determinism(_ seed: UInt64) throws {
    let (once, again) = (try trace(seed), try trace(seed))
    let difference = zip(once, again).first { $0 != $1 }
    #expect(difference == nil, "seed \(seed)")
    #expect(once.count == again.count)
    #expect(once.count > 50)
  }

  @Test("go other ways for other seeds")
  func otherSeeds() throws {
    let traces = try (UInt64(1)...6).map(trace)
    #expect(Set(traces).count == 6)
  }

  @Test("keep every invariant under faults")
  func soak() {
    #if DEBUG
      let count: UInt64 = 30
    #else
      let count: UInt64 = 1_000
    #endif
    let report = Soak(first: 1, count: count).run()
    #expect(report.failures.isEmpty, "\(report.text)")
    #expect(UInt64(report.promoted + report.rolledBack) == count)
    #expect(report.promoted > 0)
  }
}
