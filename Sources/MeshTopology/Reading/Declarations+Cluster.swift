extension Declarations {
  /// Reads the spec of a Cluster document.
  mutating func readCluster(_ document: Document, reading: Reading) {
    var controlPlane: DeclaredRange?
    let cluster = document.readSpec(example: "{region: asia-northeast1}", reading: reading) {
      spec -> Cluster? in
      let region = spec.required("region", example: "asia-northeast1").flatMap { readRegion($0) }
      var cluster = Cluster(name: document.name, region: region ?? "")
      readAddresses(of: &cluster, spec)
      if let field = spec["controlPlaneRange"], let range = field.addressRange() {
        cluster.controlPlaneRange = range
        controlPlane = DeclaredRange(
          range: range, thing: "the control plane of \(document.name)", spot: field.spot)
      }
      var names = Names()
      cluster.nodePools = (spec["nodePools"]?.elements() ?? []).compactMap { element in
        element.section { NodePool($0, names: &names) }
      }
      return region == nil ? nil : cluster
    }
    if let cluster { clusters.append(cluster) }
    if let controlPlane { ranges.append(controlPlane) }
  }

  /// Reads the names of the network, of its subnet, and of the subnet's secondary ranges.
  private func readAddresses(of cluster: inout Cluster, _ spec: Section) {
    let networkField = spec["network"]
    let subnetField = spec["subnetwork"]
    cluster.network = networkField?.name(.label)
    cluster.subnetwork = subnetField?.name(.label)
    let network = cluster.network.flatMap { name in
      partialNetworks.contains(name) ? nil : networks.first { $0.name == name }
    }
    if let networkField, let name = cluster.network, !isDeclared(.network, name) {
      networkField.reportUnknown(
        "network", name, known: names(of: .network), remedy: "add a Network document of that name")
    }
    if networkField == nil, let subnetField {
      subnetField.report(
        .contradiction, "a subnetwork without a network", remedy: "add network: with the network's name")
    }
    var subnet = network.flatMap { network in cluster.subnetwork.flatMap { network.subnet(named: $0) } }
    if let subnetField, let network, let name = cluster.subnetwork, subnet == nil {
      subnetField.reportUnknown(
        "subnet", name, known: network.subnets.map(\.name),
        remedy: "\(network.name) has the subnets \(alternatives(network.subnets.map(\.name), last: "and"))")
    }
    if let subnetField, let wrong = subnet, !cluster.region.isEmpty, wrong.region != cluster.region {
      subnetField.report(
        .contradiction, "the subnet \(wrong.name) is in \(wrong.region), the cluster in \(cluster.region)",
        remedy: "name a subnet of the cluster's region")
      subnet = nil
    }
    cluster.podsRange = readSecondaryRange("podsRange", spec, subnet: subnet)
    cluster.servicesRange = readSecondaryRange("servicesRange", spec, subnet: subnet)
  }

  private func readSecondaryRange(_ key: String, _ spec: Section, subnet: Subnet?) -> String? {
    guard let field = spec[key], let name = field.name(.label) else { return nil }
    if !spec.has("subnetwork") {
      field.report(
        .contradiction, "\(key) without a subnetwork", remedy: "add subnetwork: with the name of its subnet")
    } else if let subnet, subnet.secondaryRange(named: name) == nil {
      let known = subnet.secondaryRanges.map(\.name)
      field.reportUnknown(
        "secondary range", name, known: known, remedy: "declare it under secondaryRanges of \(subnet.name)")
    }
    return name
  }
}

extension NodePool {
  init?(_ section: Section, names: inout Names) {
    let name = section.readName("name", example: "microservices-pool", thing: "node pool", names: &names)
    let machineType = section.required("machineType", example: "e2-standard-4")?.text()
    self.init(name: name ?? "", machineType: machineType ?? "")
    diskSizeGb = section["diskSizeGb"]?.integer(in: 1...65536) ?? diskSizeGb
    nodes = section["nodes"]?.integer(in: 0...15_000) ?? nodes
    if name == nil || machineType == nil { return nil }
  }
}
