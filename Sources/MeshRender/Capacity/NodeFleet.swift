internal import MeshTopology

/// The nodes that a cluster has, and those it could get.
struct NodeFleet {
  let pools: [ClusterCapacity.Pool]
  let bound: NodeBudget.Bound
  let servicesRange: Subnet.SecondaryRange?
  let cluster: Cluster
  let subnet: Subnet?

  init(of cluster: Cluster, in topology: Topology) {
    self.cluster = cluster
    subnet = cluster.network.flatMap { topology.network(named: $0) }.flatMap { network in
      cluster.subnetwork.flatMap { network.subnet(named: $0) }
    }
    servicesRange = cluster.servicesRange.flatMap { [subnet] in subnet?.secondaryRange(named: $0) }
    var pools = cluster.nodePools.map { pool in
      ClusterCapacity.Pool(
        name: pool.name, machineType: pool.machineType, nodes: cluster.nodesNow(of: pool), nodesAtMost: 0,
        allocatable: MachineType(pool.machineType).map {
          Allocatable(machine: $0, podsPerNode: pool.maxPodsPerNode)
        })
    }
    var budget = NodeBudget(of: cluster, in: topology)
    var bound: NodeBudget.Bound?
    // The nodes of today come first, in whatever pool; only then do pools grow.
    for wanted in [cluster.nodesNow(of:), cluster.nodesAtMost(of:)] {
      for (index, pool) in cluster.nodePools.enumerated() {
        while pools[index].nodesAtMost < wanted(pool) {
          if let reached = budget.take(pool) {
            bound = bound ?? reached
            break
          }
          pools[index].nodesAtMost += 1
        }
      }
    }
    self.pools = pools
    self.bound = bound ?? .pool
  }

  /// The machine types that are not in the tables, by name.
  var unknownMachineTypes: [String] {
    Set(pools.filter { $0.allocatable == nil }.map(\.machineType)).sorted()
  }

  /// The number of nodes.
  func count(_ nodes: KeyPath<ClusterCapacity.Pool, Int>) -> Int {
    pools.reduce(0) { $0 + $1[keyPath: nodes] }
  }

  /// The number of pods that nodes may have.
  func pods(_ nodes: KeyPath<ClusterCapacity.Pool, Int>) -> Int {
    let pods = zip(pools, cluster.nodePools).reduce(0) {
      $0 + $1.0[keyPath: nodes] * max(0, min($1.1.maxPodsPerNode, 256))
    }
    return min(pods, GKE.podsPerCluster)
  }

  /// What pods can have of all nodes; `nil` when a machine type is not known.
  func sum(
    _ amount: KeyPath<Allocatable, Int>, over nodes: KeyPath<ClusterCapacity.Pool, Int>
  ) -> Int? {
    var sum = 0
    for pool in pools {
      guard let allocatable = pool.allocatable else { return nil }
      sum += pool[keyPath: nodes] * allocatable[keyPath: amount]
    }
    return sum
  }

  /// The number of nodes that `demand` needs: those there are, those the pools can grow by, then more like
  /// the last.
  ///
  /// - Returns: `nil` when that needs a machine type that is not known, or more nodes than a cluster may have.
  func nodesNeeded(for demand: Demand) -> Int? {
    var (nodes, cpu, memory, pods) = (0, demand.cpu, demand.memory, demand.pods)
    func isCovered() -> Bool { cpu <= 0 && memory <= 0 && pods <= 0 }
    func add(_ allocatable: Allocatable) {
      nodes += 1
      cpu -= allocatable.cpu
      memory -= allocatable.memory
      pods -= allocatable.pods
    }
    let now = pools.map { ($0, min($0.nodes, $0.nodesAtMost)) }
    let growth = pools.map { ($0, max(0, $0.nodesAtMost - $0.nodes)) }
    for (pool, count) in now + growth {
      for _ in 0..<count where !isCovered() {
        guard let allocatable = pool.allocatable else { return nil }
        add(allocatable)
      }
    }
    while !isCovered() {
      guard nodes < GKE.nodesPerCluster, let last = pools.last?.allocatable else { return nil }
      add(last)
    }
    return nodes
  }
}
