import KubeClient
import KubeModel
import Seams
import Testing

@Suite("A failed request")
struct RetryTests {
  typealias Write = @Sendable (KubeClient) async throws -> Void

  static let failures: [ScriptedServer.Answer] = [
    .text(500, "{}"), .text(503, "overloaded"), .text(504, ""), .text(429, "{}"),
    .failure(TransportError(.unreachable, "connection refused", wasSent: false)),
    .failure(TransportError(.timedOut, "no answer within 30 s")),
    .pieces([[0x7B]], endingWith: TransportError(.broken, "connection reset")),
  ]

  static let writes: [(String, Write)] = [
    ("create", { _ = try await $0.create(pod, kind: .pod, manager: "m") }),
    ("replace", { _ = try await $0.replace(pod, kind: .pod, manager: "m") }),
    ("apply", { _ = try await $0.apply(pod, kind: .pod, manager: "m") }),
    ("patch", { _ = try await $0.mergePatch(.pod, namespace: "n", name: "p", [:], manager: "m") }),
    ("delete", { _ = try await $0.delete(.pod, namespace: "n", name: "p") }),
  ]

  private static let pod = KubeObject(kind: .pod, namespace: "n", name: "p")

  @Test("is repeated when it was a read and may succeed in a moment", arguments: failures.indices)
  func reads(failure: Int) throws {
    let failure = RetryTests.failures[failure]
    let server = ScriptedServer(failure, failure, failure, failure, .json(200, podJSON))
    #expect(try withClient(of: server) { try await $0.get(.pod, namespace: "n", name: "p") }?.name == "p")
    #expect(server.requests.count == 5)
  }

  @Test("is given up after five attempts, with growing pauses between them", arguments: UInt64(1)...10)
  func attempts(seed: UInt64) throws {
    let simulation = Simulation(seed: seed, start: Timestamp(seconds: 0))
    let server = ScriptedServer(.text(503, #"{"message":"overloaded"}"#))
    let client = KubeClient(cluster: "eu", transport: server, world: simulation.world(identity: "t"))
    let error = try #require(throws: KubeError.self) {
      try simulation.run { _ = try await client.list(.pod, namespace: "n") }
    }
    #expect(server.requests.count == 5)
    #expect(error.description == "cluster eu: LIST pods in n: overloaded")
    // Ceilings of 0.2, 0.4, 0.8 and 1.6 s, of which at least half is waited.
    let waited = simulation.clock.now - Timestamp(seconds: 0)
    #expect(waited >= .milliseconds(1_500) && waited <= .milliseconds(3_000), "seed \(seed): \(waited)")
  }

  @Test("is never repeated when it was a write", arguments: writes.indices, failures.indices)
  func writesOnce(write: Int, failure: Int) throws {
    let server = ScriptedServer(RetryTests.failures[failure])
    let (_, perform) = RetryTests.writes[write]
    #expect(throws: KubeError.self) { try withClient(of: server, perform) }
    #expect(server.requests.count == 1)
  }

  @Test("is not repeated when asking again gives the same", arguments: [400, 401, 403, 409, 410, 415, 422])
  func permanent(status: Int) throws {
    let server = ScriptedServer(.text(status, "{}"))
    #expect(throws: KubeError.self) {
      try withClient(of: server) { try await $0.get(.pod, namespace: "n", name: "p") }
    }
    #expect(server.requests.count == 1)
  }

  @Test(
    "says whether a write may have happened",
    arguments: [
      (.failure(TransportError(.unreachable, "refused", wasSent: false)), false),
      (.failure(TransportError(.timedOut, "late")), true), (.text(500, "{}"), true), (.text(504, "{}"), true),
      (.pieces([[0x7B]], endingWith: TransportError(.broken, "reset")), true), (.text(200, "junk"), true),
      (.text(409, "{}"), false), (.text(422, "{}"), false), (.text(429, "{}"), false),
    ] as [(ScriptedServer.Answer, Bool)])
  func mayHaveHappened(answer: ScriptedServer.Answer, expected: Bool) throws {
    let error = try #require(throws: KubeError.self) {
      try withClient(of: ScriptedServer(answer)) {
        try await $0.apply(RetryTests.pod, kind: .pod, manager: "m")
      }
    }
    #expect(error.mayHaveHappened == expected)
    #expect(error.request == "APPLY Pod n/p" && error.cluster == "test")
  }

  @Test("ends the waiting when its task is cancelled")
  func cancelled() throws {
    let simulation = Simulation(seed: 1, start: Timestamp(seconds: 0))
    let client = KubeClient(
      cluster: "eu", transport: ScriptedServer(.text(503, "{}")), world: simulation.world(identity: "t"))
    let cancellation = Cancellation()
    cancellation.cancel()
    #expect(throws: CancellationError.self) {
      try simulation.run(cancellation: cancellation) { _ = try await client.list(.pod) }
    }
  }
}
