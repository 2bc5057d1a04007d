/// A whole declared system: where it runs, what runs there, who calls whom, and how changes reach it.
///
/// All lists but `regions` are sorted by name (workloads by namespace, then name), so that a topology
/// does not depend on the order of its documents.
public struct Topology: Hashable, Sendable {
  /// The system's name; the value of the label `app.kubernetes.io/part-of`.
  public var name: String
  /// The DNS domain that users reach the system by, such as `shop.example.com`; none by default.
  public var domain: String?
  /// The regions, in the order of writing; exactly one is the primary.
  public var regions: [Region] = []
  /// What a failover must keep to; none by default.
  public var recovery: RecoveryObjectives?
  /// The networks.
  public var networks: [Network] = []
  /// The clusters.
  public var clusters: [Cluster] = []
  /// The namespaces.
  public var namespaces: [Namespace] = []
  /// The workloads.
  public var workloads: [Workload] = []
  /// The environments.
  public var environments: [Environment] = []

  /// A system that has nothing but its name.
  public init(name: String) { self.name = name }
}

extension Topology {
  /// The workload called `name` in `namespace`.
  public func workload(named name: String, namespace: String) -> Workload? {
    workloads.first { $0.name == name && $0.namespace == namespace }
  }

  /// The workload that `reference` names.
  public func workload(_ reference: WorkloadReference) -> Workload? {
    workload(named: reference.name, namespace: reference.namespace)
  }

  /// All workloads called `name`, one for each namespace that has one.
  public func workloads(named name: String) -> [Workload] { workloads.filter { $0.name == name } }

  /// The cluster called `name`.
  public func cluster(named name: String) -> Cluster? { clusters.first { $0.name == name } }

  /// The namespace called `name`.
  public func namespace(named name: String) -> Namespace? { namespaces.first { $0.name == name } }

  /// The network called `name`.
  public func network(named name: String) -> Network? { networks.first { $0.name == name } }

  /// The environment called `name`.
  public func environment(named name: String) -> Environment? {
    environments.first { $0.name == name }
  }

  /// The environment to use when nobody named one: the only one, or the one called `embedded`.
  public var defaultEnvironment: Environment? {
    environments.count == 1 ? environments.first : environment(named: "embedded")
  }

  /// The region whose role is primary.
  public var primaryRegion: Region? { regions.first { $0.role == .primary } }

  /// The first cluster by name in the primary region.
  public var primaryCluster: Cluster? { clusters.first { $0.region == primaryRegion?.name } }

  /// The clusters outside the primary region, by name.
  public var recoveryClusters: [Cluster] { clusters.filter { $0.region != primaryRegion?.name } }

  /// The workloads that call `callee`, with the call each makes, by namespace and name.
  public func callers(of callee: WorkloadReference) -> [(workload: Workload, call: Call)] {
    workloads.flatMap { workload in
      workload.calls.filter { $0.to == callee }.map { (workload, $0) }
    }
  }
}
