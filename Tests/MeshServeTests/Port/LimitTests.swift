import HTTPTypes
import NIOCore
import Seams
import Testing

@testable import MeshServe

@Suite("The limits of a port")
struct LimitTests {
  private static func limits(_ change: (inout PortLimits) -> Void) -> PortLimits {
    var limits = PortLimits.patient
    change(&limits)
    return limits
  }

  private static let tooLarge =
    #"{"apiVersion":"v1","code":413,"kind":"Status","message":"Request entity too large: limit is 1000","#
    + #""metadata":{},"reason":"RequestEntityTooLarge","status":"Failure"}"#

  @Test("refuse a body that is announced as too large, before it is sent")
  func announced() async throws {
    try await withPort(ScriptedTransport(), limits: LimitTests.limits { $0.bodyBytes = 1_000 }) { port in
      let client = try await RawClient(port)
      try await client.send(
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1001\r\nExpect: 100-continue\r\n\r\n")
      let text = try await client.readToEnd()
      #expect(text.hasPrefix("HTTP/1.1 413 "))
      #expect(text.hasSuffix(LimitTests.tooLarge))
    }
  }

  @Test("refuse a body that turns out too large")
  func chunked() async throws {
    try await withPort(ScriptedTransport(), limits: LimitTests.limits { $0.bodyBytes = 1_000 }) { port in
      let client = try await RawClient(port)
      let chunk = "1F4\r\n" + String(repeating: "x", count: 500) + "\r\n"
      try await client.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n")
      try await client.send(chunk + chunk + chunk)
      #expect(try await client.readToEnd().hasSuffix(LimitTests.tooLarge))
    }
  }

  @Test("let a body through that is just as large as allowed")
  func exact() async throws {
    try await withPort(ScriptedTransport(), limits: LimitTests.limits { $0.bodyBytes = 1_000 }) { port in
      let client = try await RawClient(port)
      let body = String(repeating: "x", count: 1_000)
      try await client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\n" + body)
      #expect(try await client.read(until: "ok").hasPrefix("HTTP/1.1 200 "))
    }
  }

  @Test(
    "refuse a head that is too large, in one field, in many or in its target",
    arguments: [
      "GET / HTTP/1.1\r\nHost: h\r\nA: \(String(repeating: "x", count: 5_000))\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: h\r\n\(String(repeating: "A: xxxxxxxx\r\n", count: 400))\r\n",
      "GET /\(String(repeating: "x", count: 5_000)) HTTP/1.1\r\nHost: h\r\n\r\n",
    ])
  func headSize(request: String) async throws {
    try await withPort(ScriptedTransport(), limits: LimitTests.limits { $0.headBytes = 4_000 }) { port in
      let client = try await RawClient(port)
      try await client.send(request)
      #expect(try await client.readToEnd().hasPrefix("HTTP/1.1 431 "))
    }
  }

  @Test(
    "refuse what is not HTTP",
    arguments: [
      "nonsense\r\n\r\n", "GET / HTTP/1.1\r\nHost: h\r\nNo colon\r\n\r\n", "GET / HTTP/1.1\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "GET relative HTTP/1.1\r\nHost: h\r\n\r\n",
      "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n",
      "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: h\r\nA: b\0c\r\n\r\n", "GET / HTTP/9.9\r\nHost: h\r\n\r\n",
    ])
  func malformed(request: String) async throws {
    let handler = ScriptedTransport(answer: { request in
      Issue.record("passed on: \(request.head)")
      return .text("")
    })
    try await withPort(handler) { port in
      let client = try await RawClient(port)
      try await client.send(request)
      let text = try await client.readToEnd()
      #expect(text.hasPrefix("HTTP/1.1 400 Bad Request\r\n"))
    }
  }

  @Test("keep a field that is not UTF-8 from doing harm")
  func invalidUnicode() async throws {
    try await withPort(ScriptedTransport()) { port in
      let client = try await RawClient(port)
      try await client.send(
        bytes: Array("GET /".utf8) + [0xFF, 0xC0] + Array(" HTTP/1.1\r\nHost: h\r\nA: ".utf8) + [0xFF, 0xFE]
          + Array("\r\n\r\n".utf8))
      #expect(try await client.read { $0.hasSuffix("ok") || $0.contains("400") }.hasPrefix("HTTP/1.1 "))
      let other = try await RawClient(port)
      try await other.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
      try await other.read(until: "ok")
    }
  }

  @Test(
    "end a connection whose request's head comes byte by byte", arguments: ["", "GET / HTTP/1.1\r\nHost"])
  func slowHead(start: String) async throws {
    let limits = LimitTests.limits { $0.headTime = .seconds(2) }
    try await withPort(ScriptedTransport(), limits: limits) { port in
      let client = try await RawClient(port, sending: start)
      #expect(try await client.readToEnd().isEmpty)
    }
  }

  @Test("end a connection whose second request's head does not come to its end")
  func slowSecondHead() async throws {
    // Long enough for a busy machine to come round to the second request.
    let limits = LimitTests.limits { $0.headTime = .seconds(20) }
    try await withPort(ScriptedTransport(), limits: limits) { port in
      let client = try await RawClient(port, sending: "GET / HTTP/1.1\r\nHost: h\r\n\r\n")
      try await client.read(until: "ok")
      try await client.send("GET / HT")
      #expect(try await client.readToEnd().hasSuffix("ok"))
    }
  }

  @Test("answer 408 when a body does not come to its end")
  func slowBody() async throws {
    let limits = LimitTests.limits { $0.bodyTime = .milliseconds(200) }
    try await withPort(ScriptedTransport(), limits: limits) { port in
      let client = try await RawClient(port)
      try await client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc")
      #expect(try await client.readToEnd().hasPrefix("HTTP/1.1 408 Request Timeout\r\n"))
    }
  }

  @Test("end a connection that is not used")
  func idle() async throws {
    let limits = LimitTests.limits { $0.idleTime = .milliseconds(200) }
    try await withPort(ScriptedTransport(), limits: limits) { port in
      let client = try await RawClient(port)
      try await client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
      #expect(try await client.readToEnd().hasSuffix("ok"))
    }
  }

  @Test("do not count the time that the transport takes")
  func slowTransport() async throws {
    let limits = LimitTests.limits { limits in
      (limits.bodyTime, limits.idleTime) = (.milliseconds(200), .milliseconds(200))
    }
    let arrived = Event<Void>()
    let isReleased = Event<Void>()
    let handler = ScriptedTransport(answer: { request in
      guard request.head.path == "/slow" else { return .text("ok") }
      arrived.happen()
      try await isReleased.wait()
      return .text("late")
    })
    try await withPort(handler, limits: limits) { port in
      let slow = try await RawClient(port)
      try await slow.send("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n")
      try await arrived.wait()
      // Idle for as long as any limit lasts.
      let idle = try await RawClient(port)
      try await idle.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
      try await idle.readToEnd()
      isReleased.happen()
      try await slow.read(until: "late")
      #expect(slow.text.hasSuffix("late"))
    }
  }

  @Test("turn away a connection too many, and let the next in once one has gone")
  func connections() async throws {
    try await withPort(ScriptedTransport(), limits: LimitTests.limits { $0.connections = 16 }) { port in
      var clients: [RawClient] = []
      for _ in 0..<16 { clients.append(try await RawClient(port)) }
      await #expect(throws: RawClient.NotConnected.self) { _ = try await RawClient(port) }
      try await clients.removeLast().close()
      try await within(seconds: 300) { while port.connectionCount > 15 { await Task.yield() } }
      let next = try await RawClient(port)
      try await next.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
      #expect(try await next.read(until: "ok").hasPrefix("HTTP/1.1 200 "))
    }
  }

  @Test("leave room for 2,000 idle connections, beside which others are served")
  func manyIdle() async throws {
    let limits = LimitTests.limits { $0.headTime = .seconds(300) }
    try await withPort(ScriptedTransport(), limits: limits) { port in
      let clients = try await withThrowingTaskGroup(of: [RawClient].self) { group in
        for _ in 0..<20 {
          group.addTask {
            var clients: [RawClient] = []
            for _ in 0..<100 { clients.append(try await RawClient(port)) }
            return clients
          }
        }
        return try await group.reduce(into: []) { $0 += $1 }
      }
      #expect(port.connectionCount == 2_000)
      let client = try await RawClient(port)
      try await client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
      try await client.read(until: "ok")
      for client in clients { #expect(client.channel.isActive) }
    }
  }
}
