import KubeModel
import Seams

/// The ReplicaSet of a Deployment's present template: found again, or made.
enum NewReplicaSet {
  /// - Returns: whether it is there.
  static func ensure(_ key: ObjectKey, in state: inout ClusterState) -> Bool {
    guard let sets = DeploymentController.observe(key, in: &state) else { return false }
    if sets.current != nil {
      RevisionHistory.raise(sets, in: &state)
      return true
    }
    return make(sets, in: &state)
  }

  private static func make(_ sets: DeploymentSets, in state: inout ClusterState) -> Bool {
    let deployment = sets.deployment
    let set = object(sets)
    if let live = state.store.get(.replicaSet, set.key) {
      guard !live.isControlled(by: deployment) else { return true }
      noteCollision(deployment, in: &state)
      return false
    }
    do throws(StatusError) {
      let made = try state.submit(
        set, kind: .replicaSet, manager: ControllerName.manager,
        user: ControllerName.user(DeploymentController.source))
      if made.specReplicas > 0 {
        state.note(
          deployment, .normal, "ScalingReplicaSet",
          "Scaled up replica set \(made.name) from 0 to \(made.specReplicas)", by: DeploymentController.source
        )
      }
      noteCreation(of: made, deployment, in: &state)
      return true
    } catch let error {
      let message = "Failed to create new replica set \"\(set.name)\": \(error.message)"
      state.note(deployment, .warning, "ReplicaSetCreateError", message, by: DeploymentController.source)
      var changed = deployment
      if deployment.progressDeadline != nil {
        changed.setDeploymentCondition("Progressing", "False", "FailedCreate", message, now: state.now)
      }
      DeploymentStatus.store(changed, in: &state)
      state.retry(.deployment(deployment.key))
      return false
    }
  }

  private static func object(_ sets: DeploymentSets) -> KubeObject {
    let deployment = sets.deployment
    var template = deployment[path: "spec", "template"]?.object ?? JSONObject()
    let collisions = deployment[path: "status", "collisionCount"]?.int ?? 0
    let hash = TemplatedPod.hash(.object(template), collisions: collisions)
    template.set(["metadata", "labels", DeploymentSets.hashLabel], to: .string(hash))
    var set = KubeObject(
      kind: .replicaSet, namespace: deployment.namespace, name: "\(deployment.name)-\(hash)")
    set.set("metadata", "labels", to: template[path: "metadata", "labels"])
    set.setOwnerReferences([OwnerReference.controller(deployment)])
    var selector = deployment[path: "spec", "selector"]?.object ?? JSONObject()
    selector.set(["matchLabels", DeploymentSets.hashLabel], to: .string(hash))
    set.set("spec", "replicas", to: .int(Int64(RollingUpdate.newSize(sets, current: 0))))
    if deployment.minReadySeconds > 0 {
      set.set("spec", "minReadySeconds", to: .int(deployment.minReadySeconds))
    }
    set.set("spec", "selector", to: .object(selector))
    set.set("spec", "template", to: .object(template))
    RevisionHistory.copyAnnotations(of: deployment, to: &set, revision: sets.newestOldRevision + 1)
    DeploymentController.sized(&set, for: deployment)
    return set
  }

  private static func noteCreation(
    of set: KubeObject, _ deployment: KubeObject, in state: inout ClusterState
  ) {
    var changed = deployment
    changed.annotations[DeploymentSets.revisionAnnotation] =
      set.annotations[DeploymentSets.revisionAnnotation]
    if deployment.progressDeadline != nil {
      changed.setDeploymentCondition(
        "Progressing", "True", "NewReplicaSetCreated", "Created new replica set \"\(set.name)\"",
        now: state.now)
    }
    DeploymentStatus.store(changed, in: &state)
  }

  /// Another object has the name: the next hash is another one.
  private static func noteCollision(_ deployment: KubeObject, in state: inout ClusterState) {
    var changed = deployment
    let collisions = deployment[path: "status", "collisionCount"]?.int ?? 0
    changed.set("status", "collisionCount", to: .int(collisions + 1))
    DeploymentStatus.store(changed, in: &state)
    state.enqueue(.deployment(deployment.key))
  }
}
