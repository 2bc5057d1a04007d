import Synchronization

/// A task executor that runs every job on one thread, in an order drawn from a seed.
///
/// It receives the jobs of the task that prefers it, of that task's child tasks and of the default
/// actors they call, so a whole structured-concurrency run has one order for one seed and other
/// orders for others. When no job is ready, virtual time moves to the next sleeper.
final class SeededExecutor: TaskExecutor {
  private struct State {
    var ready: [UnownedJob] = []
    var generator: SeededGenerator
  }

  private let state: Mutex<State>

  init(seed: UInt64) { state = Mutex(State(generator: SeededGenerator(seed: seed))) }

  func enqueue(_ job: consuming ExecutorJob) {
    let unowned = UnownedJob(job)
    state.withLock { $0.ready.append(unowned) }
  }

  /// Whether any job is ready.
  var hasJobs: Bool { state.withLock { !$0.ready.isEmpty } }

  /// Runs jobs until none is ready.
  func drain() {
    while let job = nextJob() {
      job.runSynchronously(on: asUnownedTaskExecutor())
    }
  }

  private func nextJob() -> UnownedJob? {
    state.withLock { state in
      guard !state.ready.isEmpty else { return nil }
      if state.ready.count == 1 { return state.ready.removeLast() }
      let index = Int(state.generator.next() % UInt64(state.ready.count))
      state.ready.swapAt(index, state.ready.count - 1)
      return state.ready.removeLast()
    }
  }
}
