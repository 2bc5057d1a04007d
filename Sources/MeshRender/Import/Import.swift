public import KubeModel
public import MeshTopology

/// What an import of manifests came to.
public struct Import: Sendable {
  /// The topology; it reads back without problems.
  public internal(set) var topology: Topology
  /// The topology as files, laid out as a person would.
  public internal(set) var files: [File] = []
  /// Where each object went.
  public internal(set) var placed: [Placement] = []
  /// The objects that stay as they are, because the model has no place for them.
  public internal(set) var kept: [Kept] = []
  /// What could not be read, or is no Kubernetes object.
  public internal(set) var unread: [Note] = []
  /// The files that are broken; `unread` has them too.
  public internal(set) var unreadable: [Note] = []
  /// Settings of placed objects that the topology does not carry over.
  public internal(set) var dropped: [Dropped] = []
  /// What contradicts itself in the manifests.
  public internal(set) var contradictions: [Note] = []
  /// What was guessed.
  public internal(set) var assumptions: [Assumption] = []

  /// A file of the topology.
  public struct File: Hashable, Sendable {
    /// The path, such as `workloads/production/user-service.yaml`.
    public let path: String
    /// What is in it.
    public let text: String
  }

  /// An object that became part of the topology.
  public struct Placement: Hashable, Sendable {
    /// Where the object stands.
    public let place: Place
    /// The object, such as `Deployment production/user-service`.
    public let object: String
    /// The part of the topology, such as `Workload/production/user-service autoscaling`.
    public let path: String
  }

  /// An object that stays as it is.
  public struct Kept: Hashable, Sendable {
    /// Where the object stands.
    public let place: Place
    /// The object.
    public let object: KubeObject
    /// Why it stays.
    public let reason: String
  }

  /// Something about a place.
  public struct Note: Hashable, Sendable {
    /// Where it stands.
    public let place: Place
    /// What there is to say.
    public let message: String
  }

  /// A setting that the topology does not carry over. Its value is not repeated.
  public struct Dropped: Hashable, Sendable {
    /// Where it stands.
    public let place: Place
    /// The object.
    public let object: String
    /// The field, such as `spec.template.spec.dnsPolicy`.
    public let field: String
    /// Why.
    public let reason: String
  }

  /// Something that the manifests do not say and the topology must.
  public struct Assumption: Hashable, Sendable {
    /// The part of the topology.
    public let path: String
    /// What was assumed, and why.
    public let message: String
  }
}
