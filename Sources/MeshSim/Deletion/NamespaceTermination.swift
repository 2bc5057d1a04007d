import KubeModel
import Seams

/// Empties a namespace that is to go, and lets it go when it is empty.
enum NamespaceTermination {
  /// Begins, or where nothing holds it any more ends, the deletion of a namespace.
  static func begin(
    _ live: KubeObject, _ options: DeleteOptions, manager: String?, in state: inout ClusterState
  ) -> Deletion.Outcome {
    guard live.deletionTimestamp == nil else {
      let isHeld = !(live[path: "spec", "finalizers"]?.array ?? []).isEmpty || !live.finalizers.isEmpty
      if !isHeld, !options.isDryRun { state.remove(.namespace, live.key, manager: manager) }
      return Deletion.Outcome(object: live, isGone: !isHeld)
    }
    var object = live
    object.set("metadata", "deletionTimestamp", to: .string(state.now.rfc3339))
    object.set("status", "phase", to: "Terminating")
    guard !options.isDryRun else { return Deletion.Outcome(object: object, isGone: false) }
    return Deletion.Outcome(object: state.update(object, kind: .namespace, manager: manager), isGone: false)
  }

  /// One turn of the namespace controller.
  static func proceed(_ name: String, in state: inout ClusterState) {
    let key = ObjectKey(namespace: "", name: name)
    guard var namespace = state.store.get(.namespace, key), namespace.deletionTimestamp != nil else { return }
    let held = namespace[path: "spec", "finalizers"]?.array ?? []
    guard held.contains("kubernetes") else {
      if held.isEmpty, namespace.finalizers.isEmpty { state.remove(.namespace, key, manager: nil) }
      return
    }
    var remaining: [(kind: ResourceKind, objects: [KubeObject])] = []
    for kind in state.store.kinds where kind.isNamespaced {
      for object in state.store.list(kind, namespace: name) where object.deletionTimestamp == nil {
        state.beginDeletion(kind, object.key)
      }
      let left = state.store.list(kind, namespace: name)
      if !left.isEmpty { remaining.append((kind, left)) }
    }
    namespace = state.store.get(.namespace, key) ?? namespace
    if remaining.isEmpty {
      let rest = held.filter { $0 != "kubernetes" }
      namespace.set("spec", "finalizers", to: rest.isEmpty ? nil : .array(rest))
      if namespace.fields["spec"] == nil { namespace.fields["spec"] = [:] }
      if rest.isEmpty, namespace.finalizers.isEmpty {
        state.remove(.namespace, key, manager: nil)
        return
      }
    }
    let conditions = NamespaceConditions(remaining: remaining, hasFailed: false)
    conditions.write(to: &namespace, now: state.now)
    state.update(namespace, kind: .namespace, manager: nil)
    // Pods end by themselves; whoever waits for something else is looked after now and then.
    if !remaining.isEmpty { state.schedule(.machinery(.namespace(name)), at: state.now + .seconds(15)) }
  }
}
