internal import KubeModel
internal import MeshTopology

extension Renderer {
  /// The networks, clusters and node pools of the topology as objects of Google's Config Connector, by kind
  /// in the order of applying, then by name.
  ///
  /// Nothing in the cloud is deleted because an object is: each has the deletion policy `abandon`.
  ///
  /// - Parameters:
  ///   - namespace: where the objects live in the cluster that runs Config Connector.
  ///   - project: the provider's project of what names none; that of the namespace by default. Without a
  ///     known project workload identity is not rendered, as its pool has the project in its name.
  public func infrastructure(
    namespace: String = "config-connector", project: String? = nil
  ) -> [RenderedObject] {
    let infrastructure = Infrastructure(
      topology: topology, namespace: namespace, project: project, labels: systemLabels,
      hasMesh: topology.namespaces.contains(where: \.hasIstioInjection))
    let networks = topology.networks.sorted { $0.name < $1.name }
    let clusters = topology.clusters.sorted { $0.name < $1.name }
    let objects =
      networks.flatMap(infrastructure.objects(for:)) + clusters.flatMap(infrastructure.objects(for:))
    let order = ResourceKind.infrastructure.map(\.kind)
    let ranked = objects.map { (rank: order.firstIndex(of: $0.kind) ?? order.count, object: $0) }
    return ranked.sorted { ($0.rank, $0.object.name) < ($1.rank, $1.object.name) }.map {
      RenderedObject(object: $0.object, workload: nil, concern: .infrastructure)
    }
  }
}

/// What the objects of Config Connector have in common.
struct Infrastructure {
  let topology: Topology
  let namespace: String
  let project: String?
  let labels: [String: String]
  /// Whether some namespace is part of the mesh.
  let hasMesh: Bool

  /// An object in `project`, or in that of all objects, or in the namespace's.
  func object(_ kind: ResourceKind, _ name: String, project: String?) -> KubeObject {
    var object = KubeObject(kind: kind, namespace: namespace, name: name)
    object.labels = labels
    var annotations = [
      "cnrm.cloud.google.com/deletion-policy": "abandon",
      // Else Config Connector writes what it finds into the spec, and then holds on to it: the number of
      // nodes that the cluster's autoscaler chose, for one.
      "cnrm.cloud.google.com/state-into-spec": "absent",
    ]
    annotations["cnrm.cloud.google.com/project-id"] = project ?? self.project
    object.annotations = annotations
    return object
  }

  /// A reference to another object in the same namespace.
  func reference(_ name: String) -> JSONValue { ["name": .string(name)] }

  /// The project of `cluster`, if it is known.
  func project(of cluster: Cluster) -> String? {
    cluster.project ?? cluster.network.flatMap { topology.network(named: $0) }?.project ?? project
  }

  /// The name of the object of `subnet`. GCP lets subnets of different regions share a name.
  func objectName(of subnet: Subnet, in network: Network) -> String {
    let isOnly = topology.networks.flatMap(\.subnets).count { $0.name == subnet.name } == 1
    return isOnly ? subnet.name : "\(network.name)-\(subnet.region)-\(subnet.name)"
  }
}
