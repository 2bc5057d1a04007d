/// Which real or embedded clusters stand for the declared ones.
public struct Environment: Hashable, Sendable {
  /// The name.
  public var name: String
  /// The clusters it has, by name; a declared cluster that is missing is not part of it.
  public var clusters: [BoundCluster] = []
  /// What the embedded clusters simulate; no traffic by default.
  public var simulation: Simulation?

  /// An environment without clusters.
  public init(name: String) { self.name = name }

  /// Where the cluster called `name` is to be found.
  public func access(to name: String) -> ClusterAccess? {
    clusters.first { $0.cluster == name }?.access
  }
}
