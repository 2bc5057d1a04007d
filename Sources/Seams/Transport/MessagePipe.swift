internal import Synchronization

/// Messages on their way to one reader, not more than fit.
final class MessagePipe: Sendable {
  private struct State {
    var messages: [[UInt8]] = []
    var byteCount = 0
    var isClosed = false
  }

  private let capacity: Int
  private let state = Mutex(State())
  private let changed = Bell()

  init(capacity: Int) { self.capacity = capacity }

  func send(_ message: [UInt8]) async throws {
    while true {
      let seen = changed.rings
      try Task.checkCancellation()
      let wasTaken: Bool? = state.withLock { state in
        guard !state.isClosed else { return nil }
        guard state.messages.isEmpty || state.byteCount + message.count <= capacity else { return false }
        state.messages.append(message)
        state.byteCount += message.count
        return true
      }
      switch wasTaken {
      case nil: throw TransportError(.broken, "the connection is closed")
      case true?: return changed.ring()
      case false?: await changed.wait(after: seen)
      }
    }
  }

  func next() async -> [UInt8]? {
    while true {
      let seen = changed.rings
      let (message, isOver): ([UInt8]?, Bool) = state.withLock { state in
        guard !state.messages.isEmpty else { return (nil, state.isClosed) }
        let message = state.messages.removeFirst()
        state.byteCount -= message.count
        return (message, false)
      }
      if let message {
        changed.ring()
        return message
      }
      guard !isOver, !Task.isCancelled else { return nil }
      await changed.wait(after: seen)
    }
  }

  /// Takes no more messages.
  ///
  /// - Parameter isAbandoned: nobody will read what is left.
  func close(isAbandoned: Bool) {
    state.withLock { state in
      state.isClosed = true
      if isAbandoned { (state.messages, state.byteCount) = ([], 0) }
    }
    changed.ring()
  }
}
