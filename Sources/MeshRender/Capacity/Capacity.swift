public import MeshTopology

/// How much the clusters of a topology can carry, and how much they are asked to.
public struct Capacity: Hashable, Sendable {
  /// One for each cluster, by name.
  public var clusters: [ClusterCapacity]

  /// Works out the capacity of all clusters of `topology`, each of which runs all of its workloads.
  public init(of topology: Topology) { self.init(of: topology) { _ in topology.workloads } }

  /// Works out the capacity of all clusters of `topology`.
  ///
  /// - Parameter workloads: what runs in a cluster, such as the workloads of the platform besides those of the
  ///   topology.
  public init(of topology: Topology, running workloads: (Cluster) -> [Workload]) {
    clusters = topology.clusters.map {
      ClusterCapacity(of: $0, in: topology, workloads: workloads($0))
    }
  }
}

/// How much one cluster can carry, and how much it is asked to.
public struct ClusterCapacity: Hashable, Sendable {
  /// Something that can run out.
  public enum Resource: String, Hashable, Sendable, CaseIterable {
    /// Machines.
    case nodes
    /// Places for pods.
    case pods
    /// Thousandths of a core.
    case cpu
    /// Bytes.
    case memory
    /// Addresses of Services.
    case services
  }

  /// How much of a resource there is and is asked for, in its unit; `nil` where it is not known.
  public struct Measure: Hashable, Sendable {
    /// The resource.
    public var resource: Resource
    /// What is asked for at rest.
    public var askedAtRest: Int?
    /// What is asked for at most.
    public var askedAtMost: Int?
    /// What there is now.
    public var now: Int?
    /// What there could be without changing the topology.
    public var atMost: Int?
    /// What keeps it from being more, in words.
    public var bound: String

    /// What is left when everything asks for its most and the cluster is as large as it can get; negative
    /// when it is not enough.
    public var headRoom: Int? { atMost.flatMap { have in askedAtMost.map { have - $0 } } }
  }

  /// A group of nodes.
  public struct Pool: Hashable, Sendable {
    /// The name.
    public var name: String
    /// The machine type.
    public var machineType: String
    /// The number of nodes now.
    public var nodes: Int
    /// The number of nodes there could be.
    public var nodesAtMost: Int
    /// What pods can have of each node; `nil` when the machine type is not known.
    public var allocatable: Allocatable?
    /// One measure for each resource of nodes: all but Services.
    public var measures: [Measure] = []
    /// What of it runs out first.
    public var limitingFactor = LimitingFactor.nothing

    /// The measure of `resource`; `nil` for Services, which belong to the cluster.
    public subscript(resource: Resource) -> Measure? { measures.first { $0.resource == resource } }
  }

  /// The most pods of the average size there is room for, by what would run out; `nil` where it is not known.
  public struct PodLimits: Hashable, Sendable {
    /// By the most pods that each node may have.
    public var byNodes: Int
    /// By the addresses of the pods ranges.
    public var byAddresses: Int?
    /// By cores.
    public var byCPU: Int?
    /// By memory.
    public var byMemory: Int?
  }

  /// What runs out first.
  public struct LimitingFactor: Hashable, Sendable {
    /// The resource; `nil` when nothing is asked for or known.
    public var resource: Resource?
    /// The pool that it runs out in; `nil` for what belongs to the whole cluster.
    public var pool: String?
    /// Whether there is not enough.
    public var isShort: Bool
    /// The sentence that says so.
    public var text: String
  }

  /// The cluster's name.
  public var name: String
  /// Its region.
  public var region: String
  /// Its groups of nodes, in the order of writing, each with the demand of its pods.
  public var pools: [Pool]
  /// One measure for each resource.
  public var measures: [Measure]
  /// How many pods of the average size there is room for.
  public var podLimits: PodLimits
  /// What runs out first.
  public var limitingFactor: LimitingFactor
  /// What else is worth knowing: unknown machine types, pods that fit on no node, pods without requests.
  public var notes: [String]

  /// The measure of `resource`.
  public subscript(resource: Resource) -> Measure? { measures.first { $0.resource == resource } }
}
