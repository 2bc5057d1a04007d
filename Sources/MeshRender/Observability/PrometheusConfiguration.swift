internal import KubeModel
internal import MeshTopology

/// The file that Prometheus is configured by.
struct PrometheusConfiguration {
  let monitoring: Monitoring
  let topology: Topology
  let targets: ScrapeTargets
  let cluster: Cluster?

  static let accountFolder = "/var/run/secrets/kubernetes.io/serviceaccount"

  var yaml: YAMLTree {
    var entries: [(String, YAMLTree)] = [
      ("global", global), ("rule_files", .texts(["\(Monitoring.rulesFolder)/*.yml"] + monitoring.ruleFiles)),
    ]
    let alerting = monitoring.alertmanagers.compactMap { topology.endpoint(of: Call(to: $0)) }
    if !alerting.isEmpty {
      entries.append(("alerting", .mapping([("alertmanagers", .list(alerting.map(alertmanager)))])))
    }
    entries.append(("scrape_configs", .list(jobs)))
    return .mapping(entries)
  }

  private var global: YAMLTree {
    var entries: [(String, YAMLTree)] = [("scrape_interval", .text(monitoring.scrapeInterval.unitText))]
    if let timeout = monitoring.scrapeTimeout { entries.append(("scrape_timeout", .text(timeout.unitText))) }
    entries.append(("evaluation_interval", .text(monitoring.evaluationInterval.unitText)))
    var labels = monitoring.externalLabels
    if let cluster {
      labels["cluster"] = cluster.name
      labels["region"] = cluster.region
    }
    if !labels.isEmpty { entries.append(("external_labels", .texts(labels))) }
    return .mapping(entries)
  }

  private func alertmanager(_ endpoint: Endpoint) -> YAMLTree {
    .mapping([
      ("scheme", .text(endpoint.isTLS ? "https" : "http")),
      ("static_configs", .list([.mapping([("targets", .texts([endpoint.address]))])])),
    ])
  }

  private var jobs: [YAMLTree] {
    var jobs = [own]
    if monitoring.scrapes.contains(.apiServers) { jobs.append(apiServers) }
    if monitoring.scrapes.contains(.nodes) {
      jobs.append(nodes("kubernetes-nodes", path: "/metrics"))
      jobs.append(nodes("kubernetes-cadvisor", path: "/metrics/cadvisor"))
    }
    if monitoring.scrapes.contains(.mesh), let istiod = targets.istiod {
      jobs.append(self.istiod(in: istiod))
      jobs.append(job("istio-proxy", path: "/stats/prometheus", targets.meshed, ScrapeTargets.proxies))
    }
    if monitoring.scrapes.contains(.workloads) {
      if !targets.workloads.isEmpty {
        jobs.append(job("workloads", targets.namespaces, targets.ownEndpoints()))
      }
      if !targets.databases.isEmpty {
        jobs.append(job("databases", targets.databaseNamespaces, targets.databaseServers()))
      }
      if let velero = targets.velero { jobs.append(job("velero", [velero], ScrapeTargets.backups)) }
    }
    if monitoring.stateMetrics != nil { jobs.append(stateMetrics) }
    return jobs
  }

  private var own: YAMLTree {
    .mapping([
      ("job_name", .text("prometheus")),
      ("static_configs", .list([.mapping([("targets", .texts(["localhost:9090"]))])])),
    ])
  }

  private var apiServers: YAMLTree {
    .mapping(
      [
        ("job_name", .text("kubernetes-apiservers")), ("kubernetes_sd_configs", discovery("endpoints")),
        ("scheme", .text("https")), ("tls_config", .mapping([authority])),
      ] + [token] + [
        relabeling([
          .keep(
            [Discovered.namespace, Discovered.service, Discovered.endpointPort], "default;kubernetes;https")
        ])
      ])
  }

  private func nodes(_ name: String, path: String) -> YAMLTree {
    .mapping([
      ("job_name", .text(name)), ("kubernetes_sd_configs", discovery("node")), ("scheme", .text("https")),
      ("metrics_path", .text(path)),
      // Kubelets serve certificates of their own, which the cluster's authority has not signed.
      ("tls_config", .mapping([authority, ("insecure_skip_verify", .flag(true))])), token,
      relabeling([.copy(Discovered.node, to: "node")]),
    ])
  }

  private func istiod(in namespace: String) -> YAMLTree {
    .mapping([
      ("job_name", .text("istiod")), ("kubernetes_sd_configs", discovery("endpoints", [namespace])),
      relabeling([
        .keep([Discovered.service, Discovered.endpointPort], "istiod;http-monitoring"),
        .copy(Discovered.pod, to: "pod"),
      ]),
    ])
  }

  private var stateMetrics: YAMLTree {
    let reference = monitoring.kubeStateMetrics
    return .mapping([
      ("job_name", .text("kube-state-metrics")),
      // Its measures have labels of the objects that they are about, such as namespace and pod.
      ("honor_labels", .flag(true)),
      (
        "static_configs",
        .list([
          .mapping([
            ("targets", .texts(["\(reference.name).\(reference.namespace).svc.cluster.local:8080"]))
          ])
        ])
      ),
    ])
  }

  /// A job that finds pods.
  private func job(
    _ name: String, path: String = "/metrics", _ namespaces: [String], _ steps: [Relabeling]
  ) -> YAMLTree {
    var entries: [(String, YAMLTree)] = [
      ("job_name", .text(name)), ("kubernetes_sd_configs", discovery("pod", namespaces)),
    ]
    if path != "/metrics" { entries.append(("metrics_path", .text(path))) }
    return .mapping(entries + [relabeling(steps)])
  }

  private func discovery(_ role: String, _ namespaces: [String] = []) -> YAMLTree {
    var entries: [(String, YAMLTree)] = [("role", .text(role))]
    if !namespaces.isEmpty {
      entries.append(("namespaces", .mapping([("names", .texts(namespaces))])))
    }
    return .list([.mapping(entries)])
  }

  private func relabeling(_ steps: [Relabeling]) -> (String, YAMLTree) {
    ("relabel_configs", .list(steps.map(\.yaml)))
  }

  private var authority: (String, YAMLTree) {
    ("ca_file", .text("\(PrometheusConfiguration.accountFolder)/ca.crt"))
  }

  /// How Prometheus proves to Kubernetes who it is; until 2.26 by a setting that has been deprecated since.
  private var token: (String, YAMLTree) {
    let file = "\(PrometheusConfiguration.accountFolder)/token"
    return monitoring.image.isOlder(than: (2, 26))
      ? ("bearer_token_file", .text(file))
      : ("authorization", .mapping([("credentials_file", .text(file))]))
  }
}

extension ImageReference {
  /// Whether the tag is a version before `version`; no for tags that are no versions.
  func isOlder(than version: (major: Int, minor: Int)) -> Bool {
    guard let tag else { return false }
    let parts = tag.drop { $0 == "v" }.split(whereSeparator: { $0 == "." || $0 == "-" }).prefix(2).map {
      Int($0)
    }
    guard parts.count == 2, let major = parts[0], let minor = parts[1] else { return false }
    return (major, minor) < version
  }
}
