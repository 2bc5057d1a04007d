import Seams

/// Ports in the older form: for each port one channel of bytes and one for what goes wrong. The first message of
/// each channel names the port.
enum PortChannels {
  static func run(
    _ ports: [Int], over connection: MessageConnection, _ open: @Sendable (Int) -> ContainerPort
  ) async throws {
    var listeners = ports.map(open)
    for (index, port) in ports.enumerated() {
      let number = [UInt8(truncatingIfNeeded: port), UInt8(truncatingIfNeeded: port >> 8)]
      try await connection.send([UInt8(index * 2)] + number)
      try await connection.send([UInt8(index * 2 + 1)] + number)
    }
    var told: Set<Int> = []
    for await message in connection.incoming {
      guard let channel = message.first, channel % 2 == 0, listeners.indices.contains(Int(channel) / 2) else {
        continue
      }
      let index = Int(channel) / 2
      if let refusal = listeners[index].refusal {
        guard told.insert(index).inserted else { continue }
        try await connection.send([channel + 1] + Array(refusal.utf8))
        continue
      }
      let answer = listeners[index].receive(message.dropFirst())
      if !answer.isEmpty { try await connection.send([channel] + answer) }
      // There is no way to close one port: the connection ends with the last of them.
      if listeners.allSatisfy(\.isOver) { return }
    }
  }
}
