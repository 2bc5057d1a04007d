/// A declared cluster and where to find it.
public struct BoundCluster: Hashable, Sendable {
  /// The declared cluster's name.
  public var cluster: String
  /// Where to find it.
  public var access: ClusterAccess

  /// Creates a binding.
  public init(cluster: String, access: ClusterAccess) {
    self.cluster = cluster
    self.access = access
  }
}
