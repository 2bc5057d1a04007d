internal import KubeModel
internal import MeshTopology

extension Monitoring {
  static let rulesFolder = "/etc/prometheus/rules"
  private static let file = "/etc/prometheus/prometheus.yml"
  private static let data = "/prometheus"

  /// Prometheus itself.
  func prometheusWorkload(_ configuration: String, builtIn: [RuleGroup]) -> Workload {
    Workload(name: prometheus.name, namespace: namespace, image: image).with {
      $0.controller = .statefulSet
      $0.args = [
        "--config.file=\(Monitoring.file)", "--storage.tsdb.path=\(Monitoring.data)",
        "--storage.tsdb.retention.time=\(retention.unitText)",
        // A full disk stops Prometheus for good; the rest is for its log and for compaction.
        "--storage.tsdb.retention.size=\(Int(storage.value * 0.8 / 0x1p20))MB",
      ]
      $0.files = [ConfigurationFile(path: Monitoring.file, content: configuration)]
      for (name, groups) in [("topology", builtIn), ("own", rules)] where !groups.isEmpty {
        $0.files.append(
          ConfigurationFile(
            path: "\(Monitoring.rulesFolder)/\(name).yml", content: RuleGroup.yaml(of: groups).yamlText))
      }
      $0.ports = [Workload.Port(name: "http", port: 9090)]
      $0.health = HealthCheck(path: "/-/ready", port: .name("http")).with {
        // After an unclean end it reads its log first.
        $0.startupTime = .seconds(900)
      }
      $0.resources = resources
      $0.volumes = [
        Volume(name: "data", path: Monitoring.data).with {
          $0.kind = .persistent
          $0.size = storage
          $0.storageClass = storageClass
        }
      ]
      $0.permissions = permissions
      $0.calls = (alertmanagers + (stateMetrics == nil ? [] : [kubeStateMetrics])).map { Call(to: $0) }
      $0.runAsUser = 65534
      $0.fsGroup = 65534
      $0.hasReadOnlyRoot = true
      $0.terminationGracePeriod = .seconds(300)
    }
  }

  private var permissions: [Permission] {
    let reading = ["get", "list", "watch"]
    var permissions = [
      Permission(resources: ["services", "endpoints", "pods"], verbs: reading),
      Permission(resources: ["endpointslices"], verbs: reading).with { $0.groups = ["discovery.k8s.io"] },
    ]
    if scrapes.contains(.nodes) {
      permissions.append(Permission(resources: ["nodes"], verbs: reading))
      // Not nodes/proxy, which would let it run commands in every pod.
      permissions.append(Permission(resources: ["nodes/metrics"], verbs: ["get"]))
    }
    return permissions.map { $0.with { $0.isClusterWide = true } }
  }

  /// What says what Kubernetes knows of its objects.
  var stateMetricsWorkload: Workload {
    let settings = stateMetrics ?? StateMetrics()
    let kinds: [(group: String, kinds: [String])] = [
      ("", ["nodes", "pods", "persistentvolumeclaims"]),
      ("apps", ["daemonsets", "deployments", "statefulsets"]), ("autoscaling", ["horizontalpodautoscalers"]),
      ("batch", ["cronjobs", "jobs"]),
    ]
    return Workload(name: kubeStateMetrics.name, namespace: namespace, image: settings.image).with {
      $0.args = ["--resources=\(kinds.flatMap(\.kinds).sorted().joined(separator: ","))"]
      $0.ports = [Workload.Port(name: "http-metrics", port: 8080)]
      $0.metrics = MetricsEndpoint(port: 8080)
      $0.health = HealthCheck(path: "/healthz", port: .name("http-metrics"))
      $0.resources = settings.resources
      $0.permissions = kinds.map { group, kinds in
        Permission(resources: kinds, verbs: ["list", "watch"]).with {
          $0.groups = [group]
          $0.isClusterWide = true
        }
      }
      $0.runAsUser = 65534
      $0.hasReadOnlyRoot = true
    }
  }
}
