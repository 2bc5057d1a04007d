import KubeModel

/// Which pods belong to a controller: those that name it, and those without a controller that its selector
/// matches. The latter are adopted; those that do not match any more are released.
enum Ownership {
  /// The pods of `owner` after adoption and release.
  static func claimPods(of owner: KubeObject, in state: inout ClusterState) -> [KubeObject] {
    guard let selector = owner.podSelector else { return [] }
    var pods: [KubeObject] = []
    for pod in state.store.dependants(of: owner.uid, kind: .pod) where pod.isControlled(by: owner) {
      if selector.requirements.isEmpty || selector.matches(pod.labels) {
        pods.append(pod)
      } else if owner.deletionTimestamp == nil {
        release(pod, .pod, from: owner, in: &state)
      }
    }
    guard owner.deletionTimestamp == nil, !selector.requirements.isEmpty else { return pods }
    for key in state.controllers.ownerlessPods.keys(in: owner.namespace ?? "") {
      guard let pod = state.store.get(.pod, key), pod.isActivePod, pod.controllerReference == nil,
        selector.matches(pod.labels)
      else { continue }
      pods.append(adopt(pod, .pod, by: owner, in: &state))
    }
    return pods
  }

  static func adopt(
    _ object: KubeObject, _ kind: ResourceKind, by owner: KubeObject, in state: inout ClusterState
  ) -> KubeObject {
    var changed = object
    changed.setOwnerReferences(
      object.ownerReferences.filter { $0["uid"]?.string != owner.uid } + [OwnerReference.controller(owner)])
    return state.revise(changed, kind: kind, manager: ControllerName.manager, subresource: nil)
  }

  static func release(
    _ object: KubeObject, _ kind: ResourceKind, from owner: KubeObject, in state: inout ClusterState
  ) {
    var changed = object
    changed.setOwnerReferences(object.ownerReferences.filter { $0["uid"]?.string != owner.uid })
    state.revise(changed, kind: kind, manager: ControllerName.manager, subresource: nil)
  }
}
