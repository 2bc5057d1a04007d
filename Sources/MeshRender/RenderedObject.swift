public import KubeModel
public import MeshTopology

/// An object that a topology asks for, and why.
public struct RenderedObject: Hashable, Sendable {
  /// What an object is about.
  public enum Concern: String, Hashable, Sendable, CaseIterable {
    /// What everything runs on: networks, clusters, node pools.
    case infrastructure
    /// How workloads are found: Services.
    case network
    /// What runs: Namespaces, ServiceAccounts, Deployments.
    case workload
    /// What workloads read: ConfigMaps.
    case configuration
    /// How requests flow: DestinationRules, VirtualServices.
    case mesh
    /// Who may talk to whom: NetworkPolicies, PeerAuthentications, AuthorizationPolicies.
    case policy
    /// Who may do what with the Kubernetes API: Roles and their bindings.
    case access
    /// How many pods there are: HorizontalPodAutoscalers, PodDisruptionBudgets.
    case scaling
    /// Traces, measures and logs.
    case observability
    /// Caches and databases.
    case data
    /// What is saved, and what moves to another region.
    case recovery
    /// What the repository holds as it is.
    case manifest
  }

  /// The object.
  public var object: KubeObject
  /// The workload it belongs to; `nil` for a namespace.
  public var workload: WorkloadReference?
  /// What it is about.
  public var concern: Concern

  /// Creates a rendered object.
  public init(object: KubeObject, workload: WorkloadReference?, concern: Concern) {
    self.object = object
    self.workload = workload
    self.concern = concern
  }
}

/// A file for a tool other than the Kubernetes API, such as what `istioctl` installs from.
public struct RenderedFile: Hashable, Sendable {
  /// The path under the folder that rendering writes to, such as `istio/microservices-cluster.yaml`.
  public var path: String
  /// What is in it.
  public var text: String

  /// Creates a file.
  public init(path: String, text: String) {
    self.path = path
    self.text = text
  }
}
