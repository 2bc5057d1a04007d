/// One end of a connection that carries messages both ways, as an upgraded request does.
///
/// Exec, attach and port-forward put a channel's number into the first byte of each message.
public struct MessageConnection: Sendable {
  /// The subprotocol that both ends agreed on, such as `v5.channel.k8s.io`.
  public let subprotocol: String
  /// What the other end sends; ends when that has closed, or this end has. For one reader.
  public let incoming: Messages
  private let outgoing: MessagePipe

  /// Two ends that are connected with each other, in memory.
  ///
  /// - Parameter capacity: how many bytes one end may be ahead of the other's reading, each way; a single
  ///   message may be larger.
  public static func pair(
    subprotocol: String, capacity: Int = 256 << 10
  ) -> (client: MessageConnection, server: MessageConnection) {
    let (there, back) = (MessagePipe(capacity: capacity), MessagePipe(capacity: capacity))
    return (
      MessageConnection(subprotocol: subprotocol, incoming: Messages(pipe: back), outgoing: there),
      MessageConnection(subprotocol: subprotocol, incoming: Messages(pipe: there), outgoing: back)
    )
  }

  /// Sends a message, once the other end has made room for it.
  ///
  /// - Throws: `TransportError` with code `.broken` when either end has closed; `CancellationError`.
  public func send(_ message: [UInt8]) async throws { try await outgoing.send(message) }

  /// Says that nothing more is sent from this end; what the other end sends still arrives.
  public func finish() { outgoing.close(isAbandoned: false) }

  /// Takes nothing more from the other end, whose sending fails from now on; what was sent from here still
  /// arrives.
  public func stopReading() { incoming.pipe.close(isAbandoned: true) }

  /// Closes both ways. What was sent before still arrives; what was not read yet does not.
  public func close() {
    finish()
    stopReading()
  }
}

/// Messages as they arrive.
public struct Messages: AsyncSequence, Sendable {
  let pipe: MessagePipe

  public func makeAsyncIterator() -> Iterator { Iterator(pipe: pipe) }

  /// Gives the messages in order; ends early when the task is cancelled.
  public struct Iterator: AsyncIteratorProtocol {
    let pipe: MessagePipe

    public mutating func next() async -> [UInt8]? { await pipe.next() }
  }
}
