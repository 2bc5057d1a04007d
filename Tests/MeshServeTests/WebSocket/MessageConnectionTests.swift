import Seams
import Testing

@Suite("Two connected ends")
struct MessageConnectionTests {
  @Test("carry messages both ways, in order")
  func order() async throws {
    let (client, server) = MessageConnection.pair(subprotocol: "p")
    for byte in UInt8(0)..<5 {
      try await client.send([byte])
      try await server.send([byte, byte])
    }
    client.finish()
    server.finish()
    var (there, back): ([[UInt8]], [[UInt8]]) = ([], [])
    for await message in server.incoming { there.append(message) }
    for await message in client.incoming { back.append(message) }
    #expect(there == (UInt8(0)..<5).map { [$0] })
    #expect(back == (UInt8(0)..<5).map { [$0, $0] })
  }

  @Test("hold a sender back until there is room", arguments: UInt64(1)...20)
  func capacity(seed: UInt64) throws {
    let simulation = Simulation(seed: seed, start: Timestamp(seconds: 0))
    let progress = try simulation.run {
      let (client, server) = MessageConnection.pair(subprotocol: "p", capacity: 10)
      return try await withThrowingTaskGroup(of: Timestamp?.self) { group in
        group.addTask {
          for _ in 0..<3 { try await client.send([UInt8](repeating: 0, count: 5)) }
          return simulation.clock.now
        }
        group.addTask {
          try await simulation.clock.sleep(for: .seconds(7))
          var messages = server.incoming.makeAsyncIterator()
          _ = await messages.next()
          return nil
        }
        return try await group.reduce(nil) { $0 ?? $1 }
      }
    }
    #expect(progress == Timestamp(seconds: 7), "seed \(seed)")
  }

  @Test("take a single message that is larger than their room")
  func large() async throws {
    let (client, server) = MessageConnection.pair(subprotocol: "p", capacity: 10)
    try await client.send([UInt8](repeating: 1, count: 100))
    var messages = server.incoming.makeAsyncIterator()
    #expect(await messages.next()?.count == 100)
  }

  @Test("refuse to send once either has closed")
  func closed() async throws {
    let (client, server) = MessageConnection.pair(subprotocol: "p")
    try await client.send([1])
    client.close()
    await #expect(throws: TransportError.self) { try await client.send([2]) }
    await #expect(throws: TransportError.self) { try await server.send([2]) }
    var messages = server.incoming.makeAsyncIterator()
    #expect(await messages.next() == [1], "what was sent before still arrives")
    #expect(await messages.next() == nil)
  }

  @Test("let a cancelled task go, whether it reads or sends", arguments: UInt64(1)...20)
  func cancellation(seed: UInt64) throws {
    let simulation = Simulation(seed: seed, start: Timestamp(seconds: 0))
    try simulation.run {
      let (client, server) = MessageConnection.pair(subprotocol: "p", capacity: 1)
      await withTaskGroup(of: Void.self) { group in
        group.addTask {
          await #expect(throws: CancellationError.self) {
            for _ in 0..<10 { try await client.send([1]) }
          }
        }
        group.addTask {
          var messages = client.incoming.makeAsyncIterator()
          #expect(await messages.next() == nil)
        }
        group.addTask { try? await simulation.clock.sleep(for: .seconds(1)) }
        await group.next()
        group.cancelAll()
      }
      _ = server
    }
  }
}
