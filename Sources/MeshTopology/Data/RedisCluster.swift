public import KubeModel

/// A cache of several nodes: Redis Cluster, which spreads its keys over masters that each have replicas.
public struct RedisCluster: TopologyValue {
  /// What becomes of keys when `maxMemory` is used up.
  public enum EvictionPolicy: String, Hashable, Sendable, CaseIterable {
    /// Writes fail.
    case noEviction = "noeviction"
    /// The keys that were not used for longest go.
    case allKeysLRU = "allkeys-lru"
    /// The keys that are used least go.
    case allKeysLFU = "allkeys-lfu"
    /// Any keys go.
    case allKeysRandom = "allkeys-random"
    /// Of the keys that expire, those that were not used for longest go.
    case volatileLRU = "volatile-lru"
    /// Of the keys that expire, those that are used least go.
    case volatileLFU = "volatile-lfu"
    /// Of the keys that expire, any go.
    case volatileRandom = "volatile-random"
    /// The keys that expire next go.
    case volatileTTL = "volatile-ttl"
  }

  /// The name; also that of its Service.
  public var name: String
  /// The namespace.
  public var namespace: String
  /// The image; `redis:7-alpine` by default.
  public var image: ImageReference = RedisCluster.defaultImage
  /// The number of masters, 3 or more: fewer cannot agree on a failover.
  public var masters = 3
  /// The number of replicas of each master; 1 by default.
  public var replicasPerMaster = 1
  /// How much each node can store, such as `10Gi`.
  public var storage: Quantity
  /// The storage class; the cluster's default one by default.
  public var storageClass: String?
  /// The memory of each node for keys; as much as there is by default.
  public var maxMemory: Quantity?
  /// What becomes of keys when `maxMemory` is used up; writes fail by default, as in Redis.
  public var evictionPolicy = EvictionPolicy.noEviction
  /// Whether each write is logged to the volume, so that a node that starts anew has it; true by default.
  public var isAppendOnly = true
  /// The password; none by default.
  public var password: SecretKey?
  /// What each node asks of its machine; nothing by default.
  public var resources: ComputeResources?
  /// How long a node may be silent before its replica takes over; 15 s by default, as in Redis.
  public var nodeTimeout: Duration = .seconds(15)
  /// The user id that the nodes run as; 999 by default, as in the official image.
  public var runAsUser = 999
  /// Further directives of `redis.conf`; none by default.
  public var settings: [String: String] = [:]
  /// Whether what it holds must outlive a disaster; it must by default.
  public var durability = Durability.kept

  /// A cache of three masters with a replica each.
  public init(name: String, namespace: String, storage: Quantity = "10Gi") {
    self.name = name
    self.namespace = namespace
    self.storage = storage
  }

  static let defaultImage: ImageReference = "redis:7-alpine"
}

extension RedisCluster {
  /// The number of nodes.
  public var nodes: Int { masters * (1 + replicasPerMaster) }

  /// The port that clients use.
  public static let clientPort = 6379
  /// The port by which nodes talk to each other: always 10000 above the other.
  public static let busPort = clientPort + 10_000
}

extension RedisCluster: Callee {
  /// The ports of each node. The second is for the nodes themselves.
  public var ports: [Workload.Port] {
    [
      Workload.Port(name: "redis", port: RedisCluster.clientPort).with { $0.protocol = .tcp },
      Workload.Port(name: "bus", port: RedisCluster.busPort).with { $0.protocol = .tcp },
    ]
  }
}
