internal import KubeModel
internal import MeshTopology

extension Infrastructure {
  /// The router and the address translation of each region that has nodes without public addresses.
  func egress(of network: Network) -> [KubeObject] {
    guard let translation = network.nat else { return [] }
    let clusters = topology.clusters.filter { $0.network == network.name && $0.hasPrivateNodes }
    return Set(clusters.map(\.region)).sorted().flatMap { region in
      egress(translation, of: network, in: region)
    }
  }

  private func egress(
    _ translation: AddressTranslation, of network: Network, in region: String
  ) -> [KubeObject] {
    let name = "\(network.name)-\(region)"
    var router = object(.computeRouter, name, project: network.project)
    router.set("spec", "networkRef", to: reference(network.name))
    router.set("spec", "region", to: .string(region))
    let addresses = (0..<max(0, translation.addresses)).map {
      externalAddress("\(name)-nat-\($0 + 1)", location: region, project: network.project)
    }
    var nat = object(.computeRouterNAT, name, project: network.project)
    nat.set("spec", "routerRef", to: reference(name))
    nat.set("spec", "region", to: .string(region))
    nat.set("spec", "natIpAllocateOption", to: addresses.isEmpty ? "AUTO_ONLY" : "MANUAL_ONLY")
    if !addresses.isEmpty { nat.set("spec", "natIps", to: .array(addresses.map { reference($0.name) })) }
    nat.set("spec", "sourceSubnetworkIpRangesToNat", to: "ALL_SUBNETWORKS_ALL_IP_RANGES")
    nat.set("spec", "minPortsPerVm", to: .int(Int64(translation.portsPerNode)))
    nat.set("spec", "logConfig", to: ["enable": true, "filter": "ERRORS_ONLY"])
    return addresses + [router, nat]
  }

  /// Lets the control plane of a cluster with private nodes reach what injects Istio's proxy into pods: GKE
  /// opens only 443 and 10250 by itself, and without this no pod of the mesh starts.
  func webhookFirewall(for cluster: Cluster) -> KubeObject? {
    guard hasMesh, cluster.hasPrivateNodes, let range = cluster.controlPlaneRange,
      let network = cluster.network
    else { return nil }
    let project = topology.network(named: network)?.project ?? cluster.project
    var object = object(.computeFirewall, "\(cluster.name)-istio-webhook", project: project)
    object.set("spec", "networkRef", to: reference(network))
    object.set("spec", "direction", to: "INGRESS")
    object.set("spec", "sourceRanges", to: [.string(range.description)])
    object.set("spec", "targetTags", to: [.string(nodeTag(of: cluster))])
    object.set("spec", "allow", to: [["protocol": "tcp", "ports": .array(webhookPorts)]])
    return object
  }

  /// Where Istio's webhook listens, and that of CloudNativePG where there is a database of it.
  private var webhookPorts: [JSONValue] {
    ["15017"] + (topology.databases.contains { $0.form == .cloudNativePG } ? ["9443"] : [])
  }

  /// What firewalls know the nodes of a cluster by.
  func nodeTag(of cluster: Cluster) -> String { cluster.name }
}
