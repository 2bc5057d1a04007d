internal import Synchronization

/// Wakes whoever waits for something to change, without a ring getting lost between looking and waiting.
///
/// Read `rings`, look at the state, then wait for a ring after that number (an event count).
package final class Bell: Sendable {
  private struct State {
    var rings: UInt64 = 0
    var lastWaiter: UInt64 = 0
    var waiters: [UInt64: CheckedContinuation<Void, Never>] = [:]
  }

  private let state = Mutex(State())

  /// A bell that has not rung.
  package init() {}

  /// How often it has rung.
  package var rings: UInt64 { state.withLock { $0.rings } }

  /// Wakes all who wait.
  package func ring() {
    let woken = state.withLock { state in
      state.rings &+= 1
      defer { state.waiters = [:] }
      return state.waiters
    }
    for waiter in woken.values { waiter.resume() }
  }

  /// Waits until it has rung more than `seen` times, or the task is cancelled.
  package func wait(after seen: UInt64) async {
    let number = state.withLock { state in
      state.lastWaiter += 1
      return state.lastWaiter
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isOver = state.withLock { state in
          // A cancellation that came before this found nobody to wake.
          guard state.rings == seen, !Task.isCancelled else { return true }
          state.waiters[number] = continuation
          return false
        }
        if isOver { continuation.resume() }
      }
    } onCancel: {
      state.withLock { $0.waiters.removeValue(forKey: number) }?.resume()
    }
  }
}
