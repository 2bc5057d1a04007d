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
  /// Whether a person sits at a terminal, who wants to see what is typed.
  private let isTerminal: Bool

  init(_ connection: MessageConnection, isTerminal: Bool = false) {
    self.connection = connection
    self.isTerminal = isTerminal
  }

  func write(_ bytes: [UInt8], to channel: Channel) async throws {
    guard !bytes.isEmpty else { return }
    let lines = isTerminal ? bytes.flatMap { $0 == 10 ? [13, 10] : [$0] } : bytes
    // A terminal has one stream of output.
    let place = isTerminal && channel == .errors ? .output : channel
    for start in stride(from: 0, to: lines.count, by: 32 << 10) {
      try await connection.send([place.rawValue] + lines[start..<min(start + 32 << 10, lines.count)])
    }
  }

  /// Asks for the next command, at a terminal.
  func prompt(_ folder: String) async throws {
    guard isTerminal else { return }
    try await write(Array("\(folder) # ".utf8), to: .output)
  }

  /// Tells how the program ended.
  func finish(_ exitCode: Int64) async throws {
    let success: JSONValue = ["kind": "Status", "apiVersion": "v1", "metadata": [:], "status": "Success"]
    let failure: JSONValue = [
      "kind": "Status", "apiVersion": "v1", "metadata": [:], "status": "Failure",
      "message": .string("command terminated with non-zero exit code: exit status \(exitCode)"),
      "reason": "NonZeroExitCode",
      "details": ["causes": [["reason": "ExitCode", "message": .string(String(exitCode))]]],
    ]
    try await send(exitCode == 0 ? success : failure)
  }

  /// Tells that the program is not there, as containerd does.
  func refuse(_ command: [String]) async throws {
    let id = (0..<4).map { StableHash.word(of: "\($0)\(command)") }.joined()
    let text =
      "error executing command in container: failed to exec in container: failed to start exec \"\(id)\": "
      + "OCI runtime exec failed: exec failed: unable to start container process: exec: "
      + "\"\(command.first ?? "")\": executable file not found in $PATH: unknown"
    let error = StatusError(
      code: 500, reason: "InternalError", message: "Internal error occurred: \(text)",
      details: ["causes": [["message": .string(text)]]])
    try await send(error.body)
  }

  private func send(_ status: JSONValue) async throws {
    try await connection.send([Channel.status.rawValue] + status.jsonBytes())
  }

  /// What the client types, as it comes, until it ends its input.
  func input() -> AsyncStream<[UInt8]> {
    let messages = connection.incoming
    return AsyncStream { continuation in
      let reader = Task {
        reading: for await message in messages {
          switch message.first.flatMap(Channel.init) {
          case .input where message.count > 1: continuation.yield(Array(message.dropFirst()))
          case .closing where message.dropFirst().first == Channel.input.rawValue: break reading
          default: break
          }
        }
        continuation.finish()
      }
      continuation.onTermination = { _ in reader.cancel() }
    }
  }

  /// What the client types, line by line, until it ends its input.
  func inputLines() -> AsyncStream<String> {
    let pieces = input()
    return AsyncStream { continuation in
      let reader = Task {
        var rest: [UInt8] = []
        for await piece in pieces {
          if isTerminal {
            // At a terminal, Control-D ends the input, and what is typed is shown.
            if piece.contains(4), rest.isEmpty { break }
            let echo = piece.flatMap { $0 == 13 ? [13, 10] : [$0] }
            try? await connection.send([Channel.output.rawValue] + echo)
          }
          rest += piece
          while let end = rest.firstIndex(where: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }) {
            continuation.yield(String(decoding: rest[..<end], as: UTF8.self))
            rest.removeSubrange(...end)
          }
        }
        if !rest.isEmpty { continuation.yield(String(decoding: rest, as: UTF8.self)) }
        continuation.finish()
      }
      continuation.onTermination = { _ in reader.cancel() }
    }
  }

  /// Throws away what the client sends until it goes.
  func drainInput() async { for await _ in connection.incoming {} }
}
