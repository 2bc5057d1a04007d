/// A whole declared system: where it runs, what runs there, who calls whom, and how changes reach it.
///
/// All lists but `regions` are sorted by name (workloads by namespace, then name), so that a topology
/// does not depend on the order of its documents.
public struct Topology: TopologyValue {
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
  /// How Istio is installed; as somebody else decides by default.
  public var serviceMesh: ServiceMesh?
  /// The workloads.
  public var workloads: [Workload] = []
  /// What workloads call outside the clusters.
  public var externalServices: [ExternalService] = []
  /// The ways in for users.
  public var gateways: [Gateway] = []
  /// The caches of several nodes.
  public var redisClusters: [RedisCluster] = []
  /// The databases.
  public var databases: [Database] = []
  /// Where traces go; nowhere by default.
  public var tracing: Tracing?
  /// Where measures go; nowhere by default.
  public var monitoring: Monitoring?
  /// Where logs go; nowhere by default.
  public var logging: Logging?
  /// What is saved; nothing by default.
  public var backup: Backup?
  /// The environments.
  public var environments: [Environment] = []
  /// The faults that embedded clusters are to have.
  public var faultPlans: [FaultPlan] = []
  /// What is different in single environments.
  public var overlays: [Overlay] = []
  /// The objects that the repository holds as they are.
  public var manifests: [Manifest] = []

  /// A system of which only name and regions are known.
  public init(name: String, regions: [Region] = []) {
    self.name = name
    self.regions = regions
  }
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

extension Topology: Formed {
  static let form = Form("Topology", "A whole declared system.", blank: Self(name: "")) {
    FormField.optional(
      "domain", \.domain, .name(.domain),
      "The DNS domain that users reach the system by, such as `shop.example.com`.")
    FormField.required(
      "regions", \.regions, Region.list, example: "[{name: asia-northeast1, role: primary}]",
      "The regions; exactly one is the primary.")
    FormField.optional("recovery", \.recovery, .form, "What a failover must keep to.")
  }
}
