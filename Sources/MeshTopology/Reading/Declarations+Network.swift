extension Declarations {
  /// Reports clusters whose network does not have what they name.
  func checkClusters() {
    let networks = Dictionary(
      sound(Network.self).map { ($0.value.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    for declared in sound(Cluster.self) {
      let cluster = declared.value
      guard let network = cluster.network.flatMap({ networks[$0] }), let name = cluster.subnetwork else {
        continue
      }
      let spot = declared.document.spot("subnetwork")
      guard let subnet = network.subnet(named: name) else {
        let known = network.subnets.map(\.name)
        reading.reportUnknown(
          "subnet", name, at: spot, known: known,
          remedy: "\(network.name) has the subnets \(alternatives(known, last: "and"))")
        continue
      }
      if subnet.region != cluster.region {
        reading.report(
          .contradiction,
          "the subnet \(subnet.name) is in \(subnet.region), the cluster in \(cluster.region)",
          at: spot, remedy: "name a subnet of the cluster's region")
        continue
      }
      checkRoom(for: declared, in: subnet)
      for (key, range) in [("podsRange", cluster.podsRange), ("servicesRange", cluster.servicesRange)] {
        guard let range, subnet.secondaryRange(named: range) == nil else { continue }
        reading.reportUnknown(
          "secondary range", range, at: declared.document.spot(.key(key)),
          known: subnet.secondaryRanges.map(\.name),
          remedy: "declare it under secondaryRanges of \(subnet.name)")
      }
    }
  }

  /// Reports node pools that ask for more nodes than the subnet has addresses for.
  private func checkRoom(for declared: Declared<Cluster>, in subnet: Subnet) {
    guard let room = GKE.nodes(primaryRange: subnet.range) else { return }
    let nodes = declared.value.nodePools.reduce(0) { $0 + $1.maximumNodes }
    guard nodes > room else { return }
    reading.report(
      .contradiction,
      "up to \(nodes) nodes, but \(subnet.range) of the subnet \(subnet.name) has addresses for \(room)",
      at: declared.document.spot("nodePools"),
      remedy: "lower nodes or autoscaling.max, or give the subnet a larger range")
  }

  /// Reports ranges that share addresses, each with the one before it that it runs into.
  ///
  /// CIDR blocks lie within each other or apart. Sorted by their start, the larger first, each therefore
  /// only needs a look at the blocks that are still open.
  func checkRanges() {
    let ranges = declaredRanges
    let order = ranges.indices.sorted { left, right in
      let (first, second) = (ranges[left].range, ranges[right].range)
      return first == second ? left < right : first < second
    }
    var open: [Int] = []
    for index in order {
      while let last = open.last, !ranges[last].range.overlaps(ranges[index].range) { open.removeLast() }
      if let last = open.last { reportOverlap(ranges[min(last, index)], ranges[max(last, index)]) }
      open.append(index)
    }
  }

  private var declaredRanges: [DeclaredRange] {
    var ranges: [DeclaredRange] = []
    for declared in sound(Network.self) {
      if let range = declared.value.privateServicesRange {
        ranges.append(
          DeclaredRange(
            range: range, thing: "private services", spot: declared.document.spot("privateServicesRange")))
      }
      for (index, subnet) in declared.value.subnets.enumerated() {
        ranges.append(
          DeclaredRange(
            range: subnet.range, thing: "subnet \(subnet.name)",
            spot: declared.document.spot("subnets", .index(index), "range")))
        for (inner, secondary) in subnet.secondaryRanges.enumerated() {
          ranges.append(
            DeclaredRange(
              range: secondary.range, thing: "secondary range \(secondary.name)",
              spot: declared.document.spot(
                "subnets", .index(index), "secondaryRanges", .index(inner), "range")))
        }
      }
    }
    for declared in sound(Cluster.self) {
      guard let range = declared.value.controlPlaneRange else { continue }
      ranges.append(
        DeclaredRange(
          range: range, thing: "the control plane of \(declared.value.name)",
          spot: declared.document.spot("controlPlaneRange")))
    }
    return ranges
  }

  private func reportOverlap(_ earlier: DeclaredRange, _ later: DeclaredRange) {
    reading.report(
      .overlappingRanges,
      "\(later.range) of \(later.thing) overlaps \(earlier.range) of \(earlier.thing) at \(earlier.spot.place)",
      at: later.spot, remedy: "choose a range that no other has addresses of")
  }
}

/// A range with what it is for and where it stands.
private struct DeclaredRange {
  let range: AddressRange
  let thing: String
  let spot: Spot
}
