internal import KubeModel
internal import MeshTopology

extension Infrastructure {
  /// The object of a node pool, called after its cluster too: clusters may have pools of the same name.
  func nodePool(_ pool: NodePool, of cluster: Cluster) -> KubeObject {
    var object = object(.containerNodePool, "\(cluster.name)-\(pool.name)", project: project(of: cluster))
    object.set("spec", "resourceID", to: .string(pool.name))
    object.set("spec", "clusterRef", to: reference(cluster.name))
    object.set("spec", "location", to: .string(cluster.region))
    if !pool.zones.isEmpty { object.set("spec", "nodeLocations", to: strings(pool.zones.sorted())) }
    addSize(of: pool, of: cluster, to: &object)
    object.set("spec", "maxPodsPerNode", to: .int(Int64(pool.maxPodsPerNode)))
    object.set("spec", "networkConfig", "enablePrivateNodes", to: .bool(cluster.hasPrivateNodes))
    object.set("spec", "networkConfig", "podRange", to: pool.podsRange.map(JSONValue.string))
    // A release channel takes both.
    object.set("spec", "management", to: ["autoRepair": true, "autoUpgrade": true])
    object.set(
      "spec", "upgradeSettings",
      to: [
        "strategy": "SURGE", "maxSurge": .int(Int64(pool.upgrade.maxSurge)),
        "maxUnavailable": .int(Int64(pool.upgrade.maxUnavailable)),
      ])
    object.set("spec", "nodeConfig", to: nodeConfig(pool, of: cluster))
    return object
  }

  /// GKE counts nodes per zone, but for an autoscaler's bounds.
  private func addSize(of pool: NodePool, of cluster: Cluster, to object: inout KubeObject) {
    guard let scaling = pool.autoscaling else {
      let perZone = cluster.nodesPerZone(pool.nodes, of: pool)
      object.set("spec", "nodeCount", to: .int(Int64(perZone)))
      return
    }
    // Not `nodeCount`: whoever pins it fights the autoscaler. And not the fewest nodes: it can never be
    // changed, so it must not follow what can.
    object.set("spec", "initialNodeCount", to: 1)
    object.set(
      "spec", "autoscaling",
      to: ["totalMinNodeCount": .int(Int64(scaling.min)), "totalMaxNodeCount": .int(Int64(scaling.max))])
  }

  private func nodeConfig(_ pool: NodePool, of cluster: Cluster) -> JSONValue {
    var config: JSONValue = [
      "machineType": .string(pool.machineType), "diskSizeGb": .int(Int64(pool.diskSizeGb)),
      "diskType": .string(pool.diskType.rawValue), "tags": [.string(nodeTag(of: cluster))],
      // What nodes may do is up to their service account.
      "oauthScopes": ["https://www.googleapis.com/auth/cloud-platform"],
      "shieldedInstanceConfig": [
        "enableSecureBoot": .bool(pool.hasSecureBoot), "enableIntegrityMonitoring": true,
      ],
    ]
    switch pool.interruption {
    case .never: break
    case .spot: config["spot"] = true
    case .preemptible: config["preemptible"] = true
    }
    config["serviceAccountRef"] = pool.serviceAccount.map { ["external": .string($0)] }
    if cluster.hasWorkloadIdentity, project(of: cluster) != nil {
      config["workloadMetadataConfig"] = ["mode": "GKE_METADATA"]
    }
    if !pool.labels.isEmpty { config["labels"] = .strings(pool.labels) }
    if !pool.taints.isEmpty {
      config["taint"] = .array(
        pool.taints.map {
          ["key": .string($0.key), "value": .string($0.value), "effect": .string($0.effect.providerName)]
        })
    }
    return config
  }
}

extension NodePool.Taint.Effect {
  /// What GKE calls it.
  fileprivate var providerName: String {
    switch self {
    case .noSchedule: "NO_SCHEDULE"
    case .preferNoSchedule: "PREFER_NO_SCHEDULE"
    case .noExecute: "NO_EXECUTE"
    }
  }
}
