import DequeModule
import KubeModel

/// The latest commits, in order: what a watch is told that resumes from an older version.
struct CommitHistory: Sendable {
  private(set) var commits: Deque<Commit> = []
  /// The oldest version that a watch can start from.
  private(set) var oldestWatchable: Int64
  private var size = 0

  /// How many commits are kept at most.
  static let countLimit = 4_096
  /// How much memory they may take, roughly.
  static let sizeLimit = 64 << 20

  init(oldestWatchable: Int64 = 1) { self.oldestWatchable = oldestWatchable }

  mutating func append(_ commit: Commit) {
    commits.append(commit)
    size += commit.stored.approximateSize
    while commits.count > CommitHistory.countLimit || (size > CommitHistory.sizeLimit && commits.count > 64) {
      dropFirst()
    }
  }

  /// The commits after a version.
  func after(_ version: Int64) -> Deque<Commit>.SubSequence {
    var low = 0
    var high = commits.count
    while low < high {
      let middle = (low + high) / 2
      if commits[middle].resourceVersion <= version { low = middle + 1 } else { high = middle }
    }
    return commits[low...]
  }

  mutating func forget(upTo version: Int64) {
    while let first = commits.first, first.resourceVersion <= version { dropFirst() }
    oldestWatchable = max(oldestWatchable, version)
  }

  private mutating func dropFirst() {
    let dropped = commits.removeFirst()
    oldestWatchable = max(oldestWatchable, dropped.resourceVersion)
    size = commits.isEmpty ? 0 : max(0, size - dropped.stored.approximateSize)
  }
}
