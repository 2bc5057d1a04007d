/// A topology that was read, with what of it somebody will regret.
public struct TopologyReview: Sendable {
  /// The topology.
  public let topology: Topology
  /// What is valid and will be regretted, in the order of the files and lines.
  public let warnings: [Problem]
}
