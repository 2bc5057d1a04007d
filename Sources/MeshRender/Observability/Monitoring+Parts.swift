internal import KubeModel
internal import MeshTopology

extension Monitoring {
  /// Prometheus with its configuration and rules, or the objects that tell its operator of both.
  func parts(of topology: Topology, in cluster: Cluster?) -> PlatformParts {
    let targets = ScrapeTargets(of: topology, in: cluster)
    let groups = builtInGroups(of: topology, in: cluster)
    var parts = PlatformParts()
    if stateMetrics != nil { parts.workloads.append(stateMetricsWorkload) }
    switch management {
    case .configuration:
      let scraper = PrometheusConfiguration(
        monitoring: self, topology: topology, targets: targets, cluster: cluster)
      parts.workloads.append(prometheusWorkload(scraper.yaml.yamlText, builtIn: groups))
      parts.objects = accessObjects(of: topology)
    case .operator: parts.objects = operatorObjects(of: topology, targets, builtIn: groups)
    }
    return parts
  }

  /// What the common objects of a workload do not say: the right to the API server's measures, which have no
  /// kind, and the way to the nodes, which no selector of pods names.
  private func accessObjects(of topology: Topology) -> [RenderedObject] {
    var objects: [KubeObject] = []
    let labels = Renderer.systemLabels(of: topology).merging([MeshLabels.app: prometheus.name]) { own, _ in
      own
    }
    if scrapes.contains(.apiServers) {
      let name = "\(topology.name):\(namespace):\(prometheus.name)-metrics"
      var role = KubeObject(kind: .clusterRole, name: name)
      role.labels = labels
      role.set("rules", to: [["nonResourceURLs": ["/metrics"], "verbs": ["get"]]])
      var binding = KubeObject(kind: .clusterRoleBinding, name: name)
      binding.labels = labels
      binding.set(
        "roleRef",
        to: [
          "apiGroup": .string(ResourceKind.clusterRole.group), "kind": "ClusterRole", "name": .string(name),
        ])
      binding.set(
        "subjects",
        to: [
          ["kind": "ServiceAccount", "name": .string(prometheus.name), "namespace": .string(namespace)]
        ])
      objects += [role, binding]
    }
    var concerns = Array(repeating: RenderedObject.Concern.access, count: objects.count)
    if scrapes.contains(.nodes) {
      var policy = KubeObject(kind: .networkPolicy, namespace: namespace, name: "\(prometheus.name)-nodes")
      policy.labels = labels
      policy.set("spec", "podSelector", "matchLabels", to: .strings(prometheusLabels))
      policy.set("spec", "policyTypes", to: ["Egress"])
      policy.set(
        "spec", "egress", to: [["ports": [["protocol": "TCP", "port": .int(Int64(Monitoring.kubeletPort))]]]])
      objects.append(policy)
      concerns.append(.policy)
    }
    return zip(objects, concerns).map {
      RenderedObject(object: $0, workload: prometheus, concern: $1)
    }
  }

  static let kubeletPort = 10250
}
