import KubeModel

/// Deletes what a deleted object owned, in the background.
enum GarbageCollector {
  static func collect(ownerUID uid: String, in state: inout ClusterState) {
    for kind in [ResourceKind.replicaSet, .pod, .endpointSlice] {
      for object in state.store.list(kind) where owns(uid, object) {
        if kind == .pod {
          Kubelet.terminate(object, in: &state)
        } else {
          state.delete(kind, object.key, manager: nil)
        }
      }
    }
  }

  private static func owns(_ uid: String, _ object: KubeObject) -> Bool {
    (object[path: "metadata", "ownerReferences"]?.array ?? []).contains { $0["uid"]?.string == uid }
  }
}
