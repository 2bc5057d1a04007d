/// A rule that follows from the topology.
public enum BuiltInRule: String, Hashable, Sendable, CaseIterable {
  /// Fewer requests to a workload succeed than its rollout asks of a new version.
  case availability
  /// Requests to a workload take longer than its rollout allows a new version.
  case latency
  /// Something that is to be scraped does not answer.
  case targetDown
  /// An autoscaler has been at its highest number of pods for a while.
  case autoscalerAtMaximum
  /// The newest backup of a schedule is too old, or there is none.
  case backupAge
  /// The mesh's root certificate ends within a month.
  case certificateExpiry
}
