import HeapModule
import Synchronization

/// Something that has events of its own in virtual time, such as an embedded cluster.
public protocol TimeDriven: AnyObject, Sendable {
  /// The time of its next event; `nil` when nothing is due.
  var nextEvent: Timestamp? { get }

  /// Runs every event due at or before `time`.
  func advance(to time: Timestamp)
}

/// A clock that stands still until it is told to move.
public final class VirtualClock: WorldClock {
  private struct Sleeper: Comparable {
    let deadline: Timestamp
    let order: UInt64

    static func < (left: Sleeper, right: Sleeper) -> Bool {
      left.deadline != right.deadline ? left.deadline < right.deadline : left.order < right.order
    }
  }

  /// What is driven holds the clock; the clock does not hold it in return.
  private struct Driven {
    weak var object: (any TimeDriven)?
  }

  private struct State {
    var now: Timestamp
    var order: UInt64 = 0
    var sleepers: Heap<Sleeper> = []
    var waiting: [UInt64: CheckedContinuation<Void, any Error>] = [:]
    var cancelled: Set<UInt64> = []
    var driven: [Driven] = []
    var onReschedule: (@Sendable () -> Void)?

    mutating func dropCancelledSleepers() {
      while let first = sleepers.min, waiting[first.order] == nil { sleepers.removeMin() }
    }
  }

  private let state: Mutex<State>

  /// Creates a clock that shows `start`.
  public init(start: Timestamp) { state = Mutex(State(now: start)) }

  public var now: Timestamp { state.withLock { $0.now } }

  /// Lets `driven` run its events as this clock moves, for as long as someone holds it.
  public func drive(_ driven: any TimeDriven) {
    state.withLock { $0.driven.append(Driven(object: driven)) }
  }

  public func sleep(until deadline: Timestamp) async throws {
    try Task.checkCancellation()
    let order = state.withLock { state in
      state.order += 1
      return state.order
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let (isCancelled, onReschedule) = state.withLock { state in
          if state.cancelled.remove(order) != nil { return (true, state.onReschedule) }
          state.waiting[order] = continuation
          state.sleepers.insert(Sleeper(deadline: max(deadline, state.now), order: order))
          return (false, state.onReschedule)
        }
        if isCancelled { continuation.resume(throwing: CancellationError()) }
        onReschedule?()
      }
    } onCancel: {
      // Resumed under the lock, so that whoever finds the sleeper gone finds its job ready.
      state.withLock { state in
        guard let continuation = state.waiting.removeValue(forKey: order) else {
          state.cancelled.insert(order)
          return
        }
        continuation.resume(throwing: CancellationError())
      }
    }
    state.withLock { _ = $0.cancelled.remove(order) }
  }

  /// Moves to the next moment at which anything is due, and lets it happen.
  ///
  /// - Parameter limit: the clock does not move beyond this time.
  /// - Returns: false when nothing is due at or before `limit`.
  @discardableResult
  public func step(limit: Timestamp? = nil) -> Bool {
    let driven = state.withLock { $0.driven.compactMap(\.object) }
    let nextEvent = driven.compactMap(\.nextEvent).min()
    let due: Timestamp? = state.withLock { state in
      state.dropCancelledSleepers()
      let next = [nextEvent, state.sleepers.min?.deadline].compactMap { $0 }.min()
      guard let next, limit.map({ next <= $0 }) ?? true else { return nil }
      state.now = max(state.now, next)
      return state.now
    }
    guard let due else { return false }
    for one in driven { one.advance(to: due) }
    let woken = state.withLock { state in
      var woken: [CheckedContinuation<Void, any Error>] = []
      while let first = state.sleepers.min, first.deadline <= due {
        state.sleepers.removeMin()
        if let continuation = state.waiting.removeValue(forKey: first.order) { woken.append(continuation) }
      }
      return woken
    }
    for continuation in woken { continuation.resume() }
    return true
  }

  /// Whether any task sleeps on this clock.
  var hasSleepers: Bool { state.withLock { !$0.waiting.isEmpty } }

  /// Moves to `time`, letting everything due on the way happen, in order.
  public func advance(to time: Timestamp) {
    while step(limit: time) {}
    let (now, driven) = state.withLock { state in
      state.now = max(state.now, time)
      return (state.now, state.driven.compactMap(\.object))
    }
    for one in driven { one.advance(to: now) }
  }

  /// The time at which something is due next; `nil` when nothing is.
  public var nextDue: Timestamp? {
    let (driven, sleeper) = state.withLock { state in
      state.dropCancelledSleepers()
      return (state.driven.compactMap(\.object), state.sleepers.min?.deadline)
    }
    return (driven.compactMap(\.nextEvent) + (sleeper.map { [$0] } ?? [])).min()
  }

  /// Says that something may be due earlier than before: what is driven calls this when it was changed from
  /// outside, and whoever moves the clock looks at `nextDue` again.
  public func rescheduled() { state.withLock { $0.onReschedule }?() }

  /// Sets what is called when something may be due earlier than before; `nil` for nothing.
  func onReschedule(_ action: (@Sendable () -> Void)?) { state.withLock { $0.onReschedule = action } }
}
