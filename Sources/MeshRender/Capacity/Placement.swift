internal import MeshTopology

/// What the pods of workloads ask of each node pool.
struct Placement {
  /// The demand on each pool, in the order of pools.
  private(set) var pools: [Demand]
  /// The demand of pods that no pool takes.
  private(set) var homeless = Demand()

  /// Places the pods of `workloads` on the pools of `fleet`: those that name a pool there, others on the pools whose
  /// taints they tolerate, spread as the scheduler does, by what is left. Those with the fewest pools to go to come
  /// first; a DaemonSet has a pod on each node.
  init(of workloads: [Workload], on fleet: NodeFleet, in topology: Topology, at moment: Demand.Moment) {
    let nodes: KeyPath<ClusterCapacity.Pool, Int> = moment == .rest ? \.nodes : \.nodesAtMost
    pools = fleet.pools.map { _ in Demand() }
    let choices = workloads.map { fleet.pools(for: $0) }
    func rank(_ index: Int) -> (Int, Int, Int) {
      (workloads[index].controller == .daemonSet ? 0 : 1, choices[index].count, index)
    }
    for index in workloads.indices.sorted(by: { rank($0) < rank($1) }) {
      let workload = workloads[index]
      let request = PodRequest(of: workload, in: topology)
      let choice = choices[index]
      if choice.isEmpty {
        homeless.add(request, pods: workload.pods(at: moment))
      } else if workload.controller == .daemonSet {
        for pool in choice { pools[pool].add(request, pods: fleet.pools[pool][keyPath: nodes]) }
      } else {
        spread(workload.pods(at: moment), of: request, over: choice, of: fleet, nodes)
      }
    }
  }

  /// What all pods ask for.
  var total: Demand {
    var total = homeless
    for pool in pools { total.add(pool) }
    return total
  }

  /// Shares pods out in proportion to the room that each pool still has for them. Those that have no room anywhere
  /// go to the largest pool.
  private mutating func spread(
    _ pods: Int, of request: PodRequest, over choice: [Int], of fleet: NodeFleet,
    _ nodes: KeyPath<ClusterCapacity.Pool, Int>
  ) {
    let room = choice.map { fleet.room(for: request, in: $0, beside: self.pools[$0], nodes) }
    let total = room.reduce(0, +)
    let placed = min(pods, total)
    var shares = room.map { total > 0 ? placed * $0 / total : 0 }
    // What rounding left goes one by one to those with room.
    var rest = placed - shares.reduce(0, +)
    for index in shares.indices where rest > 0 && shares[index] < room[index] {
      shares[index] += 1
      rest -= 1
    }
    let sizes = choice.map { fleet.pools[$0][keyPath: nodes] }
    if pods > placed, let largest = sizes.indices.max(by: { sizes[$0] < sizes[$1] }) {
      shares[largest] += pods - placed
    }
    for (pool, share) in zip(choice, shares) where share > 0 { pools[pool].add(request, pods: share) }
  }
}

extension NodeFleet {
  /// The pools that take the pods of `workload`, by their place in the order of pools.
  func pools(for workload: Workload) -> [Int] {
    let names = Set(cluster.pools(for: workload).map(\.name))
    return pools.indices.filter { names.contains(pools[$0].name) }
  }

  /// How many pods that ask for `request` a pool has room for beside `demand`.
  fileprivate func room(
    for request: PodRequest, in index: Int, beside demand: Demand,
    _ nodes: KeyPath<ClusterCapacity.Pool, Int>
  ) -> Int {
    var room = pods(nodes, of: index) - demand.pods
    // Of a machine that is not known only the places for pods are.
    guard let allocatable = pools[index].allocatable else { return max(0, room) }
    guard request.cpu <= allocatable.cpu, request.memory <= allocatable.memory else { return 0 }
    let count = pools[index][keyPath: nodes]
    if request.cpu > 0 { room = min(room, (count * allocatable.cpu - demand.cpu) / request.cpu) }
    if request.memory > 0 { room = min(room, (count * allocatable.memory - demand.memory) / request.memory) }
    return max(0, room)
  }
}
