import HTTPTypes
import Seams
import Testing

@testable import MeshServe

@Suite("A request to a port")
struct RequestTests {
  /// Says what arrived.
  private static let mirror = ScriptedTransport(answer: { request in
    .text(
      "\(request.head.method) \(request.head.path ?? "") \(String(decoding: request.body, as: UTF8.self)).")
  })

  @Test("reaches the transport with method, path, fields and body")
  func passes() async throws {
    let seen = Event<TransportRequest>()
    let handler = ScriptedTransport(answer: { request in
      seen.happen(request)
      return .text("made", status: 201)
    })
    try await withPort(handler) { port in
      let client = try await RawClient(port)
      try await client.send(
        "POST /api/v1/pods?dryRun=All HTTP/1.1\r\nHost: here\r\nAccept: a\r\nAccept: b\r\n"
          + "Content-Length: 4\r\n\r\nbody")
      let answer = try await client.read(until: "made")
      #expect(answer == "HTTP/1.1 201 Created\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\r\nmade")
      let request = try await seen.wait()
      #expect(request.head.method == .post)
      #expect(request.head.path == "/api/v1/pods?dryRun=All")
      #expect(request.head.authority == "here")
      #expect(request.head.headerFields[values: .accept] == ["a", "b"])
      #expect(request.body == Array("body".utf8))
    }
  }

  @Test(
    "has its target passed on as it is",
    arguments: [
      "/../../etc/passwd", "/api/%2e%2e/%2f", "/%zz%", "/a%00b", "/%ff%fe", "//double//slash", "/?",
      "/a?b?c#d",
    ])
  func targets(target: String) async throws {
    try await withPort(RequestTests.mirror) { port in
      let client = try await RawClient(port)
      try await client.send("GET \(target) HTTP/1.1\r\nHost: h\r\n\r\n")
      let answer = try await client.read(until: ".")
      #expect(answer.hasSuffix("GET \(target) ."))
    }
  }

  @Test(
    "may name the server in its target",
    arguments: [("https://h/a?b", "/a?b"), ("http://h", "/"), ("https://h?q", "/?q")])
  func absolute(target: String, path: String) async throws {
    try await withPort(RequestTests.mirror) { port in
      let client = try await RawClient(port)
      try await client.send("GET \(target) HTTP/1.1\r\nHost: h\r\n\r\n")
      let answer = try await client.read(until: ".")
      #expect(answer.hasSuffix("GET \(path) ."))
    }
  }

  @Test("waits for the one before it on its connection, even when both arrive together")
  func pipelining() async throws {
    let isReleased = Event<Void>()
    let handler = ScriptedTransport(answer: { request in
      if request.head.path == "/first" { try await isReleased.wait() }
      return .text("answer to \(request.head.path ?? "").")
    })
    try await withPort(handler) { port in
      let client = try await RawClient(port)
      try await client.send(
        "GET /first HTTP/1.1\r\nHost: h\r\n\r\nPOST /second HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\nx"
          + "GET /third HTTP/1.1\r\nHost: h\r\n\r\n")
      isReleased.happen()
      let text = try await client.read(until: "/third.")
      let order = ["/first.", "/second.", "/third."].map { text.firstRange(of: $0)?.lowerBound }
      #expect(order.compactMap { $0 }.count == 3)
      #expect(order.compactMap { $0 } == order.compactMap { $0 }.sorted())
    }
  }

  @Test("for the head alone is answered without a body, and the connection goes on")
  func head() async throws {
    try await withPort(RequestTests.mirror) { port in
      let client = try await RawClient(port)
      try await client.send("HEAD /a HTTP/1.1\r\nHost: h\r\n\r\nGET /b HTTP/1.1\r\nHost: h\r\n\r\n")
      let text = try await client.read(until: "GET /b .")
      #expect(text.contains("Content-Length: 9\r\n\r\nHTTP/1.1 200 OK"))
    }
  }

  @Test("that waits for leave to send its body gets it")
  func expectation() async throws {
    try await withPort(RequestTests.mirror) { port in
      let client = try await RawClient(port)
      try await client.send("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n")
      #expect(try await client.takeHead().hasPrefix("HTTP/1.1 100 Continue\r\n"))
      try await client.send("abc")
      #expect(try await client.read(until: "abc.").hasPrefix("HTTP/1.1 200 OK"))
    }
  }

  @Test("in HTTP/1.0 is answered in it, and the connection closed")
  func old() async throws {
    try await withPort(RequestTests.mirror) { port in
      let client = try await RawClient(port)
      try await client.send("GET /old HTTP/1.0\r\n\r\n")
      let text = try await client.readToEnd()
      #expect(text.hasPrefix("HTTP/1.0 200 OK\r\n"))
      #expect(text.hasSuffix("GET /old ."))
    }
  }

  @Test("with a large answer gets all of it")
  func large() async throws {
    let size = 20_000_000
    let handler = ScriptedTransport(answer: { _ in .text(String(repeating: "x", count: size) + "!") })
    try await withPort(handler) { port in
      let client = try await RawClient(port)
      try await client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
      #expect(try await client.takeHead().contains("Content-Length: \(size + 1)\r\n"))
      #expect(try await client.take(size + 1).last == UInt8(ascii: "!"))
    }
  }

  @Test("that the transport fails on is answered 500, and the connection goes on")
  func failure() async throws {
    struct Broken: Error, CustomStringConvertible { let description = "the disk is \"full\"" }
    try await withPort(ScriptedTransport(answer: { _ in throw Broken() })) { port in
      let client = try await RawClient(port)
      try await client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
      let text = try await client.read(until: "}")
      #expect(text.hasPrefix("HTTP/1.1 500 Internal Server Error\r\n"))
      #expect(text.contains(#""message":"Internal error occurred: the disk is \"full\"""#))
      #expect(!text.contains("Connection: close"))
    }
  }

  @Test("that gets no answer from the transport gets none from the port")
  func noAnswer() async throws {
    let handler = ScriptedTransport(answer: { _ in throw TransportError(.broken, "cut") })
    try await withPort(handler) { port in
      let client = try await RawClient(port)
      try await client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
      #expect(try await client.readToEnd().isEmpty)
    }
  }

  @Test("is answered beside others that wait")
  func concurrent() async throws {
    let isReleased = Event<Void>()
    let handler = ScriptedTransport(answer: { request in
      if request.head.path == "/slow" { try await isReleased.wait() }
      return .text("done.")
    })
    try await withPort(handler) { port in
      let slow = try await RawClient(port)
      try await slow.send("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n")
      let fast = try await RawClient(port)
      try await fast.send("GET /fast HTTP/1.1\r\nHost: h\r\n\r\n")
      try await fast.read(until: "done.")
      #expect(slow.text.isEmpty)
      isReleased.happen()
      try await slow.read(until: "done.")
    }
  }

  @Test("without TLS is told so")
  func plain() async throws {
    try await withPort(RequestTests.mirror) { port in
      let client = try await RawClient(port, isSecure: false)
      try await client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
      let text = try await client.readToEnd()
      #expect(text.hasPrefix("HTTP/1.0 400 Bad Request\r\n"))
      #expect(text.hasSuffix("Client sent an HTTP request to an HTTPS server.\n"))
    }
  }
}
