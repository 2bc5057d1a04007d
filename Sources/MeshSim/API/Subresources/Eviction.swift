import KubeModel
import Seams

/// Deletes a pod if the disruption budgets allow it.
enum Eviction {
  static func answer(_ request: APIRequest, _ served: ServedResource, in state: inout ClusterState)
    throws(StatusError) -> Answer
  {
    let rendering = try Rendering(request, served, now: state.now)
    let options = try WriteOptions(request, .create)
    let eviction = try BodyReader.part(of: request, apiVersion: "policy/v1", kind: "Eviction")
    let name = eviction["metadata"]?["name"]?.string ?? ""
    guard name.isEmpty || name == request.info.name else {
      throw .badRequest("name in URL does not match name in Eviction object")
    }
    var deletion = try DeleteOptions(eviction["deleteOptions"] ?? [:])
    deletion.isDryRun = deletion.isDryRun || options.isDryRun
    guard let pod = state.store.get(.pod, request.info.key) else { throw .notFound(.pod, request.info.name) }
    try APIServer.checkPreconditions(deletion, pod)
    try spend(for: pod, isDryRun: deletion.isDryRun, in: &state)
    if !deletion.isDryRun {
      mark(pod, in: &state)
      if let marked = state.store.get(.pod, pod.key) {
        _ = Deletion.delete(marked, served, deletion, manager: options.manager, in: &state)
      }
    }
    return rendering.answer(Binding.created, status: 201)
  }

  /// Takes one disruption from the budget of a pod that serves.
  private static func spend(for pod: KubeObject, isDryRun: Bool, in state: inout ClusterState)
    throws(StatusError)
  {
    let phase = pod[path: "status", "phase"]?.string ?? ""
    if pod.deletionTimestamp != nil || ["Succeeded", "Failed", "Pending"].contains(phase) { return }
    let budgets = state.store.list(.podDisruptionBudget, namespace: pod.namespace).filter { budget in
      guard let selector = budget[path: "spec", "selector"] else { return false }
      return LabelSelector(json: selector)?.matches(pod.labels) ?? false
    }
    guard let budget = budgets.first else { return }
    guard budgets.count == 1 else {
      throw .internalError(
        "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.")
    }
    let status = EvictionBudget(budget)
    if !pod.isReadyPod, status.allowsUnhealthy { return }
    if let refusal = status.refusal { throw refusal }
    guard !isDryRun else { return }
    state.update(status.spent(on: pod, now: state.now), kind: .podDisruptionBudget, manager: nil)
  }

  /// Says on the pod why it goes.
  private static func mark(_ pod: KubeObject, in state: inout ClusterState) {
    guard var marked = state.store.get(.pod, pod.key), marked.deletionTimestamp == nil else { return }
    let old = marked[path: "status", "conditions"]?.array ?? []
    let condition: JSONValue = [
      "type": "DisruptionTarget", "status": "True", "reason": "EvictionByEvictionAPI",
      "message": "Eviction API: evicting", "lastProbeTime": .null,
      "lastTransitionTime": .string(state.now.rfc3339),
    ]
    marked.set(
      "status", "conditions",
      to: .array(old.filter { $0["type"]?.string != "DisruptionTarget" } + [condition]))
    state.update(marked, kind: .pod, manager: nil)
  }
}
