internal import MeshTopology

extension NodeFleet {
  /// The most pods of the average size of `demand`.
  func podLimits(_ demand: Demand) -> ClusterCapacity.PodLimits {
    func share(_ have: Int?, _ asked: Int) -> Int? {
      guard let have, asked > 0, demand.pods > 0 else { return nil }
      let limit = Double(have) * Double(demand.pods) / Double(asked)
      return Int(min(limit, 1e15))
    }
    return ClusterCapacity.PodLimits(
      byNodes: pods(\.nodesAtMost), byAddresses: podsByAddresses,
      byCPU: share(sum(\.cpu, over: \.nodesAtMost), demand.cpu),
      byMemory: share(sum(\.memory, over: \.nodesAtMost), demand.memory))
  }

  private var podsByAddresses: Int? {
    var seen: Set<String> = []
    let limits = cluster.nodePools.compactMap { pool -> Int? in
      guard let name = pool.podsRange ?? cluster.podsRange, seen.insert(name).inserted,
        let range = subnet?.secondaryRange(named: name)
      else { return nil }
      return GKE.pods(podsRange: range.range, podsPerNode: pool.maxPodsPerNode)
    }
    return limits.isEmpty ? nil : limits.reduce(0, +)
  }

  /// The workloads that no pool takes, or of which not one pod fits on any node that takes them; the latter only
  /// where their machine types are known.
  func misfits(_ workloads: [Workload], in topology: Topology) -> [Misfit] {
    guard !pools.isEmpty else { return [] }
    return workloads.compactMap { workload -> Misfit? in
      let choice = self.pools(for: workload)
      guard !choice.isEmpty else { return Misfit(workload: workload.reference, isTooLarge: false) }
      let sizes = choice.compactMap { pools[$0].allocatable }
      let request = PodRequest(of: workload, in: topology)
      guard sizes.count == choice.count,
        !sizes.contains(where: { request.cpu <= $0.cpu && request.memory <= $0.memory })
      else { return nil }
      return Misfit(workload: workload.reference, isTooLarge: true)
    }
  }

  /// What is worth knowing besides the measures.
  func notes(misfits: [Misfit], most: Demand) -> [String] {
    var notes = unknownMachineTypes.map {
      "the machine type \($0) is not known, so its nodes are not counted"
    }
    notes += misfits.map(\.note)
    if most.podsWithoutRequests > 0 {
      notes.append(
        "\(counted(most.podsWithoutRequests, "pod")) ask for no resources and are counted as nothing")
    }
    if let surge = cluster.nodePools.map(\.upgrade.maxSurge).max(), surge > 0, bound != .pool {
      notes.append("an upgrade needs addresses for \(counted(surge, "node")) more")
    }
    for pool in cluster.nodePools where GKE.podBlockPrefixLength(podsPerNode: pool.maxPodsPerNode) == nil {
      notes.append("GKE refuses \(pool.maxPodsPerNode) pods a node, which \(pool.name) asks for")
    }
    return notes
  }
}

/// A workload whose pods run nowhere.
struct Misfit {
  let workload: WorkloadReference
  /// Whether its pods are too large; else no pool takes them.
  let isTooLarge: Bool

  /// What is too little.
  var shortage: String {
    isTooLarge ? "no node is large enough for a pod of \(workload)" : "no pool takes the pods of \(workload)"
  }

  /// What is worth knowing.
  var note: String {
    isTooLarge
      ? "a pod of \(workload) asks for more than any node has"
      : "\(workload) names a pool that is not there, or tolerates the taints of none"
  }
}
