import KubeModel
import Seams
import Testing

@testable import MeshSim

@Suite("Forwarded ports")
struct PortForwardingTests {
  private static let request = Array("GET / HTTP/1.1\r\nHost: p\r\nConnection: close\r\n\r\n".utf8)

  @Test("answer over a pair of channels, as the Python client has them")
  func channels() async throws {
    let cluster = try SessionClient.cluster()
    let connection = try #require(
      try await SessionClient.connection("portforward?ports=80", "v4.channel.k8s.io", in: cluster))
    try await connection.send([0] + Self.request)
    var messages: [[UInt8]] = []
    for await message in connection.incoming { messages.append(message) }
    #expect(messages.prefix(2) == [[0, 80, 0], [1, 80, 0]])
    let answer = String(decoding: messages.last?.dropFirst() ?? [], as: UTF8.self)
    #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n") && answer.hasSuffix("\r\n\r\np\n"))
  }

  @Test("answer through SPDY in a tunnel, as kubectl has them, and say where nobody listens")
  func tunnel() async throws {
    let cluster = try SessionClient.cluster()
    let connection = try #require(
      try await SessionClient.connection("portforward", PortTunnel.name, in: cluster))
    for bytes in SPDYExample.opening { try await connection.send(bytes) }
    try await connection.send(SPDYFrame.data(3, Self.request, isLast: false).bytes)
    connection.finish()
    var received: [UInt8] = []
    for await message in connection.incoming { received += message }
    var frames: [SPDYFrame] = []
    while let frame = SPDYFrame(&received) { frames.append(frame) }
    let data = frames.reduce(into: [UInt32: String]()) { texts, frame in
      guard case .data(let id, let bytes, _) = frame else { return }
      texts[id, default: ""] += String(decoding: bytes, as: UTF8.self)
    }
    #expect(data[3]?.hasPrefix("HTTP/1.1 200 OK") == true && data[1] == "")
    #expect(frames.contains(.data(1, [], isLast: true)) && frames.contains(.data(3, [], isLast: true)))
  }

  @Test("refuse ports that the pod does not open")
  func refused() throws {
    let cluster = try SessionClient.cluster()
    let pod = try cluster.object(.pod, "p")
    #expect(ContainerPort(pod: pod, port: 80).refusal == nil)
    #expect(ContainerPort(pod: pod, port: 81).refusal?.contains("dial tcp4 127.0.0.1:81") == true)
  }

  @Test("are compressed with the dictionary of the protocol")
  func dictionary() {
    var (a, b): (UInt32, UInt32) = (1, 0)
    for byte in SPDYHeaders.dictionary {
      a = (a + UInt32(byte)) % 65_521
      b = (b + a) % 65_521
    }
    #expect(b << 16 | a == 0xE3C6_A7C2)
  }

  @Test("are not opened by a stream that cannot be read")
  func malformed() {
    var inflater = Inflater()
    #expect(throws: Inflater.Malformed.self) { try inflater.inflate([7, 255, 255]) }
    #expect(throws: Inflater.Malformed.self) { try inflater.inflate([0, 9, 0, 0xF6, 0xFF, 1]) }
  }
}

/// What a client sends first: a stream for errors and one for data, to port 80.
enum SPDYExample {
  static let opening = [
    frame(
      1,
      [
        120, 249, 227, 198, 167, 194, 2, 37, 58, 72, 249, 91, 4, 74, 171, 76, 22, 6, 64, 146, 179, 8, 18, 91,
        153, 160, 84, 204, 104, 0, 78, 135, 37, 69, 169, 137, 185, 208, 162, 134, 53, 21, 20, 17, 0, 0, 0, 0,
        255,
        255,
      ]), frame(3, [34, 75, 43, 168, 148, 74, 4, 0, 0, 0, 255, 255]),
  ]

  private static func frame(_ id: UInt8, _ block: [UInt8]) -> [UInt8] {
    [0x80, 3, 0, 1, 0, 0, 0, UInt8(block.count + 10), 0, 0, 0, id, 0, 0, 0, 0, 0, 0] + block
  }
}
