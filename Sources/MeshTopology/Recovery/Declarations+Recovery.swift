extension Declarations {
  /// Reports recovery objectives that the rest of the topology cannot keep.
  func checkRecovery() {
    guard let system = sound(Topology.self).first, let objectives = system.value.recovery else { return }
    let spot = system.document.spot("recovery")
    let clusters = sound(Cluster.self).map(\.value)
    let areClustersSound = clusters.count == all(Cluster.self).count && isWhole(.cluster)
    let standbys = system.value.regions.filter { $0.role == .recovery }.map(\.name)
    if standbys.isEmpty {
      reading.report(
        .contradiction, "recovery objectives, but no region has the role recovery", at: spot,
        remedy: "give a region role: recovery, or remove recovery")
    } else if areClustersSound, !clusters.contains(where: { standbys.contains($0.region) }) {
      reading.report(
        .contradiction, "no cluster runs in \(alternatives(standbys)), so nothing could take over", at: spot,
        remedy: "declare a Cluster with region: \(standbys[0])")
    }
    checkWitness(objectives, of: system, clusters: clusters)
    checkEntry(objectives, of: system)
    if let primary = system.value.primaryRegion?.name {
      checkPoint(objectives.recoveryPoint, losing: primary)
    }
  }

  private func isWhole(_ kind: DocumentKind) -> Bool { !reading.directory.unreadable.contains(kind) }

  private func checkWitness(
    _ objectives: RecoveryObjectives, of system: Declared<Topology>, clusters: [Cluster]
  ) {
    guard let witness = objectives.witness, let name = witness.cluster,
      let cluster = clusters.first(where: { $0.name == name })
    else { return }
    let primary = system.value.regions.first { $0.role == .primary }?.name
    let others = clusters.filter { $0.name != name && $0.region != cluster.region }
    let spot = system.document.spot("recovery", "witness", "cluster")
    if cluster.region == primary {
      reading.report(
        .contradiction, "the witness \(name) is in \(cluster.region), whose loss it has to witness", at: spot,
        remedy: "name a cluster of a third region, or write kind: git")
    } else if !others.contains(where: { $0.region != primary }) {
      reading.report(
        .contradiction, "the witness \(name) is in \(cluster.region), which alone could take over", at: spot,
        remedy: "name a cluster of a third region, or write kind: git")
    }
  }

  /// Every region with a cluster needs an address to lead users to.
  private func checkEntry(_ objectives: RecoveryObjectives, of system: Declared<Topology>) {
    guard let traffic = objectives.traffic else { return }
    let known = system.value.regions.map(\.name)
    for region in traffic.addresses.keys.sorted() where !known.contains(region) {
      reading.reportUnknown(
        "region", region, at: system.document.spot("recovery", "traffic", "addresses", .key(region)),
        known: known,
        remedy: "the Topology declares \(alternatives(known, last: "and"))")
    }
    let gateways = all(Gateway.self).count + all(ServiceMesh.self).count
    guard sound(Gateway.self).count + sound(ServiceMesh.self).count == gateways else { return }
    var topology = system.value
    topology.serviceMesh = sound(ServiceMesh.self).first?.value
    topology.gateways = sound(Gateway.self).map(\.value)
    let used = Set(sound(Cluster.self).map(\.value.region))
    for region in known where used.contains(region) && topology.entryAddress(in: region) == nil {
      reading.report(
        .missingField, "\(traffic.host) could not be turned to \(region): no address leads there",
        at: system.document.spot("recovery", "traffic"),
        remedy: "reserve an address and add addresses: {\(region): 203.0.113.10}")
    }
  }
}

extension Topology {
  /// The address by which users enter a region; `nil` where the provider gives one at run time.
  public func entryAddress(in region: String) -> String? {
    recovery?.traffic?.addresses[region]
      ?? gateways.lazy.compactMap { gateway -> String? in
        if case .literal(let address)? = gateway.addresses[region] { address } else { nil }
      }.first ?? serviceMesh?.ingressGateways.lazy.compactMap { $0.addresses[region] }.first
  }

  /// The namespace of the object that directs users to a region.
  public var trafficNamespace: String { recovery?.traffic?.namespace ?? istioNamespace }
}
