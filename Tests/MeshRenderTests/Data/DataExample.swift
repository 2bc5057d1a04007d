import Foundation
import KubeModel
import MeshRender
import MeshTopology
import Testing

/// A system with a cache, a database, backups and recovery in two regions, and what is rendered from it.
enum DataExample {
  static let topology = Topology(
    name: "shop", regions: [Region(name: "tokyo", role: .primary), Region(name: "osaka", role: .recovery)]
  ).with {
    $0.recovery = RecoveryObjectives(recoveryTime: .seconds(900), recoveryPoint: .seconds(300)).with {
      $0.traffic = RegionalTraffic(host: "shop.example.com").with {
        $0.addresses = ["tokyo": "203.0.113.10", "osaka": "203.0.113.20"]
      }
      $0.witness = Witness(kind: .git)
    }
  }.adding {
    Cluster(name: "main", region: "tokyo")
    Cluster(name: "standby", region: "osaka")
    for name in ["cache", "production", "velero"] { Namespace(name: name) }
    Workload(name: "order-service", namespace: "production", image: "gcr.io/project/order-service:2.3.0").with
    {
      $0.calls = [Call(to: "production/database-service"), Call(to: "cache/redis-cluster")]
    }
    redis
    database
    Backup(name: "velero", namespace: "velero", schedules: [schedule]).with {
      $0.locations = [BackupLocation(name: "gcs-backup", provider: .gcp, bucket: "shop-backup")]
      $0.snapshotLocations = [SnapshotLocation(name: "gcp-snapshots", provider: .gcp)]
    }
  }

  static let redis = RedisCluster(name: "redis-cluster", namespace: "cache").with {
    $0.durability = .rebuildable
  }

  static let database = Database(name: "database-service", namespace: "production", storage: "50Gi").with {
    $0.backup = DatabaseBackup(destination: "gs://shop-database/").with {
      $0.googleServiceAccount = "db@shop.iam.gserviceaccount.com"
    }
    $0.replication = DatabaseReplication(kind: .archive)
  }

  static let schedule = BackupSchedule(name: "daily-backup", schedule: "0 2 * * *").with {
    $0.namespaces = ["production", "api-gateway"]
    $0.excludedResources = ["events", "events.events.k8s.io"]
    $0.storageLocation = "gcs-backup"
    $0.snapshotLocations = ["gcp-snapshots"]
  }

  /// All objects of a cluster of `topology`, the one above by default.
  static func objects(for cluster: String = "main", of topology: Topology = topology) throws
    -> [RenderedObject]
  {
    Renderer(topology: topology).objects(for: try #require(topology.cluster(named: cluster)))
  }
}

extension [RenderedObject] {
  /// The only object of this kind and name.
  func the(_ kind: String, _ name: String) throws -> KubeObject {
    let found = map(\.object).filter { $0.kind == kind && $0.name == name }
    try #require(found.count == 1, "\(found.count) objects \(kind) \(name)")
    return found[0]
  }

  /// The objects of a kind.
  func all(_ kind: String) -> [KubeObject] { map(\.object).filter { $0.kind == kind } }
}
