import KubeModel

/// Deletes what a deleted object owned, in the background.
enum GarbageCollector {
  static func collect(ownerUID uid: String, in state: inout ClusterState) {
    for kind in state.store.kinds {
      for object in state.store.list(kind) where owns(uid, object) {
        let others = (object[path: "metadata", "ownerReferences"]?.array ?? [])
          .filter { $0["uid"]?.string != uid }
        if others.contains(where: { exists($0, in: state, for: object) }) {
          var changed = object
          changed.set("metadata", "ownerReferences", to: .array(others))
          state.update(changed, kind: kind, manager: nil)
        } else if kind == .pod {
          Kubelet.terminate(object, in: &state)
        } else {
          state.delete(kind, object.key, manager: nil)
        }
      }
    }
  }

  private static func exists(_ owner: JSONValue, in state: ClusterState, for object: KubeObject) -> Bool {
    let (version, name) = (owner["apiVersion"]?.string ?? "", owner["name"]?.string ?? "")
    guard let kind = ResourceKind.known(apiVersion: version, kind: owner["kind"]?.string ?? "") else {
      return false
    }
    let namespace = kind.isNamespaced ? object.namespace ?? "" : ""
    let live = state.store.get(kind, ObjectKey(namespace: namespace, name: name))
    return live.map { $0.uid == owner["uid"]?.string } ?? false
  }

  private static func owns(_ uid: String, _ object: KubeObject) -> Bool {
    (object[path: "metadata", "ownerReferences"]?.array ?? []).contains { $0["uid"]?.string == uid }
  }
}
