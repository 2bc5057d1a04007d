public import MeshProcedures
import MeshSim
import MeshTopology
import Seams

/// One simulated rollout with everything drawn from a seed: the new release, the faults, the people.
public struct Scenario: Sendable {
  /// What the new release is like.
  public enum Release: CaseIterable, Sendable {
    case good
    case failing
    case slow
    case crashing
    case neverReady

    var behavior: MeshSim.ImageBehavior {
      switch self {
      case .good: MeshSim.ImageBehavior()
      case .failing: MeshSim.ImageBehavior(errorRate: 0.12)
      case .slow:
        MeshSim.ImageBehavior(medianLatency: .milliseconds(300), p99Latency: .milliseconds(1_800))
      case .crashing: MeshSim.ImageBehavior(failure: .crashLoop)
      case .neverReady: MeshSim.ImageBehavior(failure: .neverReady)
      }
    }
  }

  public let seed: UInt64
  public var release: Release
  /// Whether anything but the release goes wrong.
  public var hasFaults: Bool
  var faults = TransportFaults()
  var steps: [Weight]
  var isAutoscaled: Bool
  var replicas: Int
  var requestsPerSecond: Double
  var bake = Duration.seconds(30)
  var killsProcesses = false
  var losesMetrics = false
  var crashesPods = false
  var personScales = false
  var personEdits = false
  var hasRival = false
  /// How long a stable pod takes to start; longer than a decision may look back, once it has crashed.
  var stableStartup = Duration.seconds(3)
  /// Kills the first process at one of its writes.
  var kill: Kill?

  /// The end of a process.
  struct Kill: Hashable, Sendable {
    /// What becomes of its last write.
    enum LastWrite: Hashable, Sendable {
      case isLost
      case lands
      /// It is held up somewhere and lands so much later.
      case landsAfter(Duration)
    }

    /// The write, counted from 1.
    var write: Int
    var lastWrite: LastWrite
  }

  /// How long faults are injected, in virtual time.
  static let trouble = Duration.seconds(300)
  /// How long a rollout may take once nothing goes wrong any more.
  static let patience = Duration.seconds(3_600)

  /// The scenario of a seed.
  public init(seed: UInt64, hasFaults: Bool = true, release: Release? = nil) {
    self.seed = seed
    self.hasFaults = hasFaults
    var draws = SeededGenerator(seed: seed, stream: 7)
    func weights(_ percents: [Int]) -> [Weight] { percents.compactMap(Weight.init(percent:)) }
    steps = [weights([20]), weights([5, 20, 50]), weights([50]), weights([1, 99])][Int(draws.next() % 4)]
    let releases: [Release] = [.good, .good, .good, .failing, .slow, .crashing, .neverReady]
    self.release = release ?? releases[Int(draws.next() % 7)]
    isAutoscaled = draws.chance(0.6)
    replicas = Int(draws.next() % 4) + 1
    requestsPerSecond = [20, 60, 150][Int(draws.next() % 3)]
    guard hasFaults else { return }
    if draws.chance(0.7) { faults.serverError = draws.unit() * 0.1 }
    if draws.chance(0.7) { faults.lostAnswer = draws.unit() * 0.15 }
    if draws.chance(0.5) { faults.unreachable = draws.unit() * 0.1 }
    if draws.chance(0.5) { faults.conflict = draws.unit() * 0.15 }
    if draws.chance(0.5) { faults.staleRead = draws.unit() * 0.3 }
    killsProcesses = draws.chance(0.7)
    losesMetrics = draws.chance(0.3)
    crashesPods = draws.chance(0.3)
    personScales = draws.chance(0.2)
    personEdits = draws.chance(0.2)
    hasRival = draws.chance(0.3)
    if draws.chance(0.3) { stableStartup = .seconds(40) }
  }

  /// Follows the reference's policy: one step of 20 %, a minute of watching, three pods, 60 requests a second.
  public mutating func followsReference() {
    steps = [.firstStep]
    bake = .seconds(60)
    replicas = 3
    requestsPerSecond = 60
  }

  /// Whether the canary gets requests enough within one step to be judged beyond chance.
  var hasEnoughTraffic: Bool {
    let share = Double(steps.map(\.percent).min() ?? 0) / 100
    return requestsPerSecond * share * bake.inSeconds >= 100
  }

  /// Whether anything but the rollout itself takes pods or routes away.
  var isDisturbed: Bool { crashesPods || personScales || personEdits }
}

/// What came of a scenario.
public struct ScenarioResult: Sendable {
  /// How it ended; `nil` when it did not.
  public var outcome: RolloutCheckpoint.Outcome?
  /// What broke an invariant; empty when all held.
  public var violations: [String]
  /// How many API writes the procedure made.
  public var writes: Int
  /// How many processes took part.
  public var processes: Int
  /// How much virtual time passed from the first write of the rollout to its end.
  public var virtualTime: Duration
  /// How much virtual time was simulated in all, with the start of the system and a look at the end.
  public var simulatedTime = Duration.zero
}
