internal import MeshTopology

extension ClusterCapacity {
  /// Works out the capacity of `cluster`, in which `workloads` run.
  init(of cluster: Cluster, in topology: Topology, workloads: [Workload]) {
    let fleet = NodeFleet(of: cluster, in: topology)
    let rest = Demand(of: workloads, in: topology, at: .rest)
    let most = Demand(of: workloads, in: topology, at: .most)
    name = cluster.name
    region = cluster.region
    pools = fleet.pools
    let services = workloads.count { !$0.ports.isEmpty }
    let servicesRange = fleet.servicesRange
    let machines = fleet.unknownMachineTypes
    let nodes = counted(fleet.count(\.nodesAtMost), "node")
    let size = machines.isEmpty ? nodes : unknownMachines(machines)
    let isAtLimit = fleet.pods(\.nodesAtMost) == GKE.podsPerCluster
    let podsBound = isAtLimit ? "GKE's limit of pods a cluster" : nodes
    measures = [
      Measure(
        resource: .nodes, askedAtRest: fleet.nodesNeeded(for: rest),
        askedAtMost: fleet.nodesNeeded(for: most),
        now: fleet.count(\.nodes), atMost: fleet.count(\.nodesAtMost), bound: fleet.bound.words),
      Measure(
        resource: .pods, askedAtRest: rest.pods, askedAtMost: most.pods, now: fleet.pods(\.nodes),
        atMost: fleet.pods(\.nodesAtMost), bound: podsBound),
      Measure(
        resource: .cpu, askedAtRest: rest.cpu, askedAtMost: most.cpu, now: fleet.sum(\.cpu, over: \.nodes),
        atMost: fleet.sum(\.cpu, over: \.nodesAtMost), bound: size),
      Measure(
        resource: .memory, askedAtRest: rest.memory, askedAtMost: most.memory,
        now: fleet.sum(\.memory, over: \.nodes), atMost: fleet.sum(\.memory, over: \.nodesAtMost), bound: size
      ),
      Measure(
        resource: .services, askedAtRest: services, askedAtMost: services,
        now: servicesRange.flatMap { GKE.services(servicesRange: $0.range) },
        atMost: servicesRange.flatMap { GKE.services(servicesRange: $0.range) },
        bound: servicesRange.map { "the range \($0.name) \($0.range)" } ?? "no range is declared"),
    ]
    podLimits = fleet.podLimits(most)
    let misfits = fleet.misfits(workloads, in: topology)
    limitingFactor = LimitingFactor(measures: measures, misfits: misfits, unknown: machines)
    notes = fleet.notes(misfits: misfits, most: most)
  }
}
