import Seams
import Testing

@testable import MeshServe

@Suite("A port that closes")
struct ClosingTests {
  @Test("lets a request under way be answered, and ends idle connections")
  func grace() async throws {
    let arrived = Event<Void>()
    let isReleased = Event<Void>()
    let handler = ScriptedTransport(answer: { _ in
      arrived.happen()
      try await isReleased.wait()
      return .text("answered")
    })
    try await withPort(handler) { port in
      let (busy, idle) = (try await RawClient(port), try await RawClient(port))
      try await busy.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
      try await arrived.wait()
      async let closing: Void = port.close(grace: .seconds(30))
      #expect(try await idle.readToEnd().isEmpty)
      isReleased.happen()
      #expect(try await busy.readToEnd().hasSuffix("answered"))
      await closing
      #expect(port.connectionCount == 0)
    }
  }

  @Test("cancels a request that takes longer than the grace")
  func overdue() async throws {
    let arrived = Event<Void>()
    let wasCancelled = Event<Void>()
    let handler = ScriptedTransport(answer: { _ in
      arrived.happen()
      await withTaskCancellationHandler {
        _ = try? await Event<Void>().wait()
      } onCancel: {
        wasCancelled.happen()
      }
      throw CancellationError()
    })
    try await withPort(handler) { port in
      let client = try await RawClient(port)
      try await client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
      try await arrived.wait()
      await port.close(grace: .milliseconds(10))
      #expect(try await client.readToEnd().isEmpty)
      try await wasCancelled.wait()
    }
  }

  @Test("is free for the next, and takes nothing more")
  func freed() async throws {
    let first = try await APIPort.open(ScriptedTransport(), certificate: try TestCertificate.shared)
    await first.close()
    await #expect(throws: (any Error).self) { _ = try await RawClient(first) }
    let next = try await APIPort.open(
      ScriptedTransport(), at: .loopback(port: first.port), certificate: try TestCertificate.shared)
    #expect(next.port == first.port)
    await next.close()
  }

  @Test("when it is taken, says so and what to do")
  func taken() async throws {
    try await withPort(ScriptedTransport()) { port in
      let error = await #expect(throws: PortError.self) {
        _ = try await APIPort.open(
          ScriptedTransport(), at: .loopback(port: port.port), certificate: try TestCertificate.shared)
      }
      #expect(error?.code == .cannotListen)
      #expect(error?.message.contains("cannot listen on 127.0.0.1 port \(port.port)") == true)
      #expect(error?.message.contains("Take another port, or 0 for any free one") == true)
    }
  }
}
