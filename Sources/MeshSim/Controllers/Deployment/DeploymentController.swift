import KubeModel
import Seams

/// Brings ReplicaSets to what a Deployment says.
enum DeploymentController {
  static let source = "deployment-controller"
  static let hashLabel = DeploymentSets.hashLabel

  static func reconcile(_ key: ObjectKey, in state: inout ClusterState) {
    guard let deployment = state.store.get(.deployment, key) else {
      return state.controllers.retries.forget(.deployment(key))
    }
    guard deployment.podSelector?.requirements.isEmpty == false else {
      return state.note(
        deployment, .warning, "SelectingAll",
        "This deployment is selecting all pods. A non-empty selector is required.", by: source)
    }
    if deployment.deletionTimestamp != nil {
      return DeploymentStatus.sync(observe(key, in: &state), in: &state)
    }
    claimSets(of: deployment, in: &state)
    DeploymentStatus.notePause(key, in: &state)
    guard let sets = observe(key, in: &state) else { return }
    if sets.deployment.isPaused || ProportionalScaling.isDue(sets) {
      RevisionHistory.raise(sets, in: &state)
      guard let sets = observe(key, in: &state) else { return }
      for step in ProportionalScaling.steps(sets) { apply(step, of: sets.deployment, in: &state) }
      if sets.deployment.isPaused { RevisionHistory.prune(observe(key, in: &state), in: &state) }
      return DeploymentStatus.sync(observe(key, in: &state), in: &state)
    }
    if sets.deployment.isRollingUpdate { roll(key, in: &state) } else { recreate(key, in: &state) }
    DeploymentStatus.syncRollout(observe(key, in: &state), in: &state)
  }

  /// The Deployment and its ReplicaSets as they are now.
  static func observe(_ key: ObjectKey, in state: inout ClusterState) -> DeploymentSets? {
    guard let deployment = state.store.get(.deployment, key) else { return nil }
    let sets = state.store.dependants(of: deployment.uid, kind: .replicaSet)
      .filter { $0.isControlled(by: deployment) }
    return DeploymentSets(deployment, sets)
  }

  private static func claimSets(of deployment: KubeObject, in state: inout ClusterState) {
    guard let selector = deployment.podSelector else { return }
    for set in state.store.dependants(of: deployment.uid, kind: .replicaSet)
    where set.isControlled(by: deployment) && !selector.matches(set.labels) {
      Ownership.release(set, .replicaSet, from: deployment, in: &state)
    }
    for key in state.controllers.ownerlessSets.keys(in: deployment.namespace ?? "") {
      guard let set = state.store.get(.replicaSet, key), set.deletionTimestamp == nil,
        set.controllerReference == nil, selector.matches(set.labels)
      else { continue }
      _ = Ownership.adopt(set, .replicaSet, by: deployment, in: &state)
    }
  }

  private static func roll(_ key: ObjectKey, in state: inout ClusterState) {
    guard NewReplicaSet.ensure(key, in: &state), let sets = observe(key, in: &state) else { return }
    if let step = RollingUpdate.stepUp(sets) { return apply(step, of: sets.deployment, in: &state) }
    let steps = RollingUpdate.stepsDown(sets)
    for step in steps { apply(step, of: sets.deployment, in: &state) }
    if steps.isEmpty { RevisionHistory.pruneIfComplete(sets, in: &state) }
  }

  private static func recreate(_ key: ObjectKey, in state: inout ClusterState) {
    guard let sets = observe(key, in: &state) else { return }
    let running = sets.old.filter { $0.specReplicas > 0 }
    guard running.isEmpty else {
      for set in running { apply(ScaleStep(set: set, size: 0), of: sets.deployment, in: &state) }
      return
    }
    let isOldRunning = sets.old.contains { set in
      set.statusCount("replicas") > 0
        || state.store.dependants(of: set.uid, kind: .pod).contains { !$0.isFinishedPod }
    }
    guard !isOldRunning, NewReplicaSet.ensure(key, in: &state), let sets = observe(key, in: &state),
      let current = sets.current
    else { return }
    if current.specReplicas != sets.deployment.specReplicas {
      apply(ScaleStep(set: current, size: sets.deployment.specReplicas), of: sets.deployment, in: &state)
    } else {
      RevisionHistory.pruneIfComplete(sets, in: &state)
    }
  }

  /// Gives a ReplicaSet its size, and notes on it what it was sized for.
  static func apply(_ step: ScaleStep, of deployment: KubeObject, in state: inout ClusterState) {
    guard var changed = state.store.get(.replicaSet, step.set.key) else { return }
    let before = changed.specReplicas
    changed.set("spec", "replicas", to: .int(Int64(step.size)))
    sized(&changed, for: deployment)
    guard changed.fields != step.set.fields else { return }
    state.revise(changed, kind: .replicaSet, manager: ControllerName.manager, subresource: nil)
    guard before != step.size else { return }
    let direction = step.size > before ? "up" : "down"
    state.note(
      deployment, .normal, "ScalingReplicaSet",
      "Scaled \(direction) replica set \(changed.name) from \(before) to \(step.size)", by: source)
  }

  static func sized(_ set: inout KubeObject, for deployment: KubeObject) {
    let desired = deployment.specReplicas
    var annotations = set.annotations
    annotations[DeploymentSets.desiredAnnotation] = String(desired)
    annotations[DeploymentSets.maximumAnnotation] = String(desired + Fenceposts(of: deployment).surge)
    if annotations != set.annotations { set.annotations = annotations }
  }
}
