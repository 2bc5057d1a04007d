/// What one call may still look at and read.
struct ReadBudget {
  let limits: GitLimits
  private(set) var entries = 0
  private(set) var bytes = 0

  init(_ limits: GitLimits) { self.limits = limits }

  /// How many bytes are left.
  var bytesLeft: Int { max(0, limits.maxTotalBytes - bytes) }

  /// How many entries are left.
  var entriesLeft: Int { max(0, limits.maxEntries - entries) }

  /// Counts one entry with its path.
  mutating func spendEntry(path: String, depth: Int, at place: GitError.Place) throws(GitError) {
    entries += 1
    guard entries <= limits.maxEntries else {
      throw Self.exceeded("there are more than \(limits.maxEntries) entries", at: place)
    }
    guard depth <= limits.maxPathDepth else {
      throw Self.exceeded("the path is more than \(limits.maxPathDepth) folders deep", at: place)
    }
    try spend(bytes: path.utf8.count, at: place)
  }

  /// Counts bytes that were read.
  mutating func spend(bytes count: Int, at place: GitError.Place) throws(GitError) {
    bytes += count
    guard bytes <= limits.maxTotalBytes else {
      throw Self.exceeded("more than \(limits.maxTotalBytes) bytes would be read in all", at: place)
    }
  }

  private static func exceeded(_ message: String, at place: GitError.Place) -> GitError {
    GitError(.tooLarge, message, at: place, remedy: "ask for a smaller part, or raise the limit")
  }
}
