import Foundation
import HTTPTypes
import Seams
import Testing

@testable import MeshServe

@Suite("An upgrade to messages")
struct WebSocketTests {
  private static let spoken = ["v5.channel.k8s.io", "v4.channel.k8s.io"]

  /// Sends back what it gets until the client says that it sends no more, then says goodbye.
  private static let echo = ScriptedTransport(
    answer: { _ in .text("no", status: 404) },
    opening: { request in
      guard let chosen = request.chosenProtocol(among: spoken) else {
        return .refused(.text(request.noCommonProtocol, status: 400))
      }
      let (client, server) = MessageConnection.pair(subprotocol: chosen)
      Task {
        for await message in server.incoming {
          guard message != Array("goodbye".utf8) else { break }
          try await server.send(message)
        }
        try await server.send(Array("goodbye".utf8))
        server.close()
      }
      return .opened(client)
    })

  private typealias Frame = WebSocketClient.Frame

  @Test(
    "agrees on the client's favourite among the protocols spoken",
    arguments: [
      ("v4.channel.k8s.io", "v4.channel.k8s.io"), ("v5.channel.k8s.io", "v5.channel.k8s.io"),
      ("v9.channel.k8s.io, v5.channel.k8s.io,v4.channel.k8s.io", "v5.channel.k8s.io"),
    ])
  func negotiation(offered: String, chosen: String) async throws {
    try await withPort(WebSocketTests.echo) { port in
      let socket = try await WebSocketClient(port, protocols: offered)
      #expect(socket.head.hasPrefix("HTTP/1.1 101 Switching Protocols\r\n"))
      // The key's answer is that of RFC 6455's own example.
      #expect(socket.head.contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"))
      #expect(socket.head.contains("Sec-WebSocket-Protocol: \(chosen)\r\n"))
      try await socket.send(Frame(opcode: 2, payload: [0, 104, 105]))
      #expect(try await socket.next() == Frame(opcode: 2, payload: [0, 104, 105]))
    }
  }

  @Test(
    "carries messages of any size within the limit", arguments: [0, 1, 125, 126, 65_535, 65_536, 1 << 20])
  func sizes(size: Int) async throws {
    try await withPort(WebSocketTests.echo) { port in
      let socket = try await WebSocketClient(port, protocols: "v5.channel.k8s.io")
      let payload = (0..<size).map { UInt8(truncatingIfNeeded: $0) }
      try await socket.send(Frame(opcode: 2, payload: payload))
      #expect(try await socket.next() == Frame(opcode: 2, payload: payload))
    }
  }

  @Test("puts a message together that comes in fragments, with a ping between them")
  func fragments() async throws {
    try await withPort(WebSocketTests.echo) { port in
      let socket = try await WebSocketClient(port, protocols: "v5.channel.k8s.io")
      try await socket.send(Frame(opcode: 2, payload: [1], isFinal: false))
      try await socket.send(Frame(opcode: 9, payload: [7]))
      try await socket.send(Frame(opcode: 0, payload: [2], isFinal: false))
      try await socket.send(Frame(opcode: 0, payload: [3]))
      #expect(try await socket.next() == Frame(opcode: 10, payload: [7]))
      #expect(try await socket.next() == Frame(opcode: 2, payload: [1, 2, 3]))
    }
  }

  @Test("takes what the client sends before it has the answer")
  func early() async throws {
    try await withPort(WebSocketTests.echo) { port in
      let client = try await RawClient(port)
      try await client.send(
        bytes: Array(
          ("GET /exec HTTP/1.1\r\nHost: h\r\nConnection: keep-alive, Upgrade\r\nUpgrade: WebSocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + "Sec-WebSocket-Protocol: v4.channel.k8s.io\r\n\r\n").utf8) + [0x82, 0x81, 0, 0, 0, 0, 42])
      _ = try await client.takeHead()
      #expect(try await client.take(3) == [0x82, 1, 42])
    }
  }

  @Test("ends with a farewell when the server's end closes, after all that it sent")
  func serverCloses() async throws {
    try await withPort(WebSocketTests.echo) { port in
      let socket = try await WebSocketClient(port, protocols: "v5.channel.k8s.io")
      try await socket.send(Frame(opcode: 2, payload: Array("goodbye".utf8)))
      #expect(try await socket.next() == Frame(opcode: 2, payload: Array("goodbye".utf8)))
      #expect(try await socket.next() == Frame(opcode: 8, payload: [0x03, 0xE8]))
      try? await socket.send(Frame(opcode: 8, payload: [0x03, 0xE8]))
      #expect(try await socket.next() == nil)
    }
  }

  @Test("lets the server's end read all that the client sent before it closed", arguments: [true, false])
  func clientCloses(isPolite: Bool) async throws {
    let received = Event<[[UInt8]]>()
    let handler = ScriptedTransport(opening: { _ in
      let (client, server) = MessageConnection.pair(subprotocol: "v5.channel.k8s.io")
      Task {
        var messages: [[UInt8]] = []
        for await message in server.incoming { messages.append(message) }
        received.happen(messages)
      }
      return .opened(client)
    })
    try await withPort(handler) { port in
      let socket = try await WebSocketClient(port, protocols: "v5.channel.k8s.io")
      for byte in UInt8(0)..<10 { try await socket.send(Frame(opcode: 2, payload: [byte])) }
      if isPolite {
        try await socket.send(Frame(opcode: 8, payload: [0x03, 0xE8]))
        #expect(try await socket.next() == Frame(opcode: 8, payload: [0x03, 0xE8]))
      }
      try? await socket.client.close()
      #expect(try await received.wait() == (UInt8(0)..<10).map { [$0] })
    }
  }

  @Test("fails the sending of a server's end whose client has gone")
  func clientGone() async throws {
    let failed = Event<Void>()
    let handler = ScriptedTransport(opening: { _ in
      let (client, server) = MessageConnection.pair(subprotocol: "v5.channel.k8s.io")
      Task {
        do {
          while true { try await server.send([1]) }
        } catch is TransportError { failed.happen() }
      }
      return .opened(client)
    })
    try await withPort(handler) { port in
      let socket = try await WebSocketClient(port, protocols: "v5.channel.k8s.io")
      #expect(try await socket.next() == Frame(opcode: 2, payload: [1]))
      try? await socket.client.close()
      try await failed.wait()
    }
  }

  @Test("ends with its port")
  func portCloses() async throws {
    try await withPort(WebSocketTests.echo) { port in
      let socket = try await WebSocketClient(port, protocols: "v5.channel.k8s.io")
      async let closing: Void = port.close()
      #expect(try await socket.next() == Frame(opcode: 8, payload: [0x03, 0xE9]))
      try? await socket.client.close()
      await closing
    }
  }

  @Test("ends when a message is larger than allowed")
  func tooLarge() async throws {
    var limits = PortLimits.patient
    limits.messageBytes = 1_000
    try await withPort(WebSocketTests.echo, limits: limits) { port in
      let socket = try await WebSocketClient(port, protocols: "v5.channel.k8s.io")
      try await socket.send(Frame(opcode: 2, payload: [UInt8](repeating: 0, count: 1_001)))
      #expect(try await socket.next()?.opcode == 8)
    }
  }

  @Test("without a protocol in common is answered as the transport says")
  func noneInCommon() async throws {
    try await withPort(WebSocketTests.echo) { port in
      let socket = try await WebSocketClient(port, protocols: "v9.channel.k8s.io")
      #expect(socket.head.hasPrefix("HTTP/1.1 400 "))
      let text = try await socket.client.readToEnd()
      #expect(text == #"unable to upgrade: none of the subprotocols ["v9.channel.k8s.io"] is spoken here"#)
    }
  }

  @Test("that the transport refuses is answered as an ordinary request")
  func refused() async throws {
    let handler = ScriptedTransport(answer: { _ in .text("no such pod", status: 404) })
    try await withPort(handler) { port in
      let socket = try await WebSocketClient(port, protocols: "v5.channel.k8s.io")
      #expect(socket.head.hasPrefix("HTTP/1.1 404 Not Found\r\n"))
      #expect(try await socket.client.readToEnd() == "no such pod")
    }
  }

  @Test(
    "needs a proper handshake",
    arguments: [
      ("Sec-WebSocket-Version: 8\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", "only version 13"),
      ("Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: c2hvcnQ=\r\n", "must be 16 bytes"),
      ("Sec-WebSocket-Version: 13\r\n", "must be 16 bytes"),
    ])
  func handshake(fields: String, complaint: String) async throws {
    try await withPort(WebSocketTests.echo) { port in
      let client = try await RawClient(port)
      try await client.send(
        "GET /exec HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\(fields)\r\n")
      let text = try await client.readToEnd()
      #expect(text.hasPrefix("HTTP/1.1 400 "))
      #expect(text.contains(complaint))
    }
  }

  @Test("may bring its token among the protocols, which is not passed on as one")
  func token() async throws {
    let seen = Event<TransportRequest>()
    let handler = ScriptedTransport(opening: { request in
      seen.happen(request)
      return .refused(.text("seen", status: 403))
    })
    let token = Data("my?token>".utf8).base64EncodedString()
      .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    try await withPort(handler) { port in
      _ = try await WebSocketClient(
        port, protocols: "base64url.bearer.authorization.k8s.io.\(token), v5.channel.k8s.io")
      let request = try await seen.wait()
      #expect(request.head.headerFields[.authorization] == "Bearer my?token>")
      #expect(request.offeredProtocols == ["v5.channel.k8s.io"])
    }
  }

  @Test("with nothing but a token among the protocols is refused")
  func onlyToken() async throws {
    try await withPort(WebSocketTests.echo) { port in
      let socket = try await WebSocketClient(port, protocols: "base64url.bearer.authorization.k8s.io.YWJj")
      #expect(socket.head.hasPrefix("HTTP/1.1 400 "))
      #expect(try await socket.client.readToEnd().contains("missing additional subprotocol in request"))
    }
  }

  private static let spdy =
    "POST /exec HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\nContent-Length: 0\r\n"
    + "X-Stream-Protocol-Version: v4.channel.k8s.io\r\n\r\n"

  @Test("to SPDY is refused in words that kubectl shows")
  func spdy() async throws {
    let agreeing = ScriptedTransport(opening: { _ in
      .opened(MessageConnection.pair(subprotocol: "v4.channel.k8s.io").client)
    })
    try await withPort(agreeing) { port in
      let client = try await RawClient(port)
      try await client.send(WebSocketTests.spdy)
      let text = try await client.readToEnd()
      #expect(text.hasPrefix("HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\n"))
      #expect(text.contains("does not speak SPDY: use kubectl 1.31 or later"))
    }
  }

  @Test("to SPDY is told first what is wrong with the request itself")
  func spdyForbidden() async throws {
    let handler = ScriptedTransport(answer: { _ in .text("forbidden", status: 403) })
    try await withPort(handler) { port in
      let client = try await RawClient(port)
      try await client.send(WebSocketTests.spdy)
      let text = try await client.readToEnd()
      #expect(text.hasPrefix("HTTP/1.1 403 Forbidden\r\n"))
      #expect(text.hasSuffix("forbidden"))
    }
  }
}
