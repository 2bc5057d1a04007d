internal import MeshTopology

extension ClusterCapacity {
  /// Works out the capacity of `cluster`, in which `workloads` run.
  init(of cluster: Cluster, in topology: Topology, workloads: [Workload]) {
    let fleet = NodeFleet(of: cluster, in: topology)
    let rest = Placement(of: workloads, on: fleet, in: topology, at: .rest)
    let most = Placement(of: workloads, on: fleet, in: topology, at: .most)
    name = cluster.name
    region = cluster.region
    pools = fleet.pools.indices.map { fleet.pool($0, rest: rest.pools[$0], most: most.pools[$0]) }
    measures =
      fleet.measures(rest: rest, most: most) + [fleet.services(workloads.count { !$0.ports.isEmpty })]
    podLimits = fleet.podLimits(most.total)
    let misfits = fleet.misfits(workloads, in: topology)
    limitingFactor = LimitingFactor(
      pools: pools, measures: measures, misfits: misfits, unknown: fleet.unknownMachineTypes)
    notes = fleet.notes(misfits: misfits, most: most.total)
  }
}

extension NodeFleet {
  /// The measures of all nodes together.
  fileprivate func measures(rest: Placement, most: Placement) -> [ClusterCapacity.Measure] {
    let nodes = counted(count(\.nodesAtMost), "node")
    let size = unknownMachineTypes.isEmpty ? nodes : unknownMachines(unknownMachineTypes)
    let isAtLimit = pods(\.nodesAtMost) == GKE.podsPerCluster
    let (rested, all) = (rest.total, most.total)
    return [
      ClusterCapacity.Measure(
        resource: .nodes, askedAtRest: nodesNeeded(for: rest), askedAtMost: nodesNeeded(for: most),
        now: count(\.nodes), atMost: count(\.nodesAtMost), bound: bound.words),
      ClusterCapacity.Measure(
        resource: .pods, askedAtRest: rested.pods, askedAtMost: all.pods, now: pods(\.nodes),
        atMost: pods(\.nodesAtMost), bound: isAtLimit ? "GKE's limit of pods a cluster" : nodes),
      ClusterCapacity.Measure(
        resource: .cpu, askedAtRest: rested.cpu, askedAtMost: all.cpu, now: sum(\.cpu, over: \.nodes),
        atMost: sum(\.cpu, over: \.nodesAtMost), bound: size),
      ClusterCapacity.Measure(
        resource: .memory, askedAtRest: rested.memory, askedAtMost: all.memory,
        now: sum(\.memory, over: \.nodes), atMost: sum(\.memory, over: \.nodesAtMost), bound: size),
    ]
  }

  /// The measure of the addresses that `count` Services ask for.
  fileprivate func services(_ count: Int) -> ClusterCapacity.Measure {
    let addresses = servicesRange.flatMap { GKE.services(servicesRange: $0.range) }
    return ClusterCapacity.Measure(
      resource: .services, askedAtRest: count, askedAtMost: count, now: addresses, atMost: addresses,
      bound: servicesRange.map { "the range \($0.name) \($0.range)" } ?? "no range is declared")
  }

  /// One pool with what is asked of it.
  fileprivate func pool(_ index: Int, rest: Demand, most: Demand) -> ClusterCapacity.Pool {
    var pool = pools[index]
    let nodes = counted(pool.nodesAtMost, "node")
    let size = pool.allocatable == nil ? unknownMachines([pool.machineType]) : nodes
    pool.measures = [
      ClusterCapacity.Measure(
        resource: .nodes, askedAtRest: pool.nodesNeeded(for: rest), askedAtMost: pool.nodesNeeded(for: most),
        now: pool.nodes, atMost: pool.nodesAtMost, bound: bounds[index].wordsOfPool),
      ClusterCapacity.Measure(
        resource: .pods, askedAtRest: rest.pods, askedAtMost: most.pods, now: pods(\.nodes, of: index),
        atMost: pods(\.nodesAtMost, of: index), bound: nodes),
      ClusterCapacity.Measure(
        resource: .cpu, askedAtRest: rest.cpu, askedAtMost: most.cpu, now: pool.amount(\.cpu, over: \.nodes),
        atMost: pool.amount(\.cpu, over: \.nodesAtMost), bound: size),
      ClusterCapacity.Measure(
        resource: .memory, askedAtRest: rest.memory, askedAtMost: most.memory,
        now: pool.amount(\.memory, over: \.nodes), atMost: pool.amount(\.memory, over: \.nodesAtMost),
        bound: size),
    ]
    pool.limitingFactor = ClusterCapacity.LimitingFactor(
      measures: pool.measures, unknown: pool.allocatable == nil ? [pool.machineType] : [])
    return pool
  }
}
