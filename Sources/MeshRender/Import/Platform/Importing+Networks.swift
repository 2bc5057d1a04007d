internal import KubeModel
internal import MeshTopology

extension Importing {
  /// Takes networks of Config Connector over, and makes up those that only clusters name.
  mutating func placeNetworks() {
    let group = "compute.cnrm.cloud.google.com"
    for source in all(group, "ComputeNetwork") {
      source.root["metadata", "labels"]?.take()
      let project = Importing.project(of: source)
      topology.networks.append(
        Network(name: source.name).with {
          $0.nat = nil
          $0.project = project
        })
      for index in topology.clusters.indices where topology.clusters[index].network == source.name {
        if topology.clusters[index].project == project { topology.clusters[index].project = nil }
      }
      place(source, at: "Network/\(source.name)")
    }
    for source in all(group, "ComputeSubnetwork") {
      let spec = source.root["spec"]
      guard let network = spec?["networkRef", "name"]?.peek, let region = spec?["region"]?.peek,
        let range = spec?["ipCidrRange"]?.peek.flatMap(AddressRange.init(parsing:))
      else { continue }
      spec?["networkRef"]?.take()
      var subnet = Subnet(name: spec?["resourceID"]?.text ?? source.name, region: region, range: range)
      spec?["region"]?.take()
      spec?["ipCidrRange"]?.take()
      subnet.purpose = spec?["description"]?.text
      for part in spec?["secondaryIpRange"]?.elements ?? [] {
        guard let name = part["rangeName"]?.text,
          let range = part["ipCidrRange"]?.text.flatMap(AddressRange.init(parsing:))
        else { continue }
        subnet.secondaryRanges.append(Subnet.SecondaryRange(name: name, range: range))
      }
      let index = networkIndex(network)
      topology.networks[index].subnets.append(subnet)
      source.root["metadata", "labels"]?.take()
      place(source, at: "Network/\(network)", "subnets[\(subnet.name)]")
      for cluster in topology.clusters.indices where topology.clusters[cluster].subnetwork == source.name {
        topology.clusters[cluster].subnetwork = subnet.name
      }
    }
    for source in all(group, "ComputeRouterNAT") {
      let router = source.root["spec", "routerRef", "name"]?.peek ?? ""
      let owner = only(group, "ComputeRouter", WorkloadReference(namespace: source.namespace, name: router))
      guard let owner, let network = owner.root["spec", "networkRef", "name"]?.peek else { continue }
      let index = networkIndex(network)
      topology.networks[index].nat = AddressTranslation().with {
        if let count = source.root["spec", "minPortsPerVm"]?.integer { $0.portsPerNode = count }
        $0.addresses = source.root["spec", "natIps"]?.elements.count ?? 0
      }
      // The translation has its addresses itself; they are none that anything else could name.
      for part in source.root["spec", "natIps"]?.elements ?? [] {
        guard let name = part["name"]?.peek,
          let address = only(
            group, "ComputeAddress", WorkloadReference(namespace: source.namespace, name: name)),
          !settled.contains(address.index)
        else { continue }
        address.root["spec"]?.take()
        address.root["metadata", "labels"]?.take()
        place(address, at: "Network/\(network)", "nat")
      }
      source.root["spec"]?.take()
      owner.root["spec"]?.take()
      place(source, at: "Network/\(network)", "nat")
      if !settled.contains(owner.index) { place(owner, at: "Network/\(network)", "nat") }
    }
    placePrivateServices()
    for source in all(group, "ComputeAddress") where !settled.contains(source.index) {
      let spec = source.root["spec"]
      guard spec?["addressType"]?.peek != "INTERNAL", !topology.networks.isEmpty else { continue }
      let location = spec?["location"]?.text
      topology.networks[0].reservedAddresses.append(
        ReservedAddress(name: spec?["resourceID"]?.text ?? source.name).with {
          $0.region = location == "global" ? nil : location
        })
      spec?["addressType"]?.take()
      source.root["metadata", "labels"]?.take()
      place(source, at: "Network/\(topology.networks[0].name)", "reservedAddresses[\(source.name)]")
    }
    for cluster in topology.clusters { completeNetwork(of: cluster) }
  }

  /// The range of the provider's managed services, and the link to them.
  private mutating func placePrivateServices() {
    for source in all("compute.cnrm.cloud.google.com", "ComputeAddress") {
      let spec = source.root["spec"]
      guard spec?["purpose"]?.peek == "VPC_PEERING", let network = spec?["networkRef", "name"]?.peek,
        let address = spec?["address"]?.peek, let length = spec?["prefixLength"]?.peek,
        let range = AddressRange(parsing: "\(address)/\(length)")
      else { continue }
      topology.networks[networkIndex(network)].privateServicesRange = range
      let links = all("servicenetworking.cnrm.cloud.google.com", "ServiceNetworkingConnection").filter {
        $0.root["spec", "reservedPeeringRanges"]?.elements.contains { $0["name"]?.peek == source.name }
          ?? false
      }
      for part in [source] + links {
        part.root["spec"]?.take()
        part.root["metadata", "labels"]?.take()
        place(part, at: "Network/\(network)", "privateServicesRange")
      }
    }
  }

  private mutating func networkIndex(_ name: String) -> Int {
    if let index = topology.networks.firstIndex(where: { $0.name == name }) { return index }
    topology.networks.append(Network(name: name))
    return topology.networks.count - 1
  }

  /// The subnet and ranges that a cluster names, with addresses that nobody else has.
  private mutating func completeNetwork(of cluster: Cluster) {
    guard let network = cluster.network, let name = cluster.subnetwork else { return }
    let index = networkIndex(network)
    let path = "Network/\(network) subnets[\(name)]"
    if topology.networks[index].subnet(named: name) == nil {
      let range = freeRange(prefix: 20, in: "10.128.0.0/9")
      topology.networks[index].subnets.append(Subnet(name: name, region: cluster.region, range: range))
      assume(path + ".range", "no manifest says the nodes' addresses; \(range) is assumed")
    }
    guard let inner = topology.networks[index].subnets.firstIndex(where: { $0.name == name }) else { return }
    for (wanted, prefix) in [(cluster.podsRange, 14), (cluster.servicesRange, 20)] {
      guard let wanted, topology.networks[index].subnets[inner].secondaryRange(named: wanted) == nil else {
        continue
      }
      let said = saidRange(of: wanted, cluster: cluster.name)
      let range = said ?? freeRange(prefix: prefix, in: "10.64.0.0/10")
      topology.networks[index].subnets[inner].secondaryRanges.append(
        Subnet.SecondaryRange(name: wanted, range: range))
      if said == nil {
        assume(path + ".secondaryRanges[\(wanted)]", "no manifest says its addresses; \(range) is assumed")
      }
    }
    if topology.networks[index].project == nil, cluster.hasPrivateNodes, topology.networks[index].nat != nil {
      assume(
        "Network/\(network) nat",
        "nodes without public addresses are taken to reach the internet by address translation")
    }
  }

  /// The addresses of a secondary range, where a node pool of the cluster says them.
  private func saidRange(of name: String, cluster: String) -> AddressRange? {
    for source in byKind["Cluster", default: []].map({ sources[$0] })
      + all("container.cnrm.cloud.google.com", "ContainerCluster") where source.name == cluster
    {
      for pool in source.root["spec", "nodePools"]?.elements ?? [] {
        for part in [pool["networkConfig"], pool["config", "networkConfig"]]
        where part?["podRange"]?.peek == name {
          if let range = part?["podIpv4CidrBlock"]?.text.flatMap(AddressRange.init(parsing:)) { return range }
        }
      }
      let policy = source.root["spec", "ipAllocationPolicy"]
      for (range, key) in [
        ("clusterSecondaryRangeName", "clusterIpv4CidrBlock"),
        ("servicesSecondaryRangeName", "servicesIpv4CidrBlock"),
      ]
      where policy?[range]?.peek == name {
        if let range = policy?[key]?.text.flatMap(AddressRange.init(parsing:)) { return range }
      }
    }
    return nil
  }

  private func freeRange(prefix: Int, in whole: AddressRange) -> AddressRange {
    let taken =
      topology.networks.flatMap(\.subnets).flatMap { [$0.range] + $0.secondaryRanges.map(\.range) }
      + topology.clusters.compactMap(\.controlPlaneRange)
    return AddressPlan(taken: taken).nextFree(prefixLength: prefix, within: whole) ?? whole
  }
}
