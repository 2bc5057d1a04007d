internal import KubeModel
internal import MeshTopology

extension Importing {
  /// Takes clusters of GKE over, as the API or Config Connector writes them.
  mutating func placeClusters() {
    let plain = byKind["Cluster", default: []].map { sources[$0] }.filter {
      $0.object.apiVersion == "container.v1"
    }
    for source in plain + all("container.cnrm.cloud.google.com", "ContainerCluster") { placeCluster(source) }
    placeNodePools()
    placeNetworks()
    nameRegions()
  }

  private mutating func placeCluster(_ source: Source) {
    let spec = source.root["spec"]
    let location = spec?["location"]?.text ?? source.root["metadata", "location"]?.text ?? ""
    var cluster = Cluster(name: source.name, region: Importing.region(of: location))
    let path = "Cluster/\(cluster.name)"
    if cluster.region.isEmpty {
      cluster.region = "region-1"
      assume(path + " region", "\(source.words) has no location; region-1 is assumed")
    } else if cluster.region != location {
      cluster.zones = [location]
    }
    cluster.zones += spec?["nodeLocations"]?.texts ?? []
    cluster.zones = Array(Set(cluster.zones)).sorted()
    cluster.project = Importing.project(of: source)
    cluster.network = spec?["networkRef", "name"]?.text ?? spec?["network"]?.text
    cluster.subnetwork = spec?["subnetworkRef", "name"]?.text ?? spec?["subnetwork"]?.text
    cluster.podsRange = spec?["ipAllocationPolicy", "clusterSecondaryRangeName"]?.text
    cluster.servicesRange = spec?["ipAllocationPolicy", "servicesSecondaryRangeName"]?.text
    spec?["ipAllocationPolicy", "useIpAliases"]?.take()
    let secrecy = spec?["privateClusterConfig"]
    cluster.controlPlaneRange = secrecy?["masterIpv4CidrBlock"]?.text.flatMap(AddressRange.init(parsing:))
    cluster.hasPrivateNodes = secrecy?["enablePrivateNodes"]?.flag ?? false
    cluster.hasPrivateEndpoint = secrecy?["enablePrivateEndpoint"]?.flag ?? false
    for block in spec?["masterAuthorizedNetworksConfig", "cidrBlocks"]?.elements ?? [] {
      guard let range = block["cidrBlock"]?.text.flatMap(AddressRange.init(parsing:)) else { continue }
      cluster.authorizedNetworks.append(
        Cluster.AuthorizedNetwork(name: block["displayName"]?.text ?? range.description, range: range))
    }
    if let channel = spec?["releaseChannel", "channel"]?.text?.lowercased() {
      cluster.releaseChannel = Cluster.ReleaseChannel(rawValue: channel) ?? .regular
    }
    let version = spec?["minMasterVersion"]?.text ?? spec?["initialClusterVersion"]?.text
    cluster.version = version?.split(separator: "-").first.map(String.init)
    if version == "latest" { cluster.version = nil }
    cluster.hasWorkloadIdentity = spec?["workloadIdentityConfig"] != nil || secrecy == nil
    if let pool = spec?["workloadIdentityConfig", "workloadPool"]
      ?? spec?["workloadIdentityConfig", "identityNamespace"]
    {
      pool.take()
    }
    if let plane = spec?["datapathProvider"]?.text { cluster.hasDataplaneV2 = plane == "ADVANCED_DATAPATH" }
    for pool in spec?["nodePools"]?.elements ?? [] {
      cluster.nodePools.append(nodePool(pool, config: pool["config"], of: cluster))
    }
    for key in ["initialNodeCount", "networkingMode", "enableShieldedNodes", "removeDefaultNodePool"] {
      spec?[key]?.take()
    }
    source.root["metadata", "location"]?.take()
    source.root["metadata", "labels"]?.take()
    topology.clusters.append(cluster)
    place(source, at: path)
  }

  /// The provider's project that Config Connector makes an object in.
  static func project(of source: Source) -> String? {
    source.root["metadata", "annotations", "cnrm.cloud.google.com/project-id"]?.text
  }

  static func region(of location: String) -> String {
    let parts = location.split(separator: "-")
    // A zone has one more part than its region: asia-northeast1-a.
    return parts.count == 3 && parts[2].count == 1 ? parts[0...1].joined(separator: "-") : location
  }

  private func nodePool(_ part: Part, config: Part?, of cluster: Cluster) -> NodePool {
    let name = part["name"]?.text ?? part["metadata", "name"]?.text ?? "pool"
    var pool = NodePool(name: name, machineType: config?["machineType"]?.text ?? "e2-medium")
    if let size = config?["diskSizeGb"]?.integer { pool.diskSizeGb = size }
    if let type = config?["diskType"]?.text.flatMap(NodePool.DiskType.init(rawValue:)) {
      pool.diskType = type
    }
    if config?["preemptible"]?.flag == true { pool.interruption = .preemptible }
    if config?["spot"]?.flag == true { pool.interruption = .spot }
    pool.serviceAccount = config?["serviceAccount"]?.text ?? config?["serviceAccountRef", "external"]?.text
    pool.labels = config?["labels"]?.labels ?? [:]
    config?["labels"]?.take()
    for taint in config?["taints"]?.elements ?? config?["taint"]?.elements ?? [] {
      guard let key = taint["key"]?.text, let word = taint["effect"]?.text else { continue }
      let effects: [String: NodePool.Taint.Effect] = [
        "NO_SCHEDULE": .noSchedule, "PREFER_NO_SCHEDULE": .preferNoSchedule, "NO_EXECUTE": .noExecute,
      ]
      guard let effect = effects[word] ?? NodePool.Taint.Effect(rawValue: word) else { continue }
      pool.taints.append(NodePool.Taint(key: key, value: taint["value"]?.text ?? "", effect: effect))
    }
    let scaling = part["autoscaling"]
    pool.zones = part["nodeLocations"]?.texts ?? part["locations"]?.texts ?? []
    let zones = cluster.zoneCount(of: pool)
    if let most = scaling?["totalMaxNodeCount"]?.integer {
      pool.autoscaling = NodePool.Autoscaling(min: scaling?["totalMinNodeCount"]?.integer ?? 0, max: most)
    } else if let most = scaling?["maxNodeCount"]?.integer {
      pool.autoscaling = NodePool.Autoscaling(
        min: (scaling?["minNodeCount"]?.integer ?? 0) * zones, max: most * zones)
    } else if let count = part["nodeCount"]?.integer ?? part["initialNodeCount"]?.integer {
      pool.nodes = count * zones
    } else {
      pool.nodes = zones
    }
    for key in ["initialNodeCount", "nodeCount", "management"] { part[key]?.take() }
    scaling?["enabled"]?.take()
    scaling?["locationPolicy"]?.take()
    if let most = part["maxPodsPerNode"]?.integer ?? part["maxPodsConstraint", "maxPodsPerNode"]?.integer {
      pool.maxPodsPerNode = most
    }
    if let range = part["networkConfig", "podRange"]?.text, range != cluster.podsRange {
      pool.podsRange = range
    }
    if let surge = part["upgradeSettings", "maxSurge"]?.integer { pool.upgrade.maxSurge = surge }
    if let missing = part["upgradeSettings", "maxUnavailable"]?.integer {
      pool.upgrade.maxUnavailable = missing
    }
    return pool
  }

  private mutating func placeNodePools() {
    for source in all("container.cnrm.cloud.google.com", "ContainerNodePool") {
      guard let spec = source.root["spec"], let name = spec["clusterRef", "name"]?.peek,
        let index = topology.clusters.firstIndex(where: { $0.name == name })
      else { continue }
      spec["clusterRef"]?.take()
      spec["location"]?.take()
      var pool = nodePool(spec, config: spec["nodeConfig"], of: topology.clusters[index])
      pool.name = spec["resourceID"]?.text ?? source.name
      source.root["metadata", "labels"]?.take()
      topology.clusters[index].nodePools.append(pool)
      place(source, at: "Cluster/\(name)", "nodePools[\(pool.name)]")
    }
  }
}
