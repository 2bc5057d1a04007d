/// What a workload makes of a caller without a certificate of the mesh.
public enum MutualTLS: String, Hashable, Sendable, CaseIterable {
  /// It is refused.
  case strict
  /// It is served all the same: for the time of moving into the mesh.
  case permissive
}
