internal import KubeModel
internal import MeshTopology

extension Importing {
  /// Takes a configuration of Prometheus over.
  mutating func placeMonitoring() {
    guard let found = prometheusConfiguration() else { return }
    let root = found.root
    var monitoring = Monitoring(name: "prometheus", namespace: found.map.namespace)
    let path = "Monitoring/\(monitoring.namespace)/\(monitoring.name)"
    if let time = duration(root["global", "scrape_interval"]) { monitoring.scrapeInterval = time }
    if let time = duration(root["global", "evaluation_interval"]) { monitoring.evaluationInterval = time }
    monitoring.scrapeTimeout = duration(root["global", "scrape_timeout"])
    for (key, value) in root["global", "external_labels"]?.entries ?? [] {
      // Rendering sets these two from the cluster.
      if !["cluster", "region"].contains(key) { monitoring.externalLabels[key] = value.text }
    }
    monitoring.ruleFiles = (root["rule_files"]?.texts ?? []).filter {
      $0.hasPrefix("/") && $0 != "/etc/prometheus/rules/*.yml"
    }
    readJobs(root, found.map, into: &monitoring)
    for job in root["remote_write"]?.elements ?? [] {
      dropLine(job, found.map, "where measures are copied to is not part of the topology")
    }
    readRules(besides: found.map, into: &monitoring)
    if let set = pods.first(where: { $0.role == .prometheus && $0.namespace == monitoring.namespace })
      ?? pods.first(where: { $0.role == .prometheus })
    {
      if let image = set.container?["image"], let reference = imageReference(image, for: set.target) {
        monitoring.image = reference
      }
      if let resources = resources(set.container?["resources"], of: path) { monitoring.resources = resources }
      takePod(set)
      place(set.source, at: path)
      placeSurroundings(of: set, at: path)
    }
    if let set = pods.first(where: { $0.role == .stateMetrics }) {
      monitoring.stateMetrics = Monitoring.StateMetrics().with { state in
        if let image = set.container?["image"]?.text.flatMap(ImageReference.init(parsing:)) {
          state.image = image
        }
      }
      if let resources = resources(set.container?["resources"], of: path) {
        monitoring.stateMetrics?.resources = resources
      }
      takePod(set)
      place(set.source, at: path, "stateMetrics")
      placeSurroundings(of: set, at: path)
      if set.namespace != monitoring.namespace {
        assume(path + " stateMetrics", "it moves to \(monitoring.namespace)")
      }
    } else {
      monitoring.builtInRules.removeAll { $0 == .autoscalerAtMaximum }
    }
    found.entry.take()
    found.map.root["metadata", "labels"]?.take()
    topology.monitoring = monitoring
    place(found.map, at: path)
  }

  private mutating func readJobs(_ root: Part, _ map: Source, into monitoring: inout Monitoring) {
    var scrapes: [Monitoring.Scrape] = []
    for job in root["scrape_configs"]?.elements ?? [] {
      let name = job["job_name"]?.peek ?? ""
      let kind: Monitoring.Scrape? =
        if name.contains("apiserver") {
          .apiServers
        } else if name.contains("node") || name.contains("cadvisor") || name.contains("kubelet") {
          .nodes
        } else if name.contains("istio") || name.contains("envoy") || name.contains("mesh") {
          .mesh
        } else if name.contains("pod")
          || name.contains("service-endpoints") || name.contains("workload")
        { .workloads } else { nil }
      if ["prometheus", "kube-state-metrics", "databases", "velero"].contains(name) { continue }
      guard let kind else {
        dropLine(
          job, map,
          "the job \(name) is none of those that the topology scrapes: name what it scrapes as metrics of its workload"
        )
        continue
      }
      if !scrapes.contains(kind) { scrapes.append(kind) }
      if job["bearer_token_file"] != nil {
        contradict(
          map.place,
          "the job \(name) of \(map.words) reads its token by bearer_token_file, which is deprecated; authorization.credentials_file is rendered"
        )
      }
      for rule in job["relabel_configs"]?.elements ?? [] where rule["action"]?.peek == "keep" {
        let labels = rule["source_labels"]?.elements.compactMap(\.peek) ?? []
        let pattern = rule["regex"]?.peek ?? ""
        if labels.contains("__meta_kubernetes_endpoint_port_name"), pattern.contains("-metrics"),
          !isAnyPortNamed("-metrics")
        {
          contradict(
            map.place, "the job \(name) of \(map.words) keeps ports like \(pattern), and no Service has one")
        }
      }
    }
    if !scrapes.isEmpty { monitoring.scrapes = Monitoring.Scrape.allCases.filter(scrapes.contains) }
  }

  private func isAnyPortNamed(_ ending: String) -> Bool {
    all("", "Service").contains { service in
      service.root["spec", "ports"]?.elements.contains { $0["name"]?.peek?.hasSuffix(ending) ?? false }
        ?? false
    }
  }

  private mutating func dropLine(_ part: Part, _ map: Source, _ reason: String) {
    drop(at: map.place, map.words, part.path, reason)
  }

  /// The first ConfigMap with a file of a name.
  func configuration(_ isName: (String) -> Bool) -> (map: Source, entry: Part)? {
    for map in all("", "ConfigMap") {
      if let entry = map.root["data"]?.entries.first(where: { isName($0.key) }) { return (map, entry.value) }
    }
    return nil
  }

  /// Takes what rendering says itself about a pod of the platform.
  func takePod(_ set: PodSet) {
    takeLabels(of: set)
    set.spec?.take()
    for key in [
      "replicas", "strategy", "updateStrategy", "volumeClaimTemplates", "podManagementPolicy", "template",
    ] {
      set.source.root["spec", key]?.take()
    }
  }
}
