import KubeModel

/// What an autoscaler scales.
struct ScaleTarget {
  let kind: ResourceKind
  let key: ObjectKey

  init?(_ reference: JSONValue, namespace: String) {
    let kinds: [ResourceKind] = [.deployment, .statefulSet, .replicaSet, .replicationController]
    guard let kind = kinds.first(where: { $0.kind == reference["kind"]?.string }) else { return nil }
    self.kind = kind
    key = ObjectKey(namespace: namespace, name: reference["name"]?.string ?? "")
  }

  /// Writes the size through `/scale`.
  func scale(_ object: KubeObject, to count: Int, in state: inout ClusterState) {
    var changed = object
    changed.set("spec", "replicas", to: .int(Int64(count)))
    ScaleOwnership.take(&changed, by: ControllerName.manager)
    state.update(changed, kind: kind, manager: nil)
  }
}
