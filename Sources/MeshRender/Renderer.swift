internal import KubeModel
public import MeshTopology

/// Turns a topology into Kubernetes objects: the same topology always gives the same objects, in the
/// order in which they are to be applied.
public struct Renderer: Sendable {
  let topology: Topology
  private let namespaces: [String: Namespace]
  private let workloads: [WorkloadReference: Workload]
  private let callers: [WorkloadReference: [Caller]]

  /// A renderer of `topology`.
  public init(topology: Topology) {
    self.topology = topology
    namespaces = Dictionary(
      topology.namespaces.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    workloads = Dictionary(
      topology.workloads.map { ($0.reference, $0) }, uniquingKeysWith: { first, _ in first })
    var callers: [WorkloadReference: [Caller]] = [:]
    for workload in topology.workloads {
      for call in workload.calls {
        callers[call.to, default: []].append(Caller(workload: workload.reference, port: call.port))
      }
    }
    self.callers = callers
  }

  /// Who calls a workload, and on which of its ports.
  struct Caller {
    let workload: WorkloadReference
    let port: PortReference?
  }

  /// Who calls `workload`.
  func callers(of workload: Workload) -> [Caller] { callers[workload.reference] ?? [] }

  /// All objects of `cluster`, by kind in the order of applying, then by namespace and name.
  ///
  /// A recovery cluster gets the same objects as the primary one: it stands ready to take over.
  public func objects(for cluster: Cluster) -> [RenderedObject] {
    let sorted = topology.workloads.sorted { $0.reference < $1.reference }
    func each(
      _ concern: RenderedObject.Concern, _ render: (Workload) -> KubeObject?
    ) -> [RenderedObject] {
      sorted.compactMap { workload in
        render(workload).map {
          RenderedObject(object: $0, workload: workload.reference, concern: concern)
        }
      }
    }
    let namespaces = topology.namespaces.sorted { $0.name < $1.name }.map {
      RenderedObject(object: namespace(for: $0), workload: nil, concern: .workload)
    }
    return namespaces
      + serviceAccounts(sorted)
      + each(.policy, networkPolicy(for:))
      + each(.network, service(for:))
      + each(.workload, deployment(for:))
      + each(.scaling, horizontalPodAutoscaler(for:))
      + each(.mesh, destinationRule(for:))
      + each(.mesh) { virtualService(for: $0) }
  }

  /// The workload that `reference` names.
  func workload(_ reference: WorkloadReference) -> Workload? { workloads[reference] }

  /// The rules of the namespace that `workload` is in.
  func namespace(of workload: Workload) -> Namespace {
    namespaces[workload.namespace] ?? Namespace(name: workload.namespace)
  }

  /// An object called like `workload`, labelled as part of the system.
  func object(_ kind: ResourceKind, for workload: Workload, name: String? = nil) -> KubeObject {
    var object = KubeObject(kind: kind, namespace: workload.namespace, name: name ?? workload.name)
    object.labels = [MeshLabels.app: workload.name].merging(systemLabels) { own, _ in own }
    return object
  }

  /// The labels of everything that is rendered.
  var systemLabels: [String: String] {
    [MeshLabels.partOf: topology.name, MeshLabels.managedBy: MeshLabels.meshctl]
  }
}
