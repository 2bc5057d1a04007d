/// One deployable service, and whom it calls.
public struct Workload: Hashable, Sendable {
  /// The name; also that of its Deployment, its Service and the container.
  public var name: String
  /// The namespace.
  public var namespace: String
  /// The image it runs.
  public var image: ImageReference
  /// The number of pods; 1 by default. Without meaning when `autoscaling` is there.
  public var replicas = 1
  /// The ports it listens on; none by default.
  public var ports: [Port] = []
  /// How the cluster finds out whether a pod is able to serve; not at all by default.
  public var health: HealthCheck?
  /// What a pod asks of its node; nothing by default.
  public var resources: ComputeResources?
  /// The environment variables; none by default.
  public var env: [String: String] = [:]
  /// The service account; called like the workload by default.
  public var serviceAccount: String
  /// The user id that the container runs as; the image's by default.
  public var runAsUser: Int?
  /// Whom it calls; nobody by default.
  public var calls: [Call] = []
  /// Whether it can be reached from outside the clusters; no by default.
  public var isExposed = false
  /// How many pods there are, by load; fixed by default.
  public var autoscaling: Autoscaling?
  /// How requests are spread over its pods; as Istio does by default.
  public var traffic: Traffic?
  /// How a new version reaches it; not by canary by default.
  public var rollout: RolloutPolicy?

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

  /// Which workload this is.
  public var reference: WorkloadReference { WorkloadReference(namespace: namespace, name: name) }

  /// The DNS name of its Service within the cluster.
  public var host: String { "\(name).\(namespace).svc.cluster.local" }

  /// The port that `reference` names; the first one for `nil`.
  public func port(_ reference: PortReference?) -> Port? {
    switch reference {
    case nil: ports.first
    case .name(let name): ports.first { $0.name == name }
    case .number(let number): ports.first { $0.port == number }
    }
  }

  /// Whether some port speaks a protocol whose requests Istio routes one by one.
  public var hasRoutedPort: Bool { ports.contains { $0.protocol.isRouted } }
}
