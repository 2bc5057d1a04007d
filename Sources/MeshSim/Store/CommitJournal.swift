import Seams

/// Keeps the commits of a cluster so that it survives the end of its process.
protocol CommitJournal: Sendable {
  /// Writes one commit; when this returns, it survives a killed process.
  ///
  /// - Parameter time: the true time, from which the cluster's own may differ.
  func record(_ commit: Commit, at time: Timestamp)

  /// Why commits are no longer kept, if they are not, as when the disk is full.
  var failure: ClusterFileError? { get }
}
