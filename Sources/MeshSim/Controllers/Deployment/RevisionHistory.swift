import KubeModel
import Seams

/// The revisions of a Deployment: each template has a number, the present one the greatest.
enum RevisionHistory {
  /// Annotations of a Deployment that its ReplicaSets do not get.
  private static let own: Set<String> = [
    "kubectl.kubernetes.io/last-applied-configuration", DeploymentSets.revisionAnnotation,
    DeploymentSets.historyAnnotation, DeploymentSets.desiredAnnotation, DeploymentSets.maximumAnnotation,
    "deprecated.deployment.rollback.to",
  ]

  /// Makes the current ReplicaSet the newest revision, as after a rollback, and says so on the Deployment.
  static func raise(_ sets: DeploymentSets, in state: inout ClusterState) {
    guard let current = sets.current else { return }
    let deployment = sets.deployment
    var set = current
    copyAnnotations(of: deployment, to: &set, revision: sets.newestOldRevision + 1)
    if set.minReadySeconds != deployment.minReadySeconds {
      set.set("spec", "minReadySeconds", to: deployment[path: "spec", "minReadySeconds"])
    }
    if set != current {
      state.revise(set, kind: .replicaSet, manager: ControllerName.manager, subresource: nil)
    }
    var changed = deployment
    let revision = set.annotations[DeploymentSets.revisionAnnotation]
    if changed.annotations[DeploymentSets.revisionAnnotation] != revision {
      changed.annotations[DeploymentSets.revisionAnnotation] = revision
    }
    if deployment.progressDeadline != nil, deployment.condition("Progressing") == nil {
      changed.setDeploymentCondition(
        "Progressing", "True", "FoundNewReplicaSet", "Found new replica set \"\(set.name)\"", now: state.now)
    }
    DeploymentStatus.store(changed, in: &state)
  }

  /// Gives a ReplicaSet the Deployment's annotations and, when it is greater, a revision; the one before joins
  /// its history.
  static func copyAnnotations(of deployment: KubeObject, to set: inout KubeObject, revision: Int) {
    var annotations = set.annotations
    for (key, value) in deployment.annotations where !own.contains(key) { annotations[key] = value }
    let before = annotations[DeploymentSets.revisionAnnotation]
    if Int(before ?? "") ?? 0 < revision {
      annotations[DeploymentSets.revisionAnnotation] = String(revision)
      if let before {
        let history = annotations[DeploymentSets.historyAnnotation] ?? ""
        annotations[DeploymentSets.historyAnnotation] = history.isEmpty ? before : "\(history),\(before)"
      }
    }
    if annotations != set.annotations { set.annotations = annotations }
  }

  static func pruneIfComplete(_ sets: DeploymentSets, in state: inout ClusterState) {
    if DeploymentStatus.isComplete(sets.deployment, sets.deployment.fields["status"] ?? .null) {
      prune(sets, in: &state)
    }
  }

  /// Deletes the oldest ReplicaSets beyond the limit that have nothing left.
  static func prune(_ sets: DeploymentSets?, in state: inout ClusterState) {
    guard let sets, let limit = sets.deployment[path: "spec", "revisionHistoryLimit"]?.int,
      limit != Int64(Int32.max)
    else { return }
    let living = sets.old.filter { $0.deletionTimestamp == nil }
      .sorted { DeploymentSets.revision($0) < DeploymentSets.revision($1) }
    for set in living.prefix(max(0, living.count - Int(limit))) {
      let isIdle =
        set.specReplicas == 0 && set.statusCount("replicas") == 0
        && set.generation <= Int64(set.statusCount("observedGeneration"))
      if isIdle { state.beginDeletion(.replicaSet, set.key) }
    }
  }
}
