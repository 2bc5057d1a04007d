import KubeModel
import Seams

/// Keeps the taints of nodes that are not ready, and evicts their pods after the time that these tolerate.
enum NodeController {
  static let notReady = "node.kubernetes.io/not-ready"
  static let unreachable = "node.kubernetes.io/unreachable"
  static let unschedulable = "node.kubernetes.io/unschedulable"

  static func reconcile(_ name: String, in state: inout ClusterState) {
    let key = ObjectKey(namespace: "", name: name)
    guard let node = state.store.get(.node, key) else { return PodGarbage.collect(node: name, in: &state) }
    NodeSilence.watch(node, in: &state)
    var taints = wantedTaints(of: node, now: state.now)
    if NodeSilence.isEverywhere(in: state) {
      taints.removeAll { $0["key"]?.string == unreachable && $0["effect"]?.string == "NoExecute" }
    }
    if taints != node[path: "spec", "taints"]?.array ?? [] {
      var changed = node
      changed.set("spec", "taints", to: taints.isEmpty ? nil : .array(taints))
      state.revise(changed, kind: .node, manager: ControllerName.manager, subresource: nil)
    }
    evict(from: node, taints: taints, in: &state)
  }

  /// The taints that follow from a node's conditions and from its cordon, and those of others.
  static func wantedTaints(of node: KubeObject, now: Timestamp) -> [JSONValue] {
    let present = node[path: "spec", "taints"]?.array ?? []
    var taints = present.filter { ![notReady, unreachable, unschedulable].contains($0["key"]?.string ?? "") }
    func want(_ key: String, _ effect: String) {
      let known = present.first { $0["key"]?.string == key && $0["effect"]?.string == effect }
      var taint: JSONValue = ["key": .string(key), "effect": .string(effect)]
      if effect == "NoExecute" || key == unschedulable { taint["timeAdded"] = .string(now.rfc3339) }
      taints.append(known ?? taint)
    }
    switch node.condition("Ready")?["status"]?.string {
    case "True": break
    case "Unknown":
      want(unreachable, "NoSchedule")
      want(unreachable, "NoExecute")
    case "False":
      want(notReady, "NoSchedule")
      want(notReady, "NoExecute")
    default: want(notReady, "NoSchedule")
    }
    if node[path: "spec", "unschedulable"]?.bool == true { want(unschedulable, "NoSchedule") }
    return taints
  }

  /// Deletes the pods of a node that do not tolerate its taints (any more).
  private static func evict(from node: KubeObject, taints: [JSONValue], in state: inout ClusterState) {
    let executing = taints.filter { $0["effect"]?.string == "NoExecute" }
    guard !executing.isEmpty else { return }
    for pod in state.store.list(.pod) where pod.nodeName == node.name && pod.deletionTimestamp == nil {
      switch Toleration.time(of: pod, taints: executing) {
      case .forever: break
      case .none: evict(pod, in: &state)
      case .seconds(let seconds):
        let since = executing.compactMap { $0["timeAdded"]?.string.flatMap(Timestamp.init(rfc3339:)) }.min()
        let end = (since ?? state.now) + .seconds(seconds)
        if end <= state.now { evict(pod, in: &state) } else { state.schedule(.node(node.name), at: end) }
      }
    }
  }

  private static func evict(_ pod: KubeObject, in state: inout ClusterState) {
    state.note(
      pod, .normal, "TaintManagerEviction", "Marking for deletion Pod \(pod.namespace ?? "")/\(pod.name)",
      by: "taint-eviction-controller")
    var changed = pod
    changed.setCondition(
      "DisruptionTarget", "True", reason: "DeletionByTaintManager",
      message: "Taint manager: deleting due to NoExecute taint", now: state.now)
    state.revise(changed, kind: .pod, manager: ControllerName.manager, subresource: "status")
    state.beginDeletion(.pod, pod.key)
  }
}

/// Pods of nodes that are gone.
enum PodGarbage {
  /// Removes the pods that were bound to a node that existed and does no more.
  static func collect(node: String, in state: inout ClusterState) {
    for pod in state.store.list(.pod) where pod.nodeName == node {
      state.beginDeletion(.pod, pod.key, DeletionPolicy(gracePeriod: 0))
    }
  }
}
