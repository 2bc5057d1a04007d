import Seams

@testable import MeshServe

/// A WebSocket client that makes and reads frames by hand (RFC 6455, section 5.2).
struct WebSocketClient {
  let client: RawClient
  let head: String

  /// Sends a handshake; `head` is the server's answer.
  init(_ port: APIPort, path: String = "/exec", protocols: String?, fields: String = "") async throws {
    client = try await RawClient(port)
    try await client.send(
      "GET \(path) HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        + (protocols.map { "Sec-WebSocket-Protocol: \($0)\r\n" } ?? "") + fields + "\r\n")
    head = try await client.takeHead()
  }

  struct Frame: Equatable {
    var opcode: UInt8
    var payload: [UInt8]
    var isFinal = true
  }

  func send(_ frame: Frame) async throws {
    let mask: [UInt8] = [0x12, 0x34, 0x56, 0x78]
    var bytes: [UInt8] = [(frame.isFinal ? 0x80 : 0) | frame.opcode]
    let count = frame.payload.count
    switch count {
    case ..<126: bytes.append(0x80 | UInt8(count))
    case ..<65_536: bytes += [0x80 | 126, UInt8(count >> 8), UInt8(count & 0xFF)]
    default: bytes += [0x80 | 127] + (0..<8).map { UInt8(truncatingIfNeeded: count >> (56 - 8 * $0)) }
    }
    bytes += mask
    bytes += frame.payload.enumerated().map { $0.element ^ mask[$0.offset % 4] }
    try await client.send(bytes: bytes)
  }

  /// The next frame; `nil` when the server has closed.
  func next() async throws -> Frame? {
    let start = try await client.take(2)
    guard start.count == 2 else { return nil }
    var count = Int(start[1] & 0x7F)
    if count > 125 {
      count = try await client.take(count == 126 ? 2 : 8).reduce(0) { $0 << 8 | Int($1) }
    }
    return Frame(
      opcode: start[0] & 0x0F, payload: try await client.take(count), isFinal: start[0] & 0x80 != 0)
  }
}
