extension Declarations {
  /// Reports external services that are within the clusters, or that the mesh could not tell apart.
  func checkExternalServices() {
    let ranges = clusterRanges
    var listeners: [Listener: (name: WorkloadReference, spot: Spot)] = [:]
    for declared in sound(ExternalService.self) {
      for (index, address) in declared.value.addresses.enumerated() {
        guard let range = ranges.last(startingBy: address), range.range.contains(address) else { continue }
        reading.report(
          .contradiction, "\(address) is within \(range.range), \(range.purpose)",
          at: declared.document.spot("addresses", .index(index)),
          remedy: "call the Workload itself, or name addresses outside the clusters")
      }
      for (index, port) in declared.value.ports.enumerated() where port.protocol == .tcp {
        let spot = declared.document.spot("ports", .index(index), "port")
        for address in declared.value.addresses {
          let listener = Listener(port: port.port, address: address)
          guard let other = listeners[listener] else {
            listeners[listener] = (declared.value.reference, spot)
            continue
          }
          guard other.name != declared.value.reference else { continue }
          reportTwins(declared.value.reference, other.name, at: listener, spot)
          break
        }
      }
    }
  }

  /// Of TCP the mesh sees no name: it goes by port and address alone.
  private func reportTwins(
    _ name: WorkloadReference, _ other: WorkloadReference, at listener: Listener, _ spot: Spot
  ) {
    let isAnywhere = ExternalService.anyAddress == [listener.address]
    reading.report(
      .shared,
      "\(name) and \(other) both take TCP at port \(listener.port) "
        + (isAnywhere ? "of any address" : "of \(listener.address)") + ": the mesh cannot tell them apart",
      at: spot,
      remedy: isAnywhere
        ? "add addresses: with those that each of them has"
        : "give each its own addresses, or make them one ExternalService with two hosts")
  }

  /// The ranges that nodes, pods and Services of the clusters have their addresses from, sorted.
  private var clusterRanges: [ClusterRange] {
    let networks = Dictionary(
      sound(Network.self).map { ($0.value.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    var ranges: [ClusterRange] = []
    for cluster in sound(Cluster.self).map(\.value) {
      guard
        let subnet = cluster.subnetwork.flatMap({ name in
          cluster.network.flatMap { networks[$0] }?.subnet(named: name)
        })
      else { continue }
      ranges.append(ClusterRange(range: subnet.range, purpose: "which the nodes of \(cluster.name) have"))
      for name in [cluster.podsRange] + cluster.nodePools.map(\.podsRange) {
        guard let range = name.flatMap(subnet.secondaryRange) else { continue }
        ranges.append(ClusterRange(range: range.range, purpose: "which the pods of \(cluster.name) have"))
      }
      if let range = cluster.servicesRange.flatMap(subnet.secondaryRange) {
        ranges.append(ClusterRange(range: range.range, purpose: "which the Services of \(cluster.name) have"))
      }
    }
    return ranges.sorted { $0.range < $1.range }
  }
}

/// A range with what it is for.
private struct ClusterRange {
  let range: AddressRange
  let purpose: String
}

extension [ClusterRange] {
  /// The last of these sorted ranges that starts where `address` does or before it: as ranges of a topology lie apart,
  /// the only one that may hold it.
  fileprivate func last(startingBy address: AddressRange) -> ClusterRange? {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = (low + high) / 2
      if self[middle].range.family == address.family
        ? self[middle].range.first <= address.first : self[middle].range < address
      {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low > startIndex ? self[low - 1] : nil
  }
}

/// What the mesh goes by where it sees no name.
private struct Listener: Hashable {
  let port: Int
  let address: AddressRange
}
