import Dispatch
public import MeshProcedures
import Seams
import Synchronization

/// Plays many scenarios on all cores.
public struct Soak: Sendable {
  let first: UInt64
  let count: UInt64
  /// Whether faults are injected.
  public var hasFaults = true
  /// The rules of the procedure.
  public var rules: RolloutProcedure.Rules = RolloutRules.decide
  /// Stops at the first seed that breaks something.
  public var stopsAtFailure = false

  /// The scenarios of `count` seeds from `first` on.
  public init(first: UInt64, count: UInt64) {
    self.first = first
    self.count = count
  }

  /// What came of them.
  public struct Report: Sendable {
    /// Seeds that broke something, with what.
    public var failures: [(seed: UInt64, violations: [String])] = []
    /// How many rollouts ended how.
    public var promoted = 0
    public var rolledBack = 0
    public var writes = 0
    public var processes = 0
    /// Virtual seconds simulated.
    public var virtualSeconds = 0.0

    /// The report in words; each failure with its seed.
    public var text: String {
      let total = promoted + rolledBack
      var lines = failures.sorted { $0.seed < $1.seed }.flatMap { failure in
        failure.violations.prefix(5).map { "seed \(failure.seed): \($0)" }
      }
      lines.append(
        "\(total) rollouts ended (\(promoted) promoted, \(rolledBack) rolled back), \(writes) writes by "
          + "\(processes) processes, \(Int(virtualSeconds)) s of virtual time; \(failures.count) seeds failed"
      )
      return lines.joined(separator: "\n")
    }
  }

  /// Plays them.
  public func run() -> Report {
    let next = Atomic<UInt64>(0)
    let report = Mutex(Report())
    DispatchQueue.concurrentPerform(iterations: 2) { _ in
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < count, !(stopsAtFailure && report.withLock { !$0.failures.isEmpty }) else { return }
        let seed = first + index
        let result: ScenarioResult
        do {
          result = try Scenario(seed: seed, hasFaults: hasFaults).run(rules: rules)
        } catch {
          report.withLock { $0.failures.append((seed, ["\(error)"])) }
          continue
        }
        report.withLock { report in
          if !result.violations.isEmpty { report.failures.append((seed, result.violations)) }
          if result.outcome == .promoted { report.promoted += 1 }
          if result.outcome == .rolledBack { report.rolledBack += 1 }
          report.writes += result.writes
          report.processes += result.processes
          report.virtualSeconds += result.simulatedTime.inSeconds
        }
      }
    }
    return report.withLock { $0 }
  }
}
