import KubeModel
import MeshTopology

/// A system of many workloads with five calls each, in two regions.
func largeTopology(workloads count: Int) -> Topology {
  let regions = [
    Region(name: "asia-northeast1", role: .primary), Region(name: "asia-northeast2", role: .recovery),
  ]
  let namespaces = (0..<10).map { Namespace(name: "team-\($0)") }
  var topology = Topology(name: "large", regions: regions)
  topology.namespaces = namespaces
  topology.clusters = regions.map { Cluster(name: "cluster-\($0.name)", region: $0.name) }
  topology.environments = [
    Environment(
      name: "embedded", clusters: topology.clusters.map { BoundCluster(cluster: $0.name, access: .embedded) })
  ]
  topology.workloads = (0..<count).map { index in
    var workload = Workload(
      name: "service-\(index)", namespace: namespaces[index % 10].name,
      image: "registry.example/team/service:1.4.2")
    workload.ports = [Workload.Port(name: "http", port: 8080)]
    workload.health = HealthCheck(path: "/health")
    workload.resources = ComputeResources(cpu: "250m", memory: "256Mi")
    workload.env = ["MODE": "fast", "TOKEN": .secret(name: "token", key: "value")]
    workload.autoscaling = Autoscaling(min: 2, max: 10)
    workload.traffic = Traffic()
    workload.rollout = RolloutPolicy()
    // Distinct callees, spread over the whole system and never the caller itself.
    workload.calls = [1, 3, 7, 31, 127].map { step in
      let callee = (index + step) % count
      return Call(to: WorkloadReference(namespace: namespaces[callee % 10].name, name: "service-\(callee)"))
    }
    return workload
  }
  return topology
}
