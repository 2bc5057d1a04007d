public import KubeModel

/// Where measures go: Prometheus, with its rules.
public struct Monitoring: TopologyValue {
  /// Who runs Prometheus.
  public enum Management: String, Hashable, Sendable, CaseIterable {
    /// The topology: a StatefulSet with its configuration.
    case configuration
    /// Prometheus' operator, which is told what to scrape and which rules to hold.
    case `operator`
  }

  /// A group of what is scraped.
  public enum Scrape: String, Hashable, Sendable, CaseIterable {
    /// The API servers of Kubernetes.
    case apiServers
    /// Nodes and their containers.
    case nodes
    /// Istio's control plane and proxies.
    case mesh
    /// What workloads serve themselves.
    case workloads
  }

  /// The name.
  public var name: String
  /// The namespace.
  public var namespace: String
  /// Who runs Prometheus; the topology by default.
  public var management = Management.configuration
  /// The image of Prometheus.
  public var image: ImageReference = "prom/prometheus:v3.5.0"
  /// How often everything is scraped; 15 s by default.
  public var scrapeInterval: Duration = .seconds(15)
  /// How long a scrape may take; 10 s by default, as in Prometheus, or the interval where that is shorter.
  public var scrapeTimeout: Duration?
  /// How often rules are evaluated; 15 s by default.
  public var evaluationInterval: Duration = .seconds(15)
  /// What is scraped; everything by default.
  public var scrapes = Scrape.allCases
  /// How long measures are kept; 15 days by default, as in Prometheus.
  public var retention: Duration = .seconds(15 * 86_400)
  /// How much fits; 50Gi by default. The oldest measures go before it is full.
  public var storage: Quantity = "50Gi"
  /// The storage class; the cluster's default one by default.
  public var storageClass: String?
  /// What Prometheus asks of its node; 500m and 2Gi by default.
  public var resources = Monitoring.defaultResources
  /// Further files of rules that the container finds, such as those of a volume; none by default.
  public var ruleFiles: [String] = []
  /// The system's own rules; none by default.
  public var rules: [RuleGroup] = []
  /// The rules that follow from the topology; all by default.
  public var builtInRules = BuiltInRule.allCases
  /// How much later than scheduled a backup may be done; 2 hours by default.
  public var backupDelay: Duration = .seconds(2 * 3600)
  /// Labels on everything that leaves Prometheus, besides `cluster` and `region`; none by default.
  public var externalLabels: [String: String] = [:]
  /// The Alertmanagers that get alerts: ExternalServices or Workloads; none by default.
  public var alertmanagers: [WorkloadReference] = []
  /// The exporter that says what Kubernetes knows of its objects; none by default.
  public var stateMetrics: StateMetrics?
  /// The labels by which the operator's Prometheus picks its objects; none by default.
  public var objectLabels: [String: String] = [:]

  /// Monitoring with the defaults.
  public init(name: String, namespace: String) {
    self.name = name
    self.namespace = namespace
  }

  static let defaultResources = ComputeResources(cpu: "500m", memory: "2Gi")
}

extension Monitoring {
  /// The workload that scrapes.
  public var prometheus: WorkloadReference { WorkloadReference(namespace: namespace, name: "prometheus") }

  /// The labels of its pods; Prometheus' operator labels them in its own way.
  public var prometheusLabels: [String: String] {
    [management == .operator ? MeshLabels.name : MeshLabels.app: prometheus.name]
  }

  /// The workload that says what Kubernetes knows of its objects.
  public var kubeStateMetrics: WorkloadReference {
    WorkloadReference(namespace: namespace, name: "kube-state-metrics")
  }

  /// The exporter that says what Kubernetes knows of its objects.
  public struct StateMetrics: TopologyValue {
    /// The image of kube-state-metrics.
    public var image: ImageReference = "registry.k8s.io/kube-state-metrics/kube-state-metrics:v2.17.0"
    /// What it asks of its node; 50m and 128Mi by default.
    public var resources = StateMetrics.defaultResources

    /// The defaults.
    public init() {}

    static let defaultResources = ComputeResources(cpu: "50m", memory: "128Mi")
  }
}

extension Monitoring.StateMetrics: Formed {
  static let form = Form(
    "Monitoring.StateMetrics", "The exporter that says what Kubernetes knows of its objects.", blank: Self()
  ) {
    FormField.defaulted("image", \.image, .image, "The image of kube-state-metrics.", default: Self().image)
    FormField.defaulted(
      "resources", \.resources, .form, "What it asks of its node.", default: defaultResources)
  }
}
