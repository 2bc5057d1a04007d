internal import KubeModel
internal import MeshTopology

extension Infrastructure {
  /// The objects of a cluster and its node pools.
  func objects(for cluster: Cluster) -> [KubeObject] {
    let firewall = webhookFirewall(for: cluster).map { [$0] } ?? []
    return firewall + [self.cluster(cluster)] + cluster.nodePools.map { nodePool($0, of: cluster) }
  }

  private func cluster(_ cluster: Cluster) -> KubeObject {
    let project = project(of: cluster)
    var object = object(.containerCluster, cluster.name, project: project)
    // GKE makes no cluster without nodes; these go as soon as it is there.
    object.annotations["cnrm.cloud.google.com/remove-default-node-pool"] = "true"
    object.set("spec", "initialNodeCount", to: 1)
    object.set("spec", "location", to: .string(cluster.region))
    if !cluster.zones.isEmpty { object.set("spec", "nodeLocations", to: strings(cluster.zones.sorted())) }
    addNetwork(of: cluster, to: &object)
    object.set("spec", "releaseChannel", "channel", to: .string(cluster.releaseChannel.rawValue.uppercased()))
    object.set("spec", "minMasterVersion", to: cluster.version.map(JSONValue.string))
    object.set("spec", "enableShieldedNodes", to: true)
    if cluster.hasDataplaneV2 {
      object.set("spec", "datapathProvider", to: "ADVANCED_DATAPATH")
    } else {
      // Without either, GKE takes NetworkPolicies and enforces none.
      object.set("spec", "addonsConfig", "networkPolicyConfig", "disabled", to: false)
      object.set("spec", "networkPolicy", "enabled", to: true)
    }
    if cluster.hasWorkloadIdentity {
      object.set(
        "spec", "workloadIdentityConfig", "workloadPool",
        to: project.map { .string("\($0).svc.id.goog") })
    }
    object.set(
      "spec", "maintenancePolicy", "recurringWindow", to: cluster.maintenance.map(recurringWindow))
    return object
  }

  private func addNetwork(of cluster: Cluster, to object: inout KubeObject) {
    let network = cluster.network.flatMap { topology.network(named: $0) }
    object.set("spec", "networkRef", to: cluster.network.map(reference))
    if let name = cluster.subnetwork {
      let subnet = network?.subnet(named: name)
      let objectName = network.flatMap { network in subnet.map { self.objectName(of: $0, in: network) } }
      object.set("spec", "subnetworkRef", to: reference(objectName ?? name))
    }
    object.set("spec", "networkingMode", to: "VPC_NATIVE")
    var allocation = JSONObject()
    allocation["clusterSecondaryRangeName"] = cluster.podsRange.map(JSONValue.string)
    allocation["servicesSecondaryRangeName"] = cluster.servicesRange.map(JSONValue.string)
    // Also when it is empty: it is what makes a cluster VPC-native.
    object.set("spec", "ipAllocationPolicy", to: .object(allocation))
    object.set(
      "spec", "privateClusterConfig",
      to: [
        "enablePrivateNodes": .bool(cluster.hasPrivateNodes),
        "enablePrivateEndpoint": .bool(cluster.hasPrivateEndpoint),
      ])
    object.set(
      "spec", "privateClusterConfig", "masterIpv4CidrBlock",
      to: cluster.controlPlaneRange.map { .string($0.description) })
    // A private endpoint takes the list even when nobody is on it.
    if cluster.hasPrivateEndpoint || !cluster.authorizedNetworks.isEmpty {
      let blocks = cluster.authorizedNetworks.map { network -> JSONValue in
        ["displayName": .string(network.name), "cidrBlock": .string(network.range.description)]
      }
      object.set("spec", "masterAuthorizedNetworksConfig", "cidrBlocks", to: .array(blocks))
    }
  }

  /// A window that recurs from the first Monday of 2024 on, which was the first of January.
  private func recurringWindow(_ window: Cluster.MaintenanceWindow) -> JSONValue {
    func time(_ minutes: Int) -> JSONValue {
      let (hours, minute) = minutes.quotientAndRemainder(dividingBy: 60)
      let (days, hour) = hours.quotientAndRemainder(dividingBy: 24)
      return .string("2024-01-\(twoDigits(1 + days))T\(twoDigits(hour)):\(twoDigits(minute)):00Z")
    }
    let all = Cluster.MaintenanceWindow.Weekday.allCases
    let days = all.filter(window.days.contains).map(\.rawValue).joined(separator: ",")
    let isDaily = window.days.isEmpty || window.days.count == all.count
    return [
      "startTime": time(window.start), "endTime": time(window.start + window.length),
      "recurrence": .string(isDaily ? "FREQ=DAILY" : "FREQ=WEEKLY;BYDAY=\(days)"),
    ]
  }

  private func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  /// A list of texts.
  func strings(_ strings: [String]) -> JSONValue { .array(strings.map(JSONValue.string)) }
}
