internal import NIOCore
internal import Seams
internal import Synchronization

/// The connections of a port: who may come in, and how all are told that it closes.
final class OpenConnections: Sendable {
  private struct State {
    var channels: [ObjectIdentifier: any Channel] = [:]
    var isClosing = false
  }

  private let limit: Int
  private let state = Mutex(State())
  private let changed = Bell()

  init(limit: Int) { self.limit = limit }

  var count: Int { state.withLock { $0.channels.count } }

  /// Lets a connection in unless there are too many, or the port closes.
  func admit(_ channel: any Channel) -> Bool {
    let isAdmitted = state.withLock { state in
      guard !state.isClosing, state.channels.count < limit else { return false }
      state.channels[ObjectIdentifier(channel)] = channel
      return true
    }
    guard isAdmitted else { return false }
    channel.closeFuture.whenComplete { [self] _ in
      state.withLock { $0.channels[ObjectIdentifier(channel)] = nil }
      changed.ring()
    }
    return true
  }

  /// Tells every connection to end, and admits none any more.
  func startClosing() {
    let channels = state.withLock { state in
      state.isClosing = true
      return state.channels
    }
    for channel in channels.values { channel.pipeline.fireUserInboundEventTriggered(PortCloses()) }
  }

  func closeAll() {
    for channel in state.withLock({ $0.channels }).values { channel.close(promise: nil) }
  }

  /// Waits until the last connection is closed, or the task is cancelled.
  func end() async {
    while !Task.isCancelled {
      let seen = changed.rings
      guard count > 0 else { return }
      await changed.wait(after: seen)
    }
  }
}

/// Tells a connection that its port closes: it finishes what it does and goes.
struct PortCloses: Sendable {}
