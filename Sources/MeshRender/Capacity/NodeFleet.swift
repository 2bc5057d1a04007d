internal import MeshTopology

/// The nodes that a cluster has, and those it could get.
struct NodeFleet {
  let pools: [ClusterCapacity.Pool]
  let bound: NodeBudget.Bound
  /// What bounds each pool, in the order of pools.
  let bounds: [NodeBudget.Bound]
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
    var bounds = pools.map { _ in NodeBudget.Bound.pool }
    // The nodes of today come first, in whatever pool; only then do pools grow.
    for wanted in [cluster.nodesNow(of:), cluster.nodesAtMost(of:)] {
      for (index, pool) in cluster.nodePools.enumerated() {
        while pools[index].nodesAtMost < wanted(pool) {
          if let reached = budget.take(pool) {
            bound = bound ?? reached
            bounds[index] = reached
            break
          }
          pools[index].nodesAtMost += 1
        }
      }
    }
    self.pools = pools
    self.bound = bound ?? .pool
    self.bounds = bounds
  }

  /// The machine types that are not in the tables, by name.
  var unknownMachineTypes: [String] {
    Set(pools.filter { $0.allocatable == nil }.map(\.machineType)).sorted()
  }

  /// The number of nodes.
  func count(_ nodes: KeyPath<ClusterCapacity.Pool, Int>) -> Int {
    pools.reduce(0) { $0 + $1[keyPath: nodes] }
  }
}
