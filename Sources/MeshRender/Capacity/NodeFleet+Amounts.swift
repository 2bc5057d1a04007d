internal import MeshTopology

extension NodeFleet {
  /// The number of pods that nodes may have.
  func pods(_ nodes: KeyPath<ClusterCapacity.Pool, Int>) -> Int {
    min(pools.indices.reduce(0) { $0 + pods(nodes, of: $1) }, GKE.podsPerCluster)
  }

  /// The number of pods that the nodes of one pool may have.
  func pods(_ nodes: KeyPath<ClusterCapacity.Pool, Int>, of pool: Int) -> Int {
    pools[pool][keyPath: nodes] * max(0, min(cluster.nodePools[pool].maxPodsPerNode, 256))
  }

  /// What pods can have of all nodes; `nil` when a machine type is not known.
  func sum(
    _ amount: KeyPath<Allocatable, Int>, over nodes: KeyPath<ClusterCapacity.Pool, Int>
  ) -> Int? {
    var sum = 0
    for pool in pools {
      guard let amount = pool.amount(amount, over: nodes) else { return nil }
      sum += amount
    }
    return sum
  }

  /// The number of nodes that the pods of `placement` need; `nil` when that cannot be said of a pool, or when pods
  /// are left that no pool takes.
  func nodesNeeded(for placement: Placement) -> Int? {
    guard placement.homeless.pods == 0 else { return nil }
    var sum = 0
    for (pool, demand) in zip(pools, placement.pools) {
      guard let nodes = pool.nodesNeeded(for: demand) else { return nil }
      sum += nodes
    }
    return sum <= GKE.nodesPerCluster ? sum : nil
  }
}

extension ClusterCapacity.Pool {
  /// What pods can have of its nodes; `nil` when the machine type is not known.
  func amount(
    _ amount: KeyPath<Allocatable, Int>, over nodes: KeyPath<ClusterCapacity.Pool, Int>
  ) -> Int? {
    allocatable.map { self[keyPath: nodes] * $0[keyPath: amount] }
  }

  /// The number of nodes that `demand` needs.
  ///
  /// - Returns: `nil` when the machine type is not known, or a cluster may not have so many.
  func nodesNeeded(for demand: Demand) -> Int? {
    guard demand != Demand() else { return 0 }
    guard let allocatable else { return nil }
    let needs = [
      (demand.cpu, allocatable.cpu), (demand.memory, allocatable.memory), (demand.pods, allocatable.pods),
    ]
    var nodes = 0
    for (asked, have) in needs where asked > 0 {
      guard have > 0 else { return nil }
      nodes = max(nodes, asked / have + (asked % have > 0 ? 1 : 0))
    }
    return nodes <= GKE.nodesPerCluster ? nodes : nil
  }
}
