internal import KubeModel
internal import MeshTopology

extension Monitoring {
  /// What tells Prometheus' operator what to scrape and which rules to hold. Nodes are the business of the
  /// operator itself, which keeps a Service of all kubelets.
  func operatorObjects(
    of topology: Topology, _ targets: ScrapeTargets, builtIn: [RuleGroup]
  ) -> [RenderedObject] {
    var objects: [KubeObject] = []
    func add(_ kind: ResourceKind, _ name: String, _ spec: JSONValue) {
      var object = KubeObject(kind: kind, namespace: namespace, name: name)
      object.labels = Renderer.systemLabels(of: topology).merging(objectLabels) { _, chosen in chosen }
      object.set("spec", to: spec)
      objects.append(object)
    }
    if scrapes.contains(.apiServers) { add(.serviceMonitor, "kubernetes-apiservers", apiServers) }
    if scrapes.contains(.mesh), let istiod = targets.istiod {
      add(
        .serviceMonitor, "istiod",
        [
          "namespaceSelector": ["matchNames": [.string(istiod)]],
          "selector": ["matchLabels": ["istio": "pilot"]],
          "endpoints": [endpoint(["port": "http-monitoring"])],
        ])
      add(
        .podMonitor, "istio-proxies",
        podMonitor(targets.meshed, ["path": "/stats/prometheus"], ScrapeTargets.proxies))
    }
    if scrapes.contains(.workloads) {
      if !targets.workloads.isEmpty {
        add(.podMonitor, "workloads", podMonitor(targets.namespaces, [:], targets.ownEndpoints()))
      }
      if !targets.databases.isEmpty {
        add(.podMonitor, "databases", podMonitor(targets.databaseNamespaces, [:], targets.databaseServers()))
      }
      if let velero = targets.velero {
        add(.podMonitor, "velero", podMonitor([velero], [:], ScrapeTargets.backups))
      }
    }
    if stateMetrics != nil {
      add(
        .serviceMonitor, kubeStateMetrics.name,
        [
          "namespaceSelector": ["matchNames": [.string(namespace)]],
          "selector": ["matchLabels": [MeshLabels.app: .string(kubeStateMetrics.name)]],
          "endpoints": [endpoint(["port": "http-metrics", "honorLabels": true])],
        ])
    }
    for (name, groups) in [("topology", builtIn), ("own", rules)] where !groups.isEmpty {
      let groups = groups.map { $0.json(evaluation: evaluationInterval) }
      add(.prometheusRule, "\(topology.name)-\(name)", ["groups": .array(groups)])
    }
    return objects.map { RenderedObject(object: $0, workload: nil, concern: .observability) }
  }

  private var apiServers: JSONValue {
    let folder = PrometheusConfiguration.accountFolder
    return [
      "namespaceSelector": ["matchNames": ["default"]],
      "selector": ["matchLabels": ["component": "apiserver", "provider": "kubernetes"]],
      "endpoints": [
        endpoint([
          "port": "https", "scheme": "https",
          // The operator's way to the account's own token; its `authorization` takes a Secret only.
          "bearerTokenFile": .string("\(folder)/token"),
          "tlsConfig": ["caFile": .string("\(folder)/ca.crt"), "serverName": "kubernetes"],
        ])
      ],
    ]
  }

  private func podMonitor(
    _ namespaces: [String], _ endpoint: JSONValue, _ steps: [Relabeling]
  ) -> JSONValue {
    var endpoint = self.endpoint(endpoint)
    endpoint["relabelings"] = .array(steps.map(\.json))
    return [
      "namespaceSelector": ["matchNames": .array(namespaces.map(JSONValue.string))], "selector": [:],
      "podMetricsEndpoints": [endpoint],
    ]
  }

  private func endpoint(_ start: JSONValue) -> JSONValue {
    var endpoint = start
    endpoint["interval"] = .string(scrapeInterval.unitText)
    endpoint["scrapeTimeout"] = scrapeTimeout.map { .string($0.unitText) }
    return endpoint
  }
}
