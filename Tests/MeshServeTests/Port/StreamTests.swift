import HTTPTypes
import Seams
import Testing

@testable import MeshServe

@Suite("An answer in pieces")
struct StreamTests {
  private typealias Pieces = AsyncThrowingStream<[UInt8], any Error>

  /// A transport that streams what `pieces` gives, and says when nobody takes it any more.
  private static func stream(
    _ pieces: Pieces.Continuation, _ stream: Pieces, ended: Event<Bool>
  ) -> ScriptedTransport {
    pieces.onTermination = { termination in
      if case .cancelled = termination { ended.happen(true) } else { ended.happen(false) }
    }
    return ScriptedTransport(answer: { request in
      request.head.path == "/plain" ? .text("plain") : .pieces(stream)
    })
  }

  private static let request = "GET /watch HTTP/1.1\r\nHost: h\r\n\r\n"

  @Test("arrives piece by piece, and the connection goes on after it")
  func pieces() async throws {
    let (stream, pieces) = Pieces.makeStream()
    try await withPort(StreamTests.stream(pieces, stream, ended: Event())) { port in
      let client = try await RawClient(port)
      try await client.send(StreamTests.request)
      #expect(try await client.takeHead().contains("Transfer-Encoding: chunked\r\n"))
      for piece in ["one\n", "two\n"] {
        pieces.yield(Array(piece.utf8))
        #expect(try await client.read(until: piece + "\r\n").hasPrefix("4\r\n\(piece)"))
        _ = try await client.take(9)
      }
      pieces.finish()
      #expect(try await client.take(5) == Array("0\r\n\r\n".utf8))
      try await client.send("GET /plain HTTP/1.1\r\nHost: h\r\n\r\n")
      try await client.read(until: "plain")
    }
  }

  @Test("shows its head before the first piece is there")
  func headFirst() async throws {
    let (stream, pieces) = Pieces.makeStream()
    try await withPort(StreamTests.stream(pieces, stream, ended: Event())) { port in
      let client = try await RawClient(port)
      try await client.send(StreamTests.request)
      #expect(try await client.takeHead().hasPrefix("HTTP/1.1 200 OK\r\n"))
    }
  }

  @Test("is cancelled at its source when the client goes")
  func clientGoes() async throws {
    let (stream, pieces) = Pieces.makeStream()
    let ended = Event<Bool>()
    try await withPort(StreamTests.stream(pieces, stream, ended: ended)) { port in
      let client = try await RawClient(port)
      try await client.send(StreamTests.request)
      _ = try await client.takeHead()
      try await client.close()
      #expect(try await ended.wait())
    }
  }

  @Test("of which something went wrong does not look complete")
  func failure() async throws {
    let (stream, pieces) = Pieces.makeStream()
    try await withPort(StreamTests.stream(pieces, stream, ended: Event())) { port in
      let client = try await RawClient(port)
      try await client.send(StreamTests.request)
      pieces.yield(Array("one".utf8))
      try await client.read(until: "one")
      pieces.finish(throwing: TransportError(.broken, "cut"))
      #expect(try await !client.readToEnd().contains("\r\n0\r\n"))
    }
  }

  @Test("is cut off when its client does not read, and its source cancelled")
  func slowReader() async throws {
    var limits = PortLimits.patient
    (limits.unreadBytes, limits.catchUpTime) = (64 << 10, .milliseconds(300))
    let (stream, pieces) = Pieces.makeStream()
    let ended = Event<Bool>()
    try await withPort(StreamTests.stream(pieces, stream, ended: ended), limits: limits) { port in
      let client = try await RawClient(port, isReading: false)
      try await client.send(StreamTests.request)
      // More than the buffers of both sockets take.
      for _ in 0..<400 { pieces.yield([UInt8](repeating: 0, count: 64 << 10)) }
      #expect(try await ended.wait())
    }
  }

  @Test("ends with its port, as if its source had ended it")
  func portCloses() async throws {
    let (stream, pieces) = Pieces.makeStream()
    let ended = Event<Bool>()
    try await withPort(StreamTests.stream(pieces, stream, ended: ended)) { port in
      let client = try await RawClient(port)
      try await client.send(StreamTests.request)
      _ = try await client.takeHead()
      pieces.yield(Array("one".utf8))
      try await client.read(until: "one")
      await port.close(grace: .seconds(30))
      #expect(try await client.readToEnd() == "3\r\none\r\n0\r\n\r\n")
      #expect(try await ended.wait())
    }
  }

  @Test("to a request for the head alone is only its head")
  func head() async throws {
    let (stream, pieces) = Pieces.makeStream()
    try await withPort(StreamTests.stream(pieces, stream, ended: Event())) { port in
      let client = try await RawClient(port)
      try await client.send("HEAD /watch HTTP/1.1\r\nHost: h\r\n\r\nGET /plain HTTP/1.1\r\nHost: h\r\n\r\n")
      #expect(try await client.takeHead().hasPrefix("HTTP/1.1 200 OK\r\n"))
      #expect(try await client.read(until: "plain").hasPrefix("HTTP/1.1 200 OK\r\n"))
    }
  }
}
