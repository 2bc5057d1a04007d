import KubeModel
import Seams

/// Keeps as many pods as a ReplicaSet asks for.
enum ReplicaSetController {
  private static let source = "replicaset-controller"
  /// How many pods one turn makes or removes at most.
  private static let burst = 500

  static func reconcile(_ key: ObjectKey, in state: inout ClusterState) {
    guard let set = state.store.get(.replicaSet, key) else {
      return state.controllers.retries.forget(.replicaSet(key))
    }
    let pods = Ownership.claimPods(of: set, in: &state)
    var failure: ReplicaSetStatus.Failure?
    if set.deletionTimestamp == nil {
      failure = manage(set, active: pods.filter(\.isActivePod), in: &state)
    }
    ReplicaSetStatus.write(set, failure: failure, in: &state)
    if failure == nil {
      state.controllers.retries.forget(.replicaSet(key))
    } else {
      state.retry(.replicaSet(key))
    }
  }

  /// - Returns: what kept it from making or removing pods.
  private static func manage(
    _ set: KubeObject, active: [KubeObject], in state: inout ClusterState
  ) -> ReplicaSetStatus.Failure? {
    let missing = set.specReplicas - active.count
    if missing > 0 {
      guard let message = create(min(missing, burst), of: set, in: &state) else { return nil }
      return ReplicaSetStatus.Failure(reason: "FailedCreate", message: message)
    }
    if missing < 0 {
      let related = relatedPods(of: set, own: active, in: state)
      let doomed = DeletionRank.order(active, related: related, now: state.now).prefix(min(-missing, burst))
      for pod in doomed {
        state.beginDeletion(.pod, pod.key)
        state.note(set, .normal, "SuccessfulDelete", "Deleted pod: \(pod.name)", by: source)
      }
    }
    return nil
  }

  /// Makes pods in batches of 1, 2, 4, …: when the first fails, the others would too.
  ///
  /// - Returns: the error that ended it early.
  private static func create(_ count: Int, of set: KubeObject, in state: inout ClusterState) -> String? {
    let template = set[path: "spec", "template"] ?? .null
    var pod = TemplatedPod.pod(of: set, template: template)
    pod.set("metadata", "generateName", to: .string(set.name + "-"))
    var left = count
    var batch = 1
    while left > 0 {
      var error: String?
      for _ in 0..<min(batch, left) {
        do throws(StatusError) {
          let made = try state.submit(
            pod, kind: .pod, manager: ControllerName.manager, user: ControllerName.user(source))
          state.note(set, .normal, "SuccessfulCreate", "Created pod: \(made.name)", by: source)
        } catch let problem {
          state.note(set, .warning, "FailedCreate", "Error creating: \(problem.message)", by: source)
          error = problem.message
        }
      }
      if let error { return error }
      left -= batch
      batch *= 2
    }
    return nil
  }

  /// The active pods of all ReplicaSets of the same owner: nodes with many of them lose theirs first.
  private static func relatedPods(
    of set: KubeObject, own: [KubeObject], in state: ClusterState
  ) -> [KubeObject] {
    guard let owner = set.controllerReference?["uid"]?.string else { return own }
    return state.store.dependants(of: owner, kind: .replicaSet).flatMap { sibling in
      state.store.dependants(of: sibling.uid, kind: .pod).filter(\.isActivePod)
    }
  }
}
