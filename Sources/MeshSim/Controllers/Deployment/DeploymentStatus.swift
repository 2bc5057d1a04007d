import KubeModel
import Seams

/// What the Deployment controller reports.
enum DeploymentStatus {
  /// Writes the counts and `Available`.
  static func sync(_ sets: DeploymentSets?, in state: inout ClusterState) {
    guard let sets else { return }
    store(counted(sets, now: state.now), in: &state)
  }

  /// Writes the counts and how far the rollout has come.
  static func syncRollout(_ sets: DeploymentSets?, in state: inout ClusterState) {
    guard let sets else { return }
    var changed = counted(sets, now: state.now)
    DeploymentProgress.note(&changed, sets, now: state.now)
    noteFailure(&changed, sets, now: state.now)
    store(changed, in: &state)
    if let deadline = DeploymentProgress.nextCheck(of: changed) {
      state.schedule(.deployment(changed.key), at: deadline)
    }
  }

  /// Says that a Deployment was paused or resumed.
  static func notePause(_ key: ObjectKey, in state: inout ClusterState) {
    guard var changed = state.store.get(.deployment, key), changed.progressDeadline != nil else { return }
    let reason = changed.condition("Progressing")?["reason"]?.string
    guard reason != "ProgressDeadlineExceeded" else { return }
    if changed.isPaused, reason != "DeploymentPaused" {
      changed.setDeploymentCondition(
        "Progressing", "Unknown", "DeploymentPaused", "Deployment is paused", now: state.now)
    } else if !changed.isPaused, reason == "DeploymentPaused" {
      changed.setDeploymentCondition(
        "Progressing", "Unknown", "DeploymentResumed", "Deployment is resumed", now: state.now)
    } else {
      return
    }
    store(changed, in: &state)
  }

  static func store(_ deployment: KubeObject, in state: inout ClusterState) {
    guard let live = state.store.get(.deployment, deployment.key),
      live.fields["status"] != deployment.fields["status"] || live.annotations != deployment.annotations
    else { return }
    state.revise(deployment, kind: .deployment, manager: ControllerName.manager, subresource: "status")
  }

  static func isComplete(_ deployment: KubeObject, _ status: JSONValue) -> Bool {
    let desired = Int64(deployment.specReplicas)
    return ["updatedReplicas", "replicas", "availableReplicas"].allSatisfy {
      (status[$0]?.int ?? 0) == desired
    }
      && (status["observedGeneration"]?.int ?? 0) >= deployment.generation
  }

  /// The Deployment with the counts of its ReplicaSets.
  static func counted(_ sets: DeploymentSets, now: Timestamp) -> KubeObject {
    var changed = sets.deployment
    func sum(_ field: String) -> Int { DeploymentSets.sum(sets.all) { $0.statusCount(field) } }
    let available = sum("availableReplicas")
    let unavailable = max(0, DeploymentSets.sum(sets.all, \.specReplicas) - available)
    var status: JSONObject = [
      "observedGeneration": .int(changed.generation),
      "terminatingReplicas": .int(Int64(sum("terminatingReplicas"))),
    ]
    for (field, count) in [
      ("replicas", sum("replicas")), ("updatedReplicas", sets.current?.statusCount("replicas") ?? 0),
      ("readyReplicas", sum("readyReplicas")), ("availableReplicas", available),
      ("unavailableReplicas", unavailable),
    ] where count > 0 { status[field] = .int(Int64(count)) }
    for field in ["conditions", "collisionCount"] {
      if let value = changed[path: "status", field] { status[field] = value }
    }
    changed.fields["status"] = .object(status)
    let isAvailable = available >= changed.specReplicas - Fenceposts(of: changed).unavailable
    changed.setDeploymentCondition(
      "Available", isAvailable ? "True" : "False",
      isAvailable ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
      "Deployment \(isAvailable ? "has" : "does not have") minimum availability.", now: now)
    return changed
  }

  private static func noteFailure(_ deployment: inout KubeObject, _ sets: DeploymentSets, now: Timestamp) {
    let candidates = [sets.current].compactMap { $0 } + sets.old
    guard let failure = candidates.lazy.compactMap({ $0.condition("ReplicaFailure") }).first else {
      return deployment.removeCondition("ReplicaFailure")
    }
    deployment.setDeploymentCondition(
      "ReplicaFailure", failure["status"]?.string ?? "True", failure["reason"]?.string ?? "",
      failure["message"]?.string ?? "", now: now)
  }
}

extension KubeObject {
  /// Sets a condition of a Deployment: nothing changes while status and reason are the same, unless the update
  /// itself is to be noted.
  mutating func setDeploymentCondition(
    _ type: String, _ status: String, _ reason: String, _ message: String, now: Timestamp,
    isRefreshed: Bool = false
  ) {
    let old = condition(type)
    let isSame = old?["status"]?.string == status && old?["reason"]?.string == reason
    if isSame, !isRefreshed { return }
    setCondition(
      type, status, reason: reason, message: message, now: now,
      extra: [("lastUpdateTime", .string(now.rfc3339))])
  }
}
