internal import KubeModel
internal import MeshTopology

extension Gateway {
  /// What a gateway comes to: a workload that runs Kong, what only its own Service and pods have, and the
  /// policies that verify tokens at its callees; with a controller, that and what it reads as well.
  func parts(of topology: Topology, in cluster: Cluster?) -> PlatformParts {
    var parts = PlatformParts(workloads: [workload(in: topology)])
    if configuration == .gatewayAPI { parts.workloads.append(controllerWorkload(in: topology)) }
    guard let cluster else { return parts }
    parts.objects = entrance(in: topology, cluster) + tokenPolicies(in: topology)
    if configuration == .gatewayAPI {
      parts.objects += objects(in: topology).objects + adminObjects(in: topology)
    }
    return parts
  }
}

extension Topology {
  /// What a route or a limit refers to.
  func routeCallee(_ reference: WorkloadReference) -> (any Callee)? {
    if let workload = workload(reference) { return workload }
    let others = externalServices as [any Callee] + redisClusters + databases + gateways
    return others.first { $0.reference == reference }
  }
}
