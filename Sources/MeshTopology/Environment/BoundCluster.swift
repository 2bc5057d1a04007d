internal import KubeModel

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

extension BoundCluster {
  /// Clusters by their names.
  static let map = Codec<[BoundCluster]>(
    read: { field in
      if case .mapping([]) = field.node.content {
        field.report(
          .invalidValue, "an environment without clusters", remedy: "name at least one declared cluster")
      }
      return field.entries().compactMap { entry -> BoundCluster? in
        let directory = field.reading.directory
        if !directory.isDeclared(.cluster, entry.name) {
          field.reading.reportUnknown(
            "cluster", entry.name, at: entry.nameSpot, known: directory.names(of: .cluster),
            remedy: "add a document of kind Cluster of that name")
        }
        return ClusterAccess.codec.read(entry.value).map { BoundCluster(cluster: entry.name, access: $0) }
      }.sorted { $0.cluster < $1.cluster }
    },
    write: { .mapping($0.map { ($0.cluster, ClusterAccess.codec.write($0.access)) }) },
    source: { clusters in
      SwiftSource(
        list: clusters.map {
          SwiftSource(
            "BoundCluster(cluster: \(SwiftSource.literal($0.cluster)), access: \(ClusterAccess.codec.source($0.access).text))"
          )
        })
    },
    shape: { .map(ClusterAccess.codec.shape(), keys: .label) })
}
