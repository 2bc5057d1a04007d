import KubeModel

/// Makes room for a pod by deleting pods of lower priority.
enum Preemption {
  /// - Returns: the node on which pods are going now.
  static func makeRoom(for pod: KubeObject, _ field: SchedulingField, in state: inout ClusterState) -> String?
  {
    let priority = pod[path: "spec", "priority"]?.int ?? 0
    guard priority > 0, pod[path: "spec", "preemptionPolicy"]?.string != "Never",
      pod[path: "status", "nominatedNodeName"] == nil
    else { return nil }
    let amounts = PodDemand(ofPod: pod)
    for (node, used) in zip(field.nodes, field.used) {
      var left = used
      var victims: [KubeObject] = []
      let lower = state.controllers.nodeUse.pods(on: node.name)
        .compactMap { state.store.get(.pod, $0) }
        .filter { $0.isActivePod && ($0[path: "spec", "priority"]?.int ?? 0) < priority }
        .sorted {
          ($0[path: "spec", "priority"]?.int ?? 0, $0.name) < (
            $1[path: "spec", "priority"]?.int ?? 0, $1.name
          )
        }
      for victim in lower where !field.problems(of: node, used: left, pod, amounts).isEmpty {
        left -= PodDemand(ofPod: victim)
        victims.append(victim)
      }
      guard !victims.isEmpty, field.problems(of: node, used: left, pod, amounts).isEmpty else { continue }
      for victim in victims {
        var changed = victim
        changed.setCondition(
          "DisruptionTarget", "True", reason: "PreemptionByScheduler",
          message: "default-scheduler: preempting to accommodate a higher priority pod", now: state.now)
        state.revise(changed, kind: .pod, manager: ControllerName.scheduler, subresource: "status")
        state.noteScheduling(
          victim, .normal, "Preempted", "Preempted by pod \(pod.uid) on node \(node.name)",
          action: "Preempting")
        state.beginDeletion(.pod, victim.key)
      }
      return node.name
    }
    return nil
  }
}
