public import KubeModel
public import MeshTopology

/// An object that a topology asks for, and why.
public struct RenderedObject: Hashable, Sendable {
  /// What an object is about.
  public enum Concern: String, Hashable, Sendable, CaseIterable {
    /// How workloads are found: Services.
    case network
    /// What runs: Namespaces, ServiceAccounts, Deployments.
    case workload
    /// How requests flow: DestinationRules, VirtualServices.
    case mesh
    /// Who may talk to whom: NetworkPolicies.
    case policy
    /// How many pods there are: HorizontalPodAutoscalers.
    case scaling
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
