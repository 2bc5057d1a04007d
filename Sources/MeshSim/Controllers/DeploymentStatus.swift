import KubeModel
import Seams

/// What the Deployment controller reports.
enum DeploymentStatus {
  static func write(_ deployment: KubeObject, owned: [KubeObject], in state: inout ClusterState) {
    guard var changed = state.store.get(.deployment, deployment.key) else { return }
    let sets = owned.compactMap { state.store.get(.replicaSet, $0.key) }
    let current = sets.first { DeploymentController.isCurrent($0, of: changed) }
    func sum(_ field: String) -> Int64 { sets.reduce(0) { $0 + ($1[path: "status", field]?.int ?? 0) } }

    let desired = Int64(DeploymentController.replicas(changed))
    let updated = current?[path: "status", "replicas"]?.int ?? 0
    let (total, ready, available) = (sum("replicas"), sum("readyReplicas"), sum("availableReplicas"))
    let before = changed.fields["status"] ?? .null
    var status: JSONObject = [
      "observedGeneration": .int(changed.generation), "conditions": before["conditions"] ?? [],
    ]
    for (field, value) in [
      ("replicas", total), ("updatedReplicas", updated), ("readyReplicas", ready),
      ("availableReplicas", available), ("unavailableReplicas", max(0, max(total, desired) - available)),
    ] where value > 0 { status[field] = .int(value) }
    changed.fields["status"] = .object(status)

    let (_, unavailable) = RollingUpdate.bounds(
      changed[path: "spec", "strategy", "rollingUpdate"], of: Int(desired))
    let isAvailable = available >= desired - Int64(unavailable)
    setCondition(
      &changed, "Available", isTrue: isAvailable,
      reason: isAvailable ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
      message: "Deployment \(isAvailable ? "has" : "does not have") minimum availability.", now: state.now)
    noteProgressDeadline(
      &changed, before: before, current: current, isRolledOut: updated == total, in: &state)
    if updated == desired, total == desired, available == desired, let current {
      noteProgress(
        &changed, reason: "NewReplicaSetAvailable",
        message: "ReplicaSet \"\(current.name)\" has successfully progressed.", now: state.now)
    }
    state.update(changed, kind: .deployment, manager: nil)
  }

  /// Sets `Progressing` to true; its update time starts the deadline anew.
  static func noteProgress(_ deployment: inout KubeObject, reason: String, message: String, now: Timestamp) {
    let isNew = deployment.condition("Progressing")?["reason"]?.string != reason
    setCondition(
      &deployment, "Progressing", isTrue: true, reason: reason, message: message, now: now,
      isUpdated: isNew)
  }

  private static func noteProgressDeadline(
    _ deployment: inout KubeObject, before: JSONValue, current: KubeObject?, isRolledOut: Bool,
    in state: inout ClusterState
  ) {
    let progress = deployment.condition("Progressing")
    // A rollback begins with the condition of the rollout before it.
    let isComplete = progress?["reason"]?.string == "NewReplicaSetAvailable" && isRolledOut
    let hasMoved = ["updatedReplicas", "availableReplicas", "readyReplicas"].contains {
      (deployment[path: "status", $0]?.int ?? 0) > (before[$0]?.int ?? 0)
    }
    if hasMoved, !isComplete {
      setCondition(
        &deployment, "Progressing", isTrue: true, reason: "ReplicaSetUpdated",
        message: "ReplicaSet is progressing.", now: state.now, isUpdated: true)
      return
    }
    guard !isComplete, let since = progress?["lastUpdateTime"]?.string.flatMap(Timestamp.init(rfc3339:)),
      let seconds = deployment[path: "spec", "progressDeadlineSeconds"]?.int
    else { return }
    let deadline = since + .seconds(seconds)
    if state.now >= deadline {
      setCondition(
        &deployment, "Progressing", isTrue: false, reason: "ProgressDeadlineExceeded",
        message: "ReplicaSet \"\(current?.name ?? "")\" has timed out progressing.", now: state.now)
    } else {
      state.schedule(.deployment(deployment.key), at: deadline + .seconds(1))
    }
  }

  private static func setCondition(
    _ object: inout KubeObject, _ type: String, isTrue: Bool, reason: String, message: String, now: Timestamp,
    isUpdated: Bool = false
  ) {
    let old = object.condition(type)
    let status = isTrue ? "True" : "False"
    if !isUpdated, let old, old["status"]?.string == status, old["reason"]?.string == reason { return }
    let transition = old?["status"]?.string == status ? old?["lastTransitionTime"] : nil
    let condition: JSONValue = [
      "type": .string(type), "status": .string(status), "reason": .string(reason),
      "message": .string(message), "lastUpdateTime": .string(now.rfc3339),
      "lastTransitionTime": transition ?? .string(now.rfc3339),
    ]
    let others = (object[path: "status", "conditions"]?.array ?? []).filter { $0["type"]?.string != type }
    object.set("status", "conditions", to: .array(others + [condition]))
  }
}
