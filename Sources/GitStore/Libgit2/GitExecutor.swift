import Dispatch

/// Runs the jobs of one repository, one after the other, on a queue of its own.
///
/// libgit2 blocks on disk and network, which must not take a thread of Swift's small cooperative pool;
/// and its objects may be used by one thread at a time, which a serial queue guarantees. The queue may
/// change threads between two jobs; that is safe, because the thread-local error text is read within the
/// job that caused it.
final class GitExecutor: SerialExecutor {
  private let queue = DispatchQueue(label: "meshkit.git")

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }

  func checkIsolated() { dispatchPrecondition(condition: .onQueue(queue)) }
}
