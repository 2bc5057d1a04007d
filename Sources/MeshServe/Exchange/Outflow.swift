internal import NIOCore
internal import Seams
internal import Synchronization

/// How much of an answer waits for the client to read it.
final class Outflow: Sendable {
  private struct State {
    var unread = 0
    var isOver = false
  }

  /// The client does not read, or is gone.
  struct Stopped: Error {}

  private let limits: PortLimits
  private let eventLoop: any EventLoop
  private let state = Mutex(State())
  private let changed = Bell()

  init(limits: PortLimits, eventLoop: any EventLoop) {
    self.limits = limits
    self.eventLoop = eventLoop
  }

  /// Waits, when too much is unread, until half of it is read.
  ///
  /// - Throws: `Stopped` when that takes too long or the connection is over; `CancellationError`.
  func room() async throws {
    guard unread > limits.unreadBytes else { return try check() }
    let giveUp = eventLoop.scheduleTask(in: TimeAmount(limits.catchUpTime)) { [self] in stop() }
    defer { giveUp.cancel() }
    while true {
      let seen = changed.rings
      try check()
      guard unread > limits.unreadBytes / 2 else { return }
      try Task.checkCancellation()
      await changed.wait(after: seen)
    }
  }

  func add(_ count: Int) { state.withLock { $0.unread += count } }

  func remove(_ count: Int) {
    let isNews = state.withLock { state in
      state.unread -= count
      return state.unread <= limits.unreadBytes / 2
    }
    if isNews { changed.ring() }
  }

  func stop() {
    state.withLock { $0.isOver = true }
    changed.ring()
  }

  private var unread: Int { state.withLock { $0.unread } }

  private func check() throws {
    if state.withLock({ $0.isOver }) { throw Stopped() }
  }
}
