import KubeModel
import Seams

/// What a control plane makes of a node that it hears nothing of, and of one that comes back.
enum NodeSilence {
  /// How long a node may be silent (`--node-monitor-grace-period`).
  static let grace = Duration.seconds(50)
  private static let reason = "NodeStatusUnknown"

  /// Brings a node into line with whether it is cut off.
  static func settle(_ node: KubeObject, in state: inout ClusterState) {
    if state.faults.loss(of: node) != nil {
      state.enqueue(.node(node.name))
    } else {
      recover(node, in: &state)
      for key in state.controllers.nodeUse.pods(on: node.name) { state.enqueue(.pod(key)) }
    }
  }

  /// Gives a node up that has been silent for too long.
  static func watch(_ node: KubeObject, in state: inout ClusterState) {
    guard let since = state.faults.loss(of: node), isHeard(node) else { return }
    let deadline = since + grace
    guard deadline <= state.trueNow else {
      return state.schedule(.node(node.name), at: deadline + state.clockSkew)
    }
    var changed = node
    for type in ["MemoryPressure", "DiskPressure", "PIDPressure", "Ready"] {
      let heartbeat = node.condition(type)?["lastHeartbeatTime"] ?? .string(state.now.rfc3339)
      changed.setCondition(
        type, "Unknown", reason: reason, message: "Kubelet stopped posting node status.", now: state.now,
        extra: [("lastHeartbeatTime", heartbeat)])
    }
    state.revise(changed, kind: .node, manager: ControllerName.manager, subresource: "status")
    state.note(
      node, .normal, "NodeNotReady", "Node \(node.name) status is now: NodeNotReady", by: "node-controller")
    for key in state.controllers.nodeUse.pods(on: node.name) { giveUp(key, in: &state) }
    wakeAll(in: &state)
  }

  /// Whether no node is heard of at all: then the control plane takes itself for the one that is cut off, and evicts
  /// nobody.
  static func isEverywhere(in state: ClusterState) -> Bool {
    guard !state.faults.active.isEmpty else { return false }
    return state.store.list(.node).allSatisfy { !isHeard($0) && state.faults.loss(of: $0) != nil }
  }

  /// Whether a node's pods are evicted depends on the other nodes too.
  private static func wakeAll(in state: inout ClusterState) {
    for node in state.store.list(.node) { state.enqueue(.node(node.name)) }
  }

  private static func isHeard(_ node: KubeObject) -> Bool {
    node.condition("Ready")?["status"]?.string != "Unknown"
  }

  /// The pods of a silent node take no more requests, whatever they last said of themselves.
  private static func giveUp(_ key: ObjectKey, in state: inout ClusterState) {
    guard var pod = state.store.get(.pod, key), pod.isReadyPod else { return }
    let ready = pod.condition("Ready")
    var extra: [(String, JSONValue)] = [("lastProbeTime", .null)]
    if let generation = ready?["observedGeneration"] { extra.append(("observedGeneration", generation)) }
    pod.setCondition("Ready", "False", reason: ready?["reason"]?.string, now: state.now, extra: extra)
    state.revise(pod, kind: .pod, manager: ControllerName.manager, subresource: "status")
    state.note(pod, .warning, "NodeNotReady", "Node is not ready", by: "node-controller")
  }

  /// The kubelet of a node that was given up reports again.
  private static func recover(_ node: KubeObject, in state: inout ClusterState) {
    guard var changed = state.store.get(.node, node.key),
      changed.condition("Ready")?["reason"]?.string == reason
    else { return }
    for condition in NodePlan.conditions(now: state.now) {
      changed.setCondition(
        condition["type"]?.string ?? "", condition["status"]?.string ?? "",
        reason: condition["reason"]?.string, message: condition["message"]?.string, now: state.now,
        extra: [("lastHeartbeatTime", .string(state.now.rfc3339))])
    }
    state.revise(changed, kind: .node, manager: ControllerName.kubelet, subresource: "status")
    state.note(
      node, .normal, "NodeReady", "Node \(node.name) status is now: NodeReady", by: "kubelet",
      host: node.name)
    wakeAll(in: &state)
  }
}
