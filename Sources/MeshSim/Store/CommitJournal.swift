/// Keeps the commits of a cluster so that it survives the end of its process.
protocol CommitJournal: Sendable {
  /// Writes one commit; when this returns, it survives a killed process.
  func record(_ commit: Commit)
}
