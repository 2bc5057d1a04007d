internal import KubeModel
internal import MeshTopology

extension Database {
  /// A plain server, or what CloudNativePG makes servers of.
  ///
  /// Without replication the database is in the primary region only: a second one elsewhere would be another database
  /// under the same name.
  func parts(of topology: Topology, in cluster: Cluster?) -> PlatformParts {
    var parts = PlatformParts()
    guard form == .cloudNativePG else {
      parts.workloads = [plainServer]
      return parts
    }
    guard let cluster, let primary = topology.primaryCluster, let region = topology.primaryRegion?.name else {
      return parts
    }
    let isPrimary = cluster.name == primary.name
    let isStandby = replication != nil && cluster.region != region && isFirst(cluster, of: topology)
    guard isPrimary || isStandby else { return parts }
    let site = DatabaseSite(database: self, topology: topology, cluster: cluster, primaryRegion: region)
    var objects: [(RenderedObject.Concern, KubeObject)] = [
      (.policy, site.networkPolicy), (.data, site.postgresCluster),
    ]
    if let backup {
      objects += [(.data, site.objectStore(backup)), (.recovery, site.scheduledBackup(backup))]
    }
    parts.objects = objects.map { RenderedObject(object: $0.1, workload: reference, concern: $0.0) }
    return parts
  }

  /// One database in each region is enough.
  private func isFirst(_ cluster: Cluster, of topology: Topology) -> Bool {
    topology.clusters.first { $0.region == cluster.region }?.name == cluster.name
  }
}

/// A database in one cluster.
struct DatabaseSite {
  let database: Database
  let topology: Topology
  let cluster: Cluster
  /// The region that takes writes.
  let primaryRegion: String

  /// The plug-in of CloudNativePG that archives. The operator's own way to do so is deprecated since 1.26.
  static let archiver = "barman-cloud.cloudnative-pg.io"
  /// Where the operator runs.
  static let operatorNamespace = "cnpg-system"
  /// Where each server answers the operator.
  static let statusPort = 8000

  /// Whether this one takes writes.
  var isPrimary: Bool { cluster.region == primaryRegion }

  /// The regions that have a database, the primary one first.
  var regions: [String] {
    guard database.replication != nil else { return [primaryRegion] }
    let used = Set(topology.clusters.map(\.region))
    return [primaryRegion] + topology.regions.map(\.name).filter { $0 != primaryRegion && used.contains($0) }
  }

  /// What the database of a region is called among those of all regions, and in the archive.
  func siteName(_ region: String) -> String { "\(database.name)-\(region)" }

  /// An object called like the database, labelled as part of the system.
  func object(_ kind: ResourceKind) -> KubeObject {
    var object = KubeObject(kind: kind, namespace: database.namespace, name: database.name)
    object.labels = [MeshLabels.app: database.name].merging(Renderer.systemLabels(of: topology)) { own, _ in
      own
    }
    return object
  }
}
