import MeshRender
import MeshTopology
import Testing

/// What the tests of capacity change one thing of.
enum SmallCluster {
  /// A cluster of three small nodes, and one workload of two pods of half a core.
  static func make() -> Topology {
    var network = Network(name: "vpc")
    var subnet = Subnet(name: "nodes", region: "tokyo", range: "10.0.1.0/24")
    subnet.secondaryRanges = [
      Subnet.SecondaryRange(name: "pods", range: "10.1.0.0/16"),
      Subnet.SecondaryRange(name: "services", range: "10.2.0.0/28"),
    ]
    network.subnets = [subnet]
    var cluster = Cluster(name: "main", region: "tokyo")
    cluster.network = "vpc"
    cluster.subnetwork = "nodes"
    cluster.podsRange = "pods"
    cluster.servicesRange = "services"
    cluster.nodePools = [NodePool(name: "pool", machineType: "e2-standard-4")]
    var workload = Workload(
      name: "shop", namespace: "production", image: "shop:1")
    workload.replicas = 2
    workload.resources = ComputeResources(
      cpu: "500m", memory: "1Gi")
    var namespace = Namespace(name: "production")
    namespace.hasIstioInjection = false
    var topology = Topology(name: "shop")
    topology.networks = [network]
    topology.clusters = [cluster]
    topology.namespaces = [namespace]
    topology.workloads = [workload]
    return topology
  }

  static func capacity(_ change: (inout Topology) throws -> Void) throws -> ClusterCapacity {
    var topology = make()
    try change(&topology)
    return try #require(Capacity(of: topology).clusters.first)
  }
}
