import KubeModel
import Seams

/// Keeps one pod of a DaemonSet on each node that it belongs on.
enum DaemonSetController {
  private static let source = "daemonset-controller"
  static let generationAnnotation = "deprecated.daemonset.template.generation"

  static func reconcile(_ key: ObjectKey, in state: inout ClusterState) {
    guard let set = state.store.get(.daemonSet, key) else {
      return state.controllers.retries.forget(.daemonSet(key))
    }
    guard set.podSelector?.requirements.isEmpty == false else { return }
    _ = Ownership.claimPods(of: set, in: &state)
    guard set.deletionTimestamp == nil else { return }
    let (revision, _) = ControllerHistory.current(for: set, in: &state)
    let hash = revision.labels[ControllerHistory.revisionLabel] ?? ""
    let corrections = observe(set, hash, in: state).corrections
    var hasFailed = false
    for pod in corrections.surplus { remove(pod, of: set, in: &state) }
    for node in corrections.missing where !hasFailed {
      hasFailed = !create(on: node, of: set, hash, in: &state)
    }
    let updates = observe(set, hash, in: state).updates
    for pod in updates.doomed { remove(pod, of: set, in: &state) }
    for node in updates.surging where !hasFailed { hasFailed = !create(on: node, of: set, hash, in: &state) }
    let plan = observe(set, hash, in: state)
    writeStatus(plan, in: &state)
    ControllerHistory.prune(
      set,
      live: Set(
        plan.nodes.flatMap(\.pods).compactMap { $0.labels[ControllerHistory.revisionLabel] } + [hash]),
      in: &state)
    if hasFailed { state.retry(.daemonSet(key)) } else { state.controllers.retries.forget(.daemonSet(key)) }
  }

  private static func observe(_ set: KubeObject, _ hash: String, in state: ClusterState) -> DaemonPlan {
    let pods = state.store.dependants(of: set.uid, kind: .pod).filter { $0.isControlled(by: set) }
    let byNode = Dictionary(grouping: pods) { DaemonPlan.node(of: $0) ?? "" }
    let nodes = state.store.list(.node).map { node in
      let own = (byNode[node.name] ?? [])
        .sorted { ($0.creationTimestamp ?? "", $0.name) < ($1.creationTimestamp ?? "", $1.name) }
      return (node: node, pods: own)
    }
    return DaemonPlan(set: set, hash: hash, now: state.now, nodes: nodes)
  }

  private static func remove(_ pod: KubeObject, of set: KubeObject, in state: inout ClusterState) {
    if pod.phase == "Failed" {
      state.note(
        set, .warning, "FailedDaemonPod",
        "Found failed daemon pod \(pod.namespace ?? "")/\(pod.name) on node \(pod.nodeName ?? ""), will try to kill it",
        by: source)
    }
    state.beginDeletion(.pod, pod.key)
    state.note(set, .normal, "SuccessfulDelete", "Deleted pod: \(pod.name)", by: source)
  }

  private static func create(
    on node: KubeObject, of set: KubeObject, _ hash: String, in state: inout ClusterState
  ) -> Bool {
    var pod = TemplatedPod.pod(of: set, template: set[path: "spec", "template"] ?? .null)
    pod.set("metadata", "generateName", to: .string(set.name + "-"))
    pod.labels = pod.labels.merging([
      ControllerHistory.revisionLabel: hash,
      "pod-template-generation": set.annotations[generationAnnotation] ?? "1",
    ]) { _, own in own }
    pod.set(
      "spec", "tolerations",
      to: .array((pod[path: "spec", "tolerations"]?.array ?? []) + DaemonPlan.tolerations))
    let field: JSONValue = ["key": "metadata.name", "operator": "In", "values": [.string(node.name)]]
    let old = pod[path: "spec", "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution"]
    let terms = old?["nodeSelectorTerms"]?.array ?? [[:]]
    pod.set(
      "spec", "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution",
      to: [
        "nodeSelectorTerms": .array(
          terms.map { term in
            var term = term
            term["matchFields"] = [field]
            return term
          })
      ])
    do throws(StatusError) {
      let made = try state.submit(
        pod, kind: .pod, manager: ControllerName.manager, user: ControllerName.user(source))
      state.note(set, .normal, "SuccessfulCreate", "Created pod: \(made.name)", by: source)
      return true
    } catch let error {
      state.note(set, .warning, "FailedCreate", "Error creating: \(error.message)", by: source)
      return false
    }
  }

  private static func writeStatus(_ plan: DaemonPlan, in state: inout ClusterState) {
    guard var changed = state.store.get(.daemonSet, plan.set.key) else { return }
    let status = JSONValue.object(plan.status)
    if plan.set.minReadySeconds > 0 {
      let next = plan.nodes.flatMap(\.pods).compactMap {
        $0.availableSince(minReadySeconds: plan.set.minReadySeconds)
      }
      .filter { $0 > state.now }
      if let next = next.min() { state.schedule(.daemonSet(plan.set.key), at: next) }
    }
    guard changed.fields["status"] != status else { return }
    changed.fields["status"] = status
    state.revise(changed, kind: .daemonSet, manager: ControllerName.manager, subresource: "status")
  }
}
