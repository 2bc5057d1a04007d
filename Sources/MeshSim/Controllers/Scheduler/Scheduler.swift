import KubeModel
import Seams

/// Finds a node for each pod (kube-scheduler).
enum Scheduler {
  static func reconcile(_ key: ObjectKey, in state: inout ClusterState) {
    guard let pod = state.store.get(.pod, key), pod.nodeName == nil, pod.deletionTimestamp == nil,
      !pod.isFinishedPod,
      pod[path: "spec", "schedulerName"]?.string ?? "default-scheduler" == "default-scheduler",
      pod[path: "spec", "schedulingGates"]?.array?.isEmpty ?? true
    else {
      state.controllers.unschedulable.remove(key)
      return
    }
    var nodes = state.store.list(.node)
    if nodes.isEmpty {
      NodeBoot.run(in: &state)
      nodes = state.store.list(.node)
    }
    if let problem = VolumeBinding.problem(of: pod, in: state) {
      return refuse(
        pod, "0/\(nodes.count) nodes are available: \(problem). not found", problem: problem, in: &state)
    }
    let field = SchedulingField(nodes: nodes, pod: pod, in: state)
    switch field.decide(pod, seed: state.generator.next()) {
    case .node(let node): bind(pod, to: node, in: &state)
    case .none(let reasons):
      if let node = Preemption.makeRoom(for: pod, field, in: &state) {
        var changed = pod
        changed.set("status", "nominatedNodeName", to: .string(node))
        state.revise(changed, kind: .pod, manager: ControllerName.scheduler, subresource: "status")
      }
      refuse(pod, SchedulingField.message(reasons, nodes: nodes.count), problem: nil, in: &state)
    }
  }

  /// Lets all pods that wait for a node try again.
  static func retryAll(in state: inout ClusterState) {
    for key in state.controllers.unschedulable.sorted() { state.enqueue(.scheduling(key)) }
  }

  private static func bind(_ pod: KubeObject, to node: KubeObject, in state: inout ClusterState) {
    state.controllers.unschedulable.remove(pod.key)
    VolumeBinding.choose(node.name, for: pod, in: &state)
    var changed = pod
    changed.set("spec", "nodeName", to: .string(node.name))
    // A binding says so at once, without a probe time.
    changed.setConditions(
      pod.conditions.filter { $0["type"]?.string != "PodScheduled" } + [
        [
          "type": "PodScheduled", "status": "True", "lastProbeTime": .null,
          "lastTransitionTime": .string(state.now.rfc3339),
        ]
      ])
    changed.set("status", "nominatedNodeName", to: nil)
    state.revise(changed, kind: .pod, manager: ControllerName.scheduler, subresource: "binding")
    state.noteScheduling(
      pod, .normal, "Scheduled", "Successfully assigned \(pod.namespace ?? "")/\(pod.name) to \(node.name)",
      action: "Binding")
  }

  private static func refuse(
    _ pod: KubeObject, _ message: String, problem: String?, in state: inout ClusterState
  ) {
    let message = problem ?? message
    state.controllers.unschedulable.insert(pod.key)
    state.noteScheduling(pod, .warning, "FailedScheduling", message, action: "Scheduling")
    guard var changed = state.store.get(.pod, pod.key) else { return }
    let old = changed.condition("PodScheduled")
    guard old?["message"]?.string != message else { return }
    changed.setCondition(
      "PodScheduled", "False", reason: "Unschedulable", message: message, now: state.now,
      extra: [("lastProbeTime", .null)])
    state.revise(changed, kind: .pod, manager: ControllerName.scheduler, subresource: "status")
  }
}
