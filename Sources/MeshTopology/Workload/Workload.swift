/// One deployable service, and whom it calls.
public struct Workload: TopologyValue {
  /// What looks after a workload's pods.
  public enum Controller: String, Hashable, Sendable, CaseIterable {
    /// Pods that are all alike.
    case deployment
    /// Pods with names and volumes of their own.
    case statefulSet
    /// One pod on each node.
    case daemonSet
  }

  /// The name; also that of its Deployment, its Service and the container.
  public var name: String
  /// The namespace.
  public var namespace: String
  /// The image it runs.
  public var image: ImageReference
  /// What looks after its pods; a Deployment by default.
  public var controller: Controller = .deployment
  /// The number of pods; 1 by default. Without meaning when `autoscaling` is there.
  public var replicas = 1
  /// What is run; the image's entry point by default.
  public var command: [String] = []
  /// Its arguments; the image's by default.
  public var args: [String] = []
  /// The ports it listens on; none by default.
  public var ports: [Port] = []
  /// How the cluster finds out whether a pod is able to serve; not at all by default.
  public var health: HealthCheck?
  /// What a pod asks of its node; nothing by default.
  public var resources: ComputeResources?
  /// The environment variables; none by default.
  public var env: [String: EnvironmentValue] = [:]
  /// The files it reads its settings from; none by default.
  public var files: [ConfigurationFile] = []
  /// The Secrets it finds as files; none by default.
  public var secrets: [SecretMount] = []
  /// The folders that are not part of its image; none by default.
  public var volumes: [Volume] = []
  /// Containers that run before it; none by default.
  public var initContainers: [Container] = []
  /// Containers that run beside it; none by default.
  public var sidecars: [Container] = []
  /// The service account; called like the workload by default.
  public var serviceAccount: String
  /// The Google service account that it acts as outside the cluster; none by default.
  public var googleServiceAccount: String?
  /// What it may do with the Kubernetes API; nothing by default.
  public var permissions: [Permission] = []
  /// The user id that the container runs as; the image's by default.
  public var runAsUser: Int?
  /// The group that owns its volumes; the container's by default.
  public var fsGroup: Int?
  /// Whether the container cannot write to its own image; false by default.
  public var hasReadOnlyRoot = false
  /// Linux capabilities that the container keeps; none by default.
  public var capabilities: [String] = []
  /// Whom it calls; nobody by default.
  public var calls: [Call] = []
  /// Whether it can be reached from outside the clusters; no by default.
  public var isExposed = false
  /// Where it serves its own measures; nowhere by default.
  public var metrics: MetricsEndpoint?
  /// How many pods must stay when nodes are drained; all but one of several by default.
  public var disruption: DisruptionBudget?
  /// How its pods are spread; over zones and nodes, as far as there is room, by default.
  public var spread = Spread()
  /// How many pods there are, by load; fixed by default.
  public var autoscaling: Autoscaling?
  /// How requests are spread over its pods; as Istio does by default.
  public var traffic: Traffic?
  /// How a new version reaches it; not by canary by default.
  public var rollout: RolloutPolicy?
  /// How long a pod may take to end, in whole seconds; 30 s by default, as in Kubernetes.
  public var terminationGracePeriod: Duration = .seconds(30)
  /// The node pool that its pods run on; any by default.
  public var nodePool: String?
  /// The taints that its pods put up with; none by default.
  public var tolerations: [Toleration] = []
  /// The priority class; none by default.
  public var priorityClass: String?

  /// A workload with the defaults.
  public init(name: String, namespace: String, image: ImageReference) {
    self.name = name
    self.namespace = namespace
    self.image = image
    serviceAccount = name
  }
}

extension Workload {
  /// Names that no workload can have, because `meshctl rollout NAME` would mean a subcommand.
  public static let reservedNames = [
    "abort", "history", "pause", "plan", "promote", "resume", "start", "status", "undo",
  ]

  /// The longest name in characters, so that `NAME-canary` still fits the 63 of a label's value.
  public static let longestName = 56

  /// The user id that Istio's proxy runs as; the mesh does not capture what this user sends.
  public static let proxyUser = 1337

  /// Whether some port speaks a protocol whose requests Istio routes one by one.
  public var hasRoutedPort: Bool { ports.contains { $0.protocol.isRouted } }
}
