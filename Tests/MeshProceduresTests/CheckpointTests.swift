import KubeClient
import KubeModel
import MeshTopology
import Seams
import Testing

@testable import MeshProcedures

@Suite("A checkpoint")
struct CheckpointTests {
  private func reread(_ checkpoint: RolloutCheckpoint) throws -> RolloutCheckpoint? {
    RolloutCheckpoint(json: try JSONValue(json: checkpoint.json.jsonText()))
  }

  @Test("is read back as it was written, in every phase", arguments: RulePropertyTests.phases)
  func phases(_ phase: RolloutCheckpoint.Phase) throws {
    let checkpoint = SampleRollout.checkpoint(phase)
    #expect(try reread(checkpoint) == checkpoint)
  }

  @Test("is read back as it was written, whatever it says")
  func roundTrip() throws {
    for seed in UInt64(1)...500 {
      let checkpoint = CheckpointTests.any(seed)
      #expect(RolloutPlan(json: checkpoint.plan.json) == checkpoint.plan, "seed \(seed)")
      #expect(try reread(checkpoint) == checkpoint, "seed \(seed)")
    }
  }

  private static func any(_ seed: UInt64) -> RolloutCheckpoint {
    var draws = SeededGenerator(seed: seed)
    func time() -> Timestamp { SampleRollout.start + .microseconds(Int64(draws.next() % 9_000_000_000)) }
    func duration() -> Duration { .microseconds(Int64(draws.next() % 4_000_000_000)) }
    var plan = SampleRollout.plan
    plan.run = Int(draws.next() % 1_000)
    plan.steps =
      (1...99).filter { _ in draws.chance(0.1) }.compactMap { Weight(percent: $0) } + [Weight.firstStep]
    plan.steps = Array(Set(plan.steps)).sorted()
    plan.holds = draws.chance(0.5)
    (plan.bake, plan.readyDeadline) = (duration(), duration())
    plan.capacity = Int(draws.next() % 50) + 1
    plan.autoscalerMinimum = draws.chance(0.5) ? nil : Int(draws.next() % 9)
    (plan.judge.patience, plan.judge.latency.maximum) = (duration(), duration())
    plan.judge.latency.maximumRatio = 1 + draws.unit()
    plan.judge.successRate.minimum = Percent(value: draws.unit() * 100) ?? .one
    plan.startedAt = time()
    plan.startedBy = ["ci", "Zoë \"quoted\"", "a\nb", ""][Int(draws.next() % 4)]
    var checkpoint = RolloutCheckpoint(plan: plan, epoch: Int64(draws.next() % 99))
    for _ in 0..<Int(draws.next() % 8) {
      let phases = RulePropertyTests.phases.filter { ($0.step ?? 0) < plan.steps.count }
      checkpoint.note("note \(draws.next())", at: time())
      checkpoint.enter(
        phases[Int(draws.next() % UInt64(phases.count))], at: time(), failed: draws.chance(0.5))
    }
    checkpoint.request = [nil, .promote, .abort][Int(draws.next() % 3)]
    checkpoint.outcome = [nil, .promoted, .rolledBack][Int(draws.next() % 3)]
    checkpoint.verdicts = (0..<Int(draws.next() % 4)).map { _ in
      Verdict(
        step: "judge", result: .inconclusive, reason: "too few", time: time(), window: duration(),
        subject: .init(requests: 12, successRate: draws.unit() * 100, p99: draws.unit()),
        baseline: draws.chance(0.5) ? nil : .init(requests: 0, successRate: nil, p99: nil))
    }
    return checkpoint
  }

  static let damages: [(String, [String], JSONValue?)] = [
    ("another format", ["format"], 2), ("no plan", ["plan"], nil), ("no phase", ["phase"], nil),
    ("an unknown phase", ["phase"], "dancing"), ("a step that is not there", ["step"], 7),
    ("a step below none", ["step"], -1), ("no time", ["since"], "yesterday"), ("no epoch", ["epoch"], "one"),
    ("no steps", ["plan", "steps"], []), ("a step beyond all", ["plan", "steps"], [20, 101]),
    ("steps that do not increase", ["plan", "steps"], [50, 20]),
    ("steps that are no numbers", ["plan", "steps"], [20, "50"]),
    ("no pods", ["plan", "capacity"], 0), ("more pods than count", ["plan", "capacity"], .int(.max)),
    ("an endless bake", ["plan", "bakeSeconds"], .double(1e300)),
    ("a bake that ends before it begins", ["plan", "bakeSeconds"], -1),
    ("an endless patience", ["plan", "judge", "patienceSeconds"], .double(1e19)),
    ("no routes", ["plan", "routes"], nil), ("no release", ["plan", "stable"], nil),
  ]

  private static let store = CheckpointStore(
    client: KubeClient(
      cluster: "main", transport: NoTransport(),
      world: Seams.Simulation(seed: 1, start: SampleRollout.start).world(identity: "test")),
    workload: SampleRollout.plan.workload)

  @Test("that is damaged is refused with its place and what to do", arguments: damages)
  func damaged(_ name: String, _ path: [String], _ value: JSONValue?) throws {
    var json = try #require(SampleRollout.checkpoint(.judging(step: 1)).json.object)
    json.set(path, to: value)
    try expectDamage(JSONValue.object(json).jsonText())
  }

  @Test("that is no JSON is refused as well", arguments: ["", "{", "[]", "{\"format\": 1}", "\u{0}"])
  func noJSON(_ text: String) throws { try expectDamage(text) }

  private func expectDamage(_ text: String) throws {
    var object = CheckpointTests.store.object(for: SampleRollout.checkpoint(.judging(step: 1)))
    object.set("data", "checkpoint.json", to: .string(text))
    let error = try #require(throws: ProcedureError.self) { try CheckpointTests.store.decode(object) }
    #expect(error.message == "the checkpoint is damaged or was written by a newer meshctl")
    #expect(error.place == "ConfigMap production/rollout-user-service-1")
    #expect(error.remedy?.contains("delete it") == true)
  }

  @Test("stays small however long the rollout and the messages are")
  func bounded() throws {
    var checkpoint = SampleRollout.checkpoint(.judging(step: 1))
    for number in 1...1_000 {
      checkpoint.note("\(number) " + String(repeating: "x", count: 100_000), at: SampleRollout.start)
    }
    checkpoint.turnBack(String(repeating: "y", count: 1_000_000), at: SampleRollout.start)
    #expect(checkpoint.history.count == RolloutCheckpoint.historyLimit)
    #expect(checkpoint.history.dropLast().last?.message.hasPrefix("1000 ") == true)
    #expect(checkpoint.json.jsonBytes().count < 100_000)
    #expect(try reread(checkpoint) == checkpoint)
  }

  @Test("keeps a bounded number of judgements")
  func verdicts() {
    var checkpoint = SampleRollout.checkpoint(.judging(step: 1))
    for _ in 1...200 {
      let seen = RolloutObservation.running(50).with {
        $0.canaryRequests = SampleRollout.requests(500, failures: 400)
      }
      let decision = RolloutRules.decide(seen, checkpoint, now: SampleRollout.start + .seconds(60))
      guard case .record(var next) = decision else { return }
      next.enter(.judging(step: 1), at: SampleRollout.start)
      checkpoint = next
    }
    #expect(checkpoint.verdicts.count == RolloutCheckpoint.historyLimit)
  }
}

/// A cluster that cannot be asked.
struct NoTransport: Transport {
  func send(_ request: TransportRequest) async throws -> TransportResponse {
    throw TransportError(.unreachable, "there is no cluster")
  }
}
