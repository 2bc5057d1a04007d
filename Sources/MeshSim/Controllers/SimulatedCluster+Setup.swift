import KubeModel

/// What a cluster consists of from its first moment.
public struct ClusterSetup: Sendable {
  /// How many nodes there are.
  public var nodes: Int
  /// Whether each node is in a zone of its own.
  public var hasZones: Bool
  /// Whether there is a StorageClass, `standard`, that provides volumes.
  public var hasStorage: Bool
  /// Whether nodes renew their Leases every ten seconds.
  public var hasHeartbeats: Bool
  /// Whether what pods use is measured for autoscalers even where no requests flow.
  public var hasMetrics: Bool

  /// A cluster of three nodes in three zones, with storage.
  public init(
    nodes: Int = 3, hasZones: Bool = true, hasStorage: Bool = true, hasHeartbeats: Bool = false,
    hasMetrics: Bool = true
  ) {
    self.nodes = nodes
    self.hasZones = hasZones
    self.hasStorage = hasStorage
    self.hasHeartbeats = hasHeartbeats
    self.hasMetrics = hasMetrics
  }

  /// One node and nothing else: what a control plane without a cloud around it shows.
  public static let plain = ClusterSetup(nodes: 1, hasZones: false, hasStorage: false, hasMetrics: false)
}

extension ClusterSetup {
  /// As it stands in the cluster's file.
  var saved: JSONValue {
    [
      "nodes": .int(Int64(nodes)), "zones": .bool(hasZones), "storage": .bool(hasStorage),
      "heartbeats": .bool(hasHeartbeats), "metrics": .bool(hasMetrics),
    ]
  }

  init?(saved: JSONValue) {
    guard let nodes = saved["nodes"]?.int.flatMap(Int.init(exactly:)), let zones = saved["zones"]?.bool,
      let storage = saved["storage"]?.bool, let heartbeats = saved["heartbeats"]?.bool,
      let metrics = saved["metrics"]?.bool
    else { return nil }
    self.init(
      nodes: nodes, hasZones: zones, hasStorage: storage, hasHeartbeats: heartbeats, hasMetrics: metrics)
  }
}

extension SimulatedCluster {
  /// Says what the cluster consists of. It has to be said before any time has passed.
  public func setUp(_ setup: ClusterSetup) {
    withState { $0.controllers.setup = setup }
  }

  /// Sets the value of a metric that autoscalers read beside CPU and memory.
  ///
  /// - Parameters:
  ///   - object: `Kind/name` of the object that it describes; `Pod` for the average over pods; `nil` for an external metric.
  ///   - value: `nil` removes it.
  public func setMetric(_ name: String, namespace: String, object: String? = nil, to value: Double?) {
    withState { $0.controllers.metrics[name, of: object ?? "", in: namespace] = value }
  }
}
