import Seams

/// Ports as kubectl has them: SPDY/3.1 inside of a connection of messages, two streams for each connection to a
/// port, one of them for what goes wrong.
struct PortTunnel {
  static let name = "SPDY/3.1+portforward.k8s.io"

  private struct Stream {
    let isError: Bool
    let request: String
    var port: ContainerPort
    var isClosed = false
  }

  private let open: @Sendable (Int) -> ContainerPort
  private var streams: [UInt32: Stream] = [:]
  private var headers = SPDYHeaders()
  private var received: [UInt8] = []

  private init(_ open: @escaping @Sendable (Int) -> ContainerPort) { self.open = open }

  static func run(over connection: MessageConnection, _ open: @escaping @Sendable (Int) -> ContainerPort)
    async throws
  {
    var tunnel = PortTunnel(open)
    for await message in connection.incoming {
      tunnel.received += message
      while let frame = SPDYFrame(&tunnel.received) {
        let answer = try tunnel.take(frame)
        if !answer.isEmpty { try await connection.send(answer) }
      }
    }
  }

  /// - Returns: the frames with which the other end is answered.
  private mutating func take(_ frame: SPDYFrame) throws -> [UInt8] {
    switch frame {
    case .open(let id, let block): return begin(id, try headers.read(block))
    case .data(let id, let bytes, let isLast): return receive(bytes, at: id, isLast: isLast)
    case .reset(let id): return end(id)
    case .ping(let number): return SPDYFrame.ping(number).bytes
    case .other: return []
    }
  }

  private mutating func begin(_ id: UInt32, _ fields: [String: String]) -> [UInt8] {
    let port = fields["port"].flatMap { Int($0) } ?? 0
    let stream = Stream(
      isError: fields["streamtype"] == "error", request: fields["requestid"] ?? "", port: open(port))
    streams[id] = stream
    var answer = SPDYFrame.reply(id, headers.emptyBlock())
    guard !stream.isError, let refusal = stream.port.refusal else { return answer }
    if let partner = partner(of: id) {
      answer += SPDYFrame.data(partner, Array(refusal.utf8), isLast: true).bytes
      streams[partner]?.isClosed = true
    }
    return answer + end(id)
  }

  private mutating func receive(_ bytes: [UInt8], at id: UInt32, isLast: Bool) -> [UInt8] {
    guard var stream = streams[id], !stream.isError, !stream.isClosed else { return [] }
    var answer: [UInt8] = []
    let text = stream.port.receive(bytes)
    streams[id] = stream
    for start in stride(from: 0, to: text.count, by: 32 << 10) {
      let part = Array(text[start..<min(start + 32 << 10, text.count)])
      answer += SPDYFrame.data(id, part, isLast: false).bytes
    }
    stream.isClosed = stream.port.isOver || isLast
    return stream.isClosed ? answer + end(id) : answer
  }

  /// Closes a stream of data, and with it the one for its errors.
  private mutating func end(_ id: UInt32) -> [UInt8] {
    guard let stream = streams[id], !stream.isError else {
      streams[id] = nil
      return []
    }
    var answer = SPDYFrame.data(id, [], isLast: true).bytes
    if let partner = partner(of: id) {
      if streams[partner]?.isClosed == false { answer += SPDYFrame.data(partner, [], isLast: true).bytes }
      streams[partner] = nil
    }
    streams[id] = nil
    return answer
  }

  private func partner(of id: UInt32) -> UInt32? {
    streams.first { $0.key != id && $0.value.request == streams[id]?.request && $0.value.isError }?.key
  }
}
