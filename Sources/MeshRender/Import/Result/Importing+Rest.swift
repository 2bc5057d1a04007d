internal import KubeModel
internal import MeshTopology

extension Importing {
  /// Keeps all objects that nothing has placed.
  mutating func keepTheRest() {
    for source in sources where !settled.contains(source.index) {
      if source.kind == "Secret", source.group.isEmpty {
        keepSecret(source)
      } else if readConfigMaps.contains(source.index) {
        source.root["data"]?.take()
        source.root["metadata", "labels"]?.take()
        place(source, at: "Workload/\(source.namespace)", "files and variables of those that read it")
        homes[source.index] = nil
      } else {
        keep(source, reason(for: source))
      }
    }
    for (index, source) in sources.enumerated() where !source.saysNamespace && !source.namespace.isEmpty {
      guard result.kept.contains(where: { $0.place == source.place }) else { continue }
      assume("manifests/\(sources[index].words)", "it names no namespace; default is assumed")
    }
  }

  /// A Secret is known by its name alone.
  mutating func keepSecret(_ source: Source) {
    settled.insert(source.index)
    var object = KubeObject(kind: .secret, namespace: source.namespace, name: source.name)
    if let type = source.root["type"]?.peek { object.set("type", to: .string(type)) }
    result.kept.append(
      Import.Kept(
        place: source.place, object: object,
        reason: "kept elsewhere: what is in a Secret is neither read nor written; make it by other means"))
  }

  func reason(for source: Source) -> String {
    switch source.kind {
    case "CronJob", "Job": "the model has services that run on, and no jobs"
    case "Pod", "ReplicaSet", "ReplicationController":
      "the model has Deployments, StatefulSets and DaemonSets"
    case "PersistentVolumeClaim", "PersistentVolume": "the model has claims of StatefulSets only"
    case "ConfigMap": "no workload of the manifests reads it"
    case "Service": "it selects no pods that are part of the topology"
    case "ServiceAccount": "no workload of the manifests acts as it"
    case "Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding":
      "it is not about service accounts of workloads alone"
    case "NetworkPolicy", "AuthorizationPolicy", "PodDisruptionBudget":
      "it selects no pods that are part of the topology"
    case "HorizontalPodAutoscaler": "it scales nothing that is part of the topology"
    case "VirtualService", "DestinationRule": "it is about a host that is no workload of the topology"
    case "HTTPRoute", "GRPCRoute", "TCPRoute", "TLSRoute", "Ingress":
      "its gateway is no part of the topology: what comes in by it is let in once a Gateway has these routes"
    case "Gateway": "a Gateway of the topology is Kong; others stay objects"
    default: "the model has no place for a \(source.kind)"
    }
  }
}
