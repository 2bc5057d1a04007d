import HTTPTypes
import KubeModel
import Seams
import Synchronization
import Testing

@testable import MeshSim

@Suite("The history of a cluster with faults")
struct FaultHistoryTests {
  /// One of each kind.
  static let effects: [FaultEffect] = {
    var one = FaultyCluster.web
    one.limit = 1
    one.image = "web:*"
    one.name = "web-*"
    var nodes = NodeTarget()
    nodes.names = ["eu-node-1"]
    nodes.labels = ["kubernetes.io/os": "linux"]
    var some = RequestTarget()
    some.share = 0.5
    some.verbs = ["get", "list"]
    some.resources = ["deployments"]
    some.namespace = "n"
    return [
      .crash(one), .slowStart(FaultyCluster.web, by: .seconds(5)), .badImage(FaultyCluster.web),
      .errorRate(FaultyCluster.web, share: 0.2), .latency(FaultyCluster.web, by: .milliseconds(80)),
      .nodeLoss(nodes), .zoneLoss(zone: "local-b"), .regionLoss, .apiLatency(some, by: .seconds(1)),
      .apiError(some, APIFailure(status: 429, retryAfter: .seconds(2))), .lostAnswer(some), .lostWatch(some),
      .staleRead(some, by: .seconds(20)), .partition(.metrics), .partition(.cluster("us", hosts: ["*.us"])),
      .clockSkew(.seconds(-40)),
    ]
  }()

  @Test("is the same for the same seed", arguments: effects)
  func isDeterministic(effect: FaultEffect) throws {
    let first = try FaultHistoryTests.history(of: effect, seed: 7)
    #expect(first.count > 20)
    #expect(try FaultHistoryTests.history(of: effect, seed: 7) == first)
  }

  @Test("of all faults at once is the same for the same seed, and another for another")
  func ofAll() throws {
    let first = try FaultHistoryTests.history(of: FaultHistoryTests.effects, seed: 3)
    #expect(try FaultHistoryTests.history(of: FaultHistoryTests.effects, seed: 3) == first)
    #expect(try FaultHistoryTests.history(of: FaultHistoryTests.effects, seed: 4) != first)
  }

  private static func history(of effect: FaultEffect, seed: UInt64) throws -> [String] {
    try history(of: [effect], seed: seed)
  }

  /// Every commit, answer and count of ten minutes in which the faults come twice.
  private static func history(of effects: [FaultEffect], seed: UInt64) throws -> [String] {
    let faulty = try FaultyCluster(seed: seed)
    let lines = Mutex<[String]>([])
    faulty.cluster.cluster.observe { commit, _ in
      let line = "\(commit.time.microseconds) \(commit.change.rawValue) \(commit.object.json.jsonText())"
      lines.withLock { $0.append(line) }
    }
    for (index, effect) in effects.enumerated() {
      faulty.add(effect, name: "f\(index)") {
        $0.start = .after(.seconds(Int64(5 + index)))
        $0.duration = effect.isMomentary(FaultSchedule()) ? nil : .seconds(90)
        $0.interval = .seconds(200)
        $0.count = 2
        $0.probability = 0.8
      }
    }
    for turn in 0..<30 {
      faulty.cluster.advance(20)
      let answer: String
      do {
        let body = ["data": ["turn": JSONValue.string("\(turn)")]] as JSONValue
        if turn == 3 { _ = try faulty.send(.post, configMaps, configMap("c")) }
        let read = try faulty.send(.get, "\(deployments)/web?resourceVersion=0")
        answer = "\(read.head.status.code) \(read.body[path: "metadata", "resourceVersion"]?.string ?? "")"
        if turn > 3 { try faulty.cluster.patch("\(configMaps)/c", body) }
      } catch let error as TransportError {
        lines.withLock { $0.append("\(error.code)") }
        continue
      }
      lines.withLock { $0.append(answer) }
    }
    let statistics = faulty.cluster.cluster.statistics(
      namespace: "n", workload: "web", after: SimulatedFleet.epoch, to: faulty.cluster.now)
    return lines.withLock { $0 } + ["\(statistics)"]
  }
}
