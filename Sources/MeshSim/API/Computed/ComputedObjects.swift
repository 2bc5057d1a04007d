import KubeModel

/// Resources whose objects nobody keeps: they are made of what is there when they are asked for.
enum ComputedObjects {
  static let componentStatus = ResourceKind(
    group: "", version: "v1", kind: "ComponentStatus", plural: "componentstatuses", isNamespaced: false)

  static func contains(_ kind: ResourceKind) -> Bool {
    kind.group == Resource.nodeMetrics.kind.group || kind == componentStatus
  }

  /// Answers a read of one object or of a list.
  static func answer(_ request: APIRequest, _ served: ServedResource, in state: ClusterState)
    throws(StatusError)
    -> Answer
  {
    let rendering = try Rendering(request, served, now: state.now)
    guard request.info.name.isEmpty else {
      return try rendering.answer(object(request.info.key, served.kind, in: state))
    }
    let selection = try Selection(request, of: served)
    let found = objects(served.kind, namespace: selection.namespace, in: state).filter(selection.matches)
    return try rendering.answer(found.map { StoredObject($0, version: 0) }, metadata: [:])
  }

  private static func objects(_ kind: ResourceKind, namespace: String?, in state: ClusterState)
    -> [KubeObject]
  {
    switch kind {
    case Resource.nodeMetrics.kind: ResourceUsage.nodes(in: state)
    case Resource.podMetrics.kind: ResourceUsage.pods(in: state, namespace: namespace)
    default: components
    }
  }

  private static func object(_ key: ObjectKey, _ kind: ResourceKind, in state: ClusterState)
    throws(StatusError) -> KubeObject
  {
    let namespace = kind.isNamespaced ? key.namespace : nil
    if let found = objects(kind, namespace: namespace, in: state).first(where: { $0.name == key.name }) {
      return found
    }
    switch kind {
    case Resource.nodeMetrics.kind: throw .notFound(.node, key.name)
    // A pod that is there, but does not run, is another kind of nothing.
    case Resource.podMetrics.kind where state.store.get(.pod, key) != nil:
      let metrics = ResourceKind(
        group: kind.group, version: kind.version, kind: kind.kind, plural: kind.kind.lowercased())
      throw .notFound(metrics, "\(key.namespace)/\(key.name)")
    case Resource.podMetrics.kind: throw .notFound(.pod, key.name)
    default: throw .notFound(kind, key.name)
    }
  }

  /// The parts of the control plane, which are well as long as anybody can ask.
  private static let components = ["scheduler", "controller-manager", "etcd-0"].map { name in
    var component = KubeObject(kind: componentStatus, name: name)
    component.fields["conditions"] = [["type": "Healthy", "status": "True", "message": "ok"]]
    return component
  }
}

extension Resource {
  /// What nodes use, as metrics-server tells.
  static let nodeMetrics = measured("NodeMetrics", "nodes", isNamespaced: false)
  /// What pods use.
  static let podMetrics = measured("PodMetrics", "pods", isNamespaced: true)

  private static func measured(_ kind: String, _ plural: String, isNamespaced: Bool) -> Resource {
    let kind = ResourceKind(
      group: "metrics.k8s.io", version: "v1beta1", kind: kind, plural: plural, isNamespaced: isNamespaced)
    return Resource(
      kind: kind, singular: "", verbs: ["get", "list"],
      columns: [
        Column(name: "Name", type: "string", format: "name"),
        Column(name: "cpu", type: "string", format: "quantity"),
        Column(name: "memory", type: "string", format: "quantity"),
        Column(name: "Window", type: "string", format: "duration"),
      ], storage: kind)
  }
}
