import Seams
import Synchronization

/// Something with events at given times.
final class Agenda: TimeDriven {
  private struct State {
    var due: [Timestamp]
    var done: [Timestamp] = []
    var now = Timestamp(seconds: 0)
    var isInOrder = true
  }

  private let state: Mutex<State>

  init(_ due: [Timestamp]) { state = Mutex(State(due: due)) }

  func add(_ time: Timestamp) { state.withLock { $0.due.append(time) } }

  var doneCount: Int { state.withLock { $0.done.count } }
  var now: Timestamp { state.withLock { $0.now } }
  var isInOrder: Bool { state.withLock { $0.isInOrder && $0.done == $0.done.sorted() } }
  var nextEvent: Timestamp? { state.withLock { $0.due.min() } }

  func advance(to time: Timestamp) {
    state.withLock { state in
      state.isInOrder = state.isInOrder && time >= state.now
      state.now = time
      state.done += state.due.filter { $0 <= time }.sorted()
      state.due.removeAll { $0 <= time }
    }
  }
}
