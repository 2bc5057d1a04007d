internal import KubeModel
public import MeshTopology

/// Turns a topology into Kubernetes objects: the same topology always gives the same objects, in the
/// order in which they are to be applied.
public struct Renderer: Sendable {
  let topology: Topology
  private let namespaces: [String: Namespace]
  private let callees: [WorkloadReference: any Callee]
  private let identities: [WorkloadReference: String]
  private let callers: [WorkloadReference: [Caller]]

  /// A renderer of `topology`.
  public init(topology: Topology) {
    self.topology = topology
    namespaces = Dictionary(
      topology.namespaces.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    let workloads = topology.workloads + Renderer.platform(of: topology, in: nil).workloads
    let others: [any Callee] =
      topology.externalServices + topology.redisClusters + topology.databases as [any Callee]
    callees = Dictionary(
      (workloads as [any Callee] + others).map { ($0.reference, $0) }, uniquingKeysWith: { first, _ in first }
    )
    identities = Dictionary(
      workloads.map { ($0.reference, $0.serviceAccount) }, uniquingKeysWith: { first, _ in first })
    var callers: [WorkloadReference: [Caller]] = [:]
    for workload in workloads {
      for call in workload.calls {
        callers[call.to, default: []].append(Caller(workload: workload.reference, call: call))
      }
    }
    self.callers = callers
  }

  /// Who calls a workload, and how.
  struct Caller {
    let workload: WorkloadReference
    let call: Call
  }

  /// All workloads that run in `cluster`: those that are declared, and those that the platform consists of.
  public func workloads(in cluster: Cluster) -> [Workload] {
    (topology.workloads + Renderer.platform(of: topology, in: cluster).workloads)
      .sorted { $0.reference < $1.reference }
  }

  /// Files for other tools than the Kubernetes API, by path.
  public func files(for cluster: Cluster) -> [RenderedFile] {
    (istioParts(in: cluster) + Renderer.platform(of: topology, in: cluster)).files.sorted {
      $0.path < $1.path
    }
  }

  /// All objects of `cluster`, by kind in the order of applying, then by namespace and name.
  ///
  /// A recovery cluster gets the same workloads as the primary one: it stands ready to take over.
  public func objects(for cluster: Cluster) -> [RenderedObject] {
    let platform = istioParts(in: cluster) + Renderer.platform(of: topology, in: cluster)
    let workloads = topology.workloads + platform.workloads
    var objects =
      topology.namespaces.flatMap { self.objects(of: $0) + podSecurityPolicy(of: $0, in: cluster) }
      + platform.objects
    objects += topology.externalServices.map {
      RenderedObject(object: serviceEntry(for: $0), workload: nil, concern: .mesh)
    }
    objects += serviceAccounts(workloads.sorted { $0.reference < $1.reference })
    for workload in workloads { objects += self.objects(of: workload, in: cluster) }
    for manifest in topology.manifests where manifest.clusters?.contains(cluster.name) ?? true {
      objects.append(RenderedObject(object: manifest.object, workload: nil, concern: .manifest))
    }
    return ApplyOrder.sorted(objects.merged())
  }

  private func objects(of namespace: Namespace) -> [RenderedObject] {
    [RenderedObject(object: self.namespace(for: namespace), workload: nil, concern: .workload)]
      + policies(of: namespace).map { RenderedObject(object: $0, workload: nil, concern: .policy) }
  }

  private func objects(of workload: Workload, in cluster: Cluster) -> [RenderedObject] {
    var objects: [RenderedObject] = []
    func add(_ concern: RenderedObject.Concern, _ object: KubeObject?) {
      guard let object else { return }
      objects.append(RenderedObject(object: object, workload: workload.reference, concern: concern))
    }
    for object in roles(for: workload) { add(.access, object) }
    add(.policy, networkPolicy(for: workload, in: cluster))
    add(.configuration, configMap(for: workload))
    add(.network, service(for: workload))
    add(.network, headlessService(for: workload))
    add(.scaling, disruptionBudget(for: workload))
    add(.workload, controller(for: workload))
    add(.scaling, horizontalPodAutoscaler(for: workload))
    add(.policy, peerAuthentication(for: workload))
    add(.policy, authorizationPolicy(for: workload))
    add(.mesh, destinationRule(for: workload))
    add(.mesh, virtualService(for: workload))
    return objects
  }

  /// Who calls `workload`.
  func callers(of workload: Workload) -> [Caller] { callers[workload.reference] ?? [] }

  /// What `reference` names.
  func callee(_ reference: WorkloadReference) -> (any Callee)? { callees[reference] }

  /// The service account that a workload acts as.
  func serviceAccount(of reference: WorkloadReference) -> String { identities[reference] ?? reference.name }

  /// The rules of the namespace that `workload` is in.
  func namespace(of workload: Workload) -> Namespace { namespace(named: workload.namespace) }

  /// The rules of a namespace.
  func namespace(named name: String) -> Namespace { namespaces[name] ?? Namespace(name: name) }

  /// An object called like `workload`, labelled as part of the system.
  func object(_ kind: ResourceKind, for workload: Workload, name: String? = nil) -> KubeObject {
    var object = KubeObject(kind: kind, namespace: workload.namespace, name: name ?? workload.name)
    object.labels = systemLabels.merging([
      MeshLabels.app: workload.name, MeshLabels.name: workload.name, MeshLabels.instance: workload.name,
    ]) { own, _ in own }
    return object
  }

  /// The labels of everything that is rendered.
  var systemLabels: [String: String] { Renderer.systemLabels(of: topology) }

  /// The labels of everything that is rendered for a topology.
  static func systemLabels(of topology: Topology) -> [String: String] {
    [MeshLabels.partOf: topology.name, MeshLabels.managedBy: MeshLabels.meshctl]
  }
}
