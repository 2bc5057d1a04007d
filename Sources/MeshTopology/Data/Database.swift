public import KubeModel

/// A PostgreSQL database: a cluster that CloudNativePG looks after, or a single plain server.
public struct Database: TopologyValue {
  /// What looks after the servers.
  public enum Runtime: String, Hashable, Sendable, CaseIterable {
    /// The operator CloudNativePG, version 1.26 or later with the Barman Cloud plug-in: several servers, failover,
    /// an archive, replicas in other regions.
    case cloudNativePG = "cloudnative-pg"
    /// One plain server as a StatefulSet, for clusters without the operator.
    case workload
  }

  /// The name; also that of its Service, which leads to the server that takes writes.
  public var name: String
  /// The namespace.
  public var namespace: String
  /// What looks after the servers; CloudNativePG by default.
  public var form = Runtime.cloudNativePG
  /// The image; PostgreSQL 15 of CloudNativePG, or of the official image for a plain server, by default.
  public var image: ImageReference?
  /// The number of servers in each region, one of which takes writes; 3 by default. A plain server is alone.
  public var instances = 3
  /// How much each server can store, such as `50Gi`.
  public var storage: Quantity
  /// The storage class; the cluster's default one by default.
  public var storageClass: String?
  /// A volume of its own for the log of writes; with the data by default.
  public var logStorage: Quantity?
  /// What each server asks of its machine; nothing by default.
  public var resources: ComputeResources?
  /// The parameters of `postgresql.conf`; those of the operator or image by default.
  public var parameters: [String: String] = [:]
  /// The database that is made at first; `app` by default.
  public var database = "app"
  /// The role that owns it; `app` by default.
  public var owner = "app"
  /// The Secret with `username` and `password` of the owner; CloudNativePG makes `NAME-app` by default.
  public var credentials: String?
  /// Where writes are archived, and when the whole database; nowhere by default.
  public var backup: DatabaseBackup?
  /// How the regions that stand by follow; not at all by default.
  public var replication: DatabaseReplication?
  /// Whether Prometheus is to find the measures of the servers at port 9187; true by default.
  public var hasMetrics = true
  /// Whether what it holds must outlive a disaster; it must by default.
  public var durability = Durability.kept

  /// A database of three servers.
  public init(name: String, namespace: String, storage: Quantity = "10Gi") {
    self.name = name
    self.namespace = namespace
    self.storage = storage
  }
}

extension Database {
  /// The port of PostgreSQL.
  public static let port = 5432
  /// The port at which CloudNativePG's servers show their measures.
  public static let metricsPort = 9187
  /// The label that CloudNativePG gives to the pods of a cluster.
  public static let clusterLabel = "cnpg.io/cluster"

  /// The image that runs.
  public var runningImage: ImageReference {
    image ?? (form == .workload ? "postgres:15" : "ghcr.io/cloudnative-pg/postgresql:15")
  }

  /// The longest span of writes that are nowhere but in the region that takes them; `nil` when nothing of this
  /// database's own bounds it.
  ///
  /// A replica that streams is behind by no more than the lag that a failover accepts; the archive by no more than
  /// the time after which the log is archived though it is not full.
  public var lossBound: Duration? {
    [replication.flatMap { $0.kind == .streaming ? $0.maximumLag : nil }, backup?.archiveTimeout].compactMap(
      \.self
    ).min()
  }
}

extension Database: Callee {
  public var ports: [Workload.Port] {
    [Workload.Port(name: "postgres", port: Database.port).with { $0.protocol = .tcp }]
  }
}
