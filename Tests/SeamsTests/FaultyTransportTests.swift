import HTTPTypes
import Seams
import Testing

@Suite("A faulty transport")
struct FaultyTransportTests {
  private static let methods: [HTTPRequest.Method] = [.get, .post, .put, .patch, .delete]

  private static func faults(_ change: (inout TransportFaults) -> Void) -> TransportFaults {
    var faults = TransportFaults()
    change(&faults)
    return faults
  }

  @Test("without faults passes everything through", arguments: UInt64(1)...5)
  func none(seed: UInt64) async throws {
    let server = VersionedServer()
    let transport = FaultyTransport(server, faults: TransportFaults(), seed: seed)
    var generator = SeededGenerator(seed: seed)
    var writes = 0
    for number in 0..<2_000 {
      let method = FaultyTransportTests.methods[Int(generator.next() % 5)]
      if method != .get { writes += 1 }
      let answer = try await transport.answer(method, "/\(number % 7)")
      #expect(answer.status == 200 && answer.text == String(writes), "seed \(seed)")
    }
    #expect(server.requests.count == 2_000)
  }

  @Test("that cannot reach the server says that nothing was sent", arguments: methods)
  func unreachable(method: HTTPRequest.Method) async throws {
    let server = VersionedServer()
    let transport = FaultyTransport(server, faults: Self.faults { $0.unreachable = 1 }, seed: 1)
    let error = await #expect(throws: TransportError.self) { try await transport.answer(method, "/") }
    #expect(error?.code == .unreachable && error?.wasSent == false)
    #expect(server.requests.isEmpty)
  }

  @Test("with a server error answers 503 for a request that nobody saw", arguments: methods)
  func serverError(method: HTTPRequest.Method) async throws {
    let server = VersionedServer()
    let transport = FaultyTransport(server, faults: Self.faults { $0.serverError = 1 }, seed: 1)
    let answer = try await transport.answer(method, "/")
    #expect(answer.status == 503 && answer.text.contains(#""reason":"ServiceUnavailable""#))
    #expect(server.requests.isEmpty)
  }

  @Test("that loses answers has carried the write out, and leaves reads alone", arguments: methods)
  func lostAnswer(method: HTTPRequest.Method) async throws {
    let server = VersionedServer()
    let transport = FaultyTransport(server, faults: Self.faults { $0.lostAnswer = 1 }, seed: 1)
    if method == .get {
      #expect(try await transport.answer(method, "/").status == 200)
    } else {
      let error = await #expect(throws: TransportError.self) { try await transport.answer(method, "/") }
      #expect(error?.code == .timedOut && error?.wasSent == true)
    }
    #expect(server.requests == ["\(method.rawValue) /"])
  }

  @Test("with conflicts answers 409 to changes of an object, not to reads or creations", arguments: methods)
  func conflict(method: HTTPRequest.Method) async throws {
    let server = VersionedServer()
    let transport = FaultyTransport(server, faults: Self.faults { $0.conflict = 1 }, seed: 1)
    let answer = try await transport.answer(method, "/")
    let isChange = method != .get && method != .post
    #expect(answer.status == (isChange ? 409 : 200))
    #expect(server.requests.isEmpty == isChange)
  }

  @Test("with stale reads gives earlier answers to the same question only", arguments: UInt64(1)...20)
  func staleReads(seed: UInt64) async throws {
    let server = VersionedServer()
    let transport = FaultyTransport(server, faults: Self.faults { $0.staleRead = 0.5 }, seed: seed)
    var given: [String: Set<String>] = [:]
    var staleAnswers = 0
    for step in 0..<300 {
      if step % 3 == 0 { _ = try await transport.answer(.put, "/x") }
      let path = "/\(step % 2)"
      let answer = try await transport.answer(.get, path)
      let current = String(server.writes)
      if answer.text != current {
        staleAnswers += 1
        #expect(given[path, default: []].contains(answer.text), "seed \(seed): \(answer.text)")
      }
      given[path, default: []].insert(answer.text)
    }
    #expect(staleAnswers > 50, "seed \(seed)")
  }

  @Test("does not hold watches back to remember them")
  func watches() async throws {
    let transport = FaultyTransport(EndlessServer(), faults: Self.faults { $0.staleRead = 1 }, seed: 1)
    let head = HTTPRequest(method: .get, scheme: nil, authority: nil, path: "/pods?watch=true")
    var pieces = try await transport.send(TransportRequest(head: head)).body.makeAsyncIterator()
    #expect(try await pieces.next() == [1])
  }

  private struct EndlessServer: Transport {
    func send(_ request: TransportRequest) async throws -> TransportResponse {
      let (stream, continuation) = AsyncThrowingStream<[UInt8], any Error>.makeStream()
      continuation.yield([1])
      return TransportResponse(head: HTTPResponse(status: .ok), body: TransportBody(stream))
    }
  }

  @Test("kills the process at its last write, before or after it took effect", arguments: [1, 2, 5])
  func kill(writes: Int) async throws {
    var doneAtDeath: Set<Int> = []
    for seed in UInt64(1)...40 {
      let server = VersionedServer()
      let transport = FaultyTransport(server, faults: TransportFaults(), seed: seed, writesUntilKill: writes)
      for _ in 1..<writes {
        _ = try await transport.answer(.get, "/")
        _ = try await transport.answer(.post, "/")
      }
      #expect(server.writes == writes - 1)
      await #expect(throws: ProcessKilled.self) { try await transport.answer(.put, "/") }
      doneAtDeath.insert(server.writes)
      let requests = server.requests.count
      for method in Self.methods {
        await #expect(throws: ProcessKilled.self) { try await transport.answer(method, "/") }
      }
      #expect(server.requests.count == requests, "seed \(seed): the dead ask for nothing")
    }
    #expect(doneAtDeath == [writes - 1, writes])
  }

  @Test("fires as often as it is told", arguments: UInt64(1)...5)
  func rates(seed: UInt64) async throws {
    let server = VersionedServer()
    let transport = FaultyTransport(server, faults: Self.faults { $0.serverError = 0.2 }, seed: seed)
    var errors = 0
    for _ in 0..<5_000 where try await transport.answer(.get, "/").status == 503 { errors += 1 }
    // Five standard deviations: √(5000 · 0.2 · 0.8) is 28.
    #expect(abs(errors - 1_000) < 141, "seed \(seed): \(errors)")
    transport.setFaults(TransportFaults())
    for _ in 0..<500 { #expect(try await transport.answer(.get, "/").status == 200) }
  }

  @Test("of one seed has the same faults every time")
  func sameSeed() async throws {
    func outcomes(_ seed: UInt64) async -> [String] {
      let faults = Self.faults {
        ($0.unreachable, $0.serverError, $0.lostAnswer, $0.conflict, $0.staleRead) = (0.1, 0.1, 0.1, 0.1, 0.1)
      }
      let transport = FaultyTransport(VersionedServer(), faults: faults, seed: seed)
      var outcomes: [String] = []
      for step in 0..<200 {
        do {
          let answer = try await transport.answer(step % 2 == 0 ? .put : .get, "/")
          outcomes.append("\(answer)")
        } catch { outcomes.append("\(error)") }
      }
      return outcomes
    }
    let first = await outcomes(1)
    #expect(await outcomes(1) == first)
    #expect(await outcomes(2) != first)
  }
}
