import KubeModel
import Seams

/// The channels of a session over one connection: the first byte of a message says which one it is for.
struct SessionChannels: Sendable {
  enum Channel: UInt8, Sendable {
    case input = 0
    case output = 1
    case errors = 2
    case status = 3
    /// In version 5 of the protocol: the client has finished with the channel that follows.
    case closing = 255
  }

  private let connection: MessageConnection

  init(_ connection: MessageConnection) { self.connection = connection }

  func write(_ text: String, to channel: Channel) async throws {
    guard !text.isEmpty else { return }
    try await connection.send([channel.rawValue] + Array(text.utf8))
  }

  /// Tells how the program ended.
  func finish(exitCode: Int) async throws {
    let success: JSONValue = ["kind": "Status", "apiVersion": "v1", "metadata": [:], "status": "Success"]
    let failure: JSONValue = [
      "kind": "Status", "apiVersion": "v1", "metadata": [:], "status": "Failure",
      "message": .string("command terminated with non-zero exit code: exit status \(exitCode)"),
      "reason": "NonZeroExitCode",
      "details": ["causes": [["reason": "ExitCode", "message": .string(String(exitCode))]]],
    ]
    let status = exitCode == 0 ? success : failure
    try await connection.send([Channel.status.rawValue] + status.jsonBytes())
  }

  /// What the client types, line by line, until it ends its input.
  func inputLines() -> AsyncStream<String> {
    let messages = connection.incoming
    return AsyncStream { continuation in
      let reader = Task {
        var rest: [UInt8] = []
        reading: for await message in messages {
          switch message.first.flatMap(Channel.init) {
          case .input:
            rest += message.dropFirst()
            while let end = rest.firstIndex(where: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }) {
              continuation.yield(String(decoding: rest[..<end], as: UTF8.self))
              rest.removeSubrange(...end)
            }
          case .closing where message.dropFirst().first == Channel.input.rawValue: break reading
          default: break
          }
        }
        if !rest.isEmpty { continuation.yield(String(decoding: rest, as: UTF8.self)) }
        continuation.finish()
      }
      continuation.onTermination = { _ in reader.cancel() }
    }
  }
}
