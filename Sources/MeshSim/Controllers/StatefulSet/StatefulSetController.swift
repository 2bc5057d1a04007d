import KubeModel
import Seams

/// Keeps the pods of a StatefulSet, each with its ordinal and its claims.
enum StatefulSetController {
  static let source = "statefulset-controller"

  static func reconcile(_ key: ObjectKey, in state: inout ClusterState) {
    guard let set = state.store.get(.statefulSet, key) else {
      return state.controllers.retries.forget(.statefulSet(key))
    }
    let pods = Ownership.claimPods(of: set, in: &state).filter {
      StatefulPlan.ordinal(of: $0, in: set) != nil
    }
    let (update, collisions) = ControllerHistory.current(for: set, in: &state)
    let known = ControllerHistory.all(of: set, in: state)
    let currentName = set[path: "status", "currentRevision"]?.string
    let current = known.first { $0.name == currentName } ?? update
    let plan = StatefulPlan(set, pods: pods, current: current.name, update: update.name, now: state.now)
    var hasFailed = false
    for action in plan.actions where !hasFailed {
      switch action {
      case .create(let ordinal, let revision):
        let source = revision == update.name ? update : current
        hasFailed = !StatefulPods.create(ordinal, of: set, at: source, in: &state)
      case .delete(let name):
        let podKey = ObjectKey(namespace: key.namespace, name: name)
        state.note(
          set, .normal, "SuccessfulDelete", "delete Pod \(name) in StatefulSet \(set.name) successful",
          by: source)
        state.beginDeletion(.pod, podKey)
      }
    }
    StatefulPods.keepClaims(of: set, in: &state)
    writeStatus(of: set, current: current.name, update: update.name, collisions: collisions, in: &state)
    let live = Set(
      pods.compactMap { $0.labels[ControllerHistory.revisionLabel] } + [current.name, update.name])
    ControllerHistory.prune(set, live: live, in: &state)
    if hasFailed {
      state.retry(.statefulSet(key))
    } else {
      state.controllers.retries.forget(.statefulSet(key))
    }
  }

  private static func writeStatus(
    of set: KubeObject, current: String, update: String, collisions: Int64, in state: inout ClusterState
  ) {
    guard var changed = state.store.get(.statefulSet, set.key), changed.uid == set.uid else { return }
    let pods = state.store.dependants(of: set.uid, kind: .pod)
      .filter { $0.isControlled(by: set) && StatefulPlan.ordinal(of: $0, in: set) != nil }
    let status = status(
      of: changed, pods: pods, current: current, update: update, collisions: collisions, now: state.now)
    if set.minReadySeconds > 0 {
      let next = pods.compactMap { $0.availableSince(minReadySeconds: set.minReadySeconds) }.filter {
        $0 > state.now
      }
      if let next = next.min() { state.schedule(.statefulSet(set.key), at: next) }
    }
    guard changed.fields["status"] != status else { return }
    changed.fields["status"] = status
    state.revise(changed, kind: .statefulSet, manager: ControllerName.manager, subresource: "status")
  }

  static func status(
    of set: KubeObject, pods: [KubeObject], current: String, update: String, collisions: Int64, now: Timestamp
  ) -> JSONValue {
    let living = pods.filter { $0.deletionTimestamp == nil }
    func count(at revision: String) -> Int {
      living.count { $0.labels[ControllerHistory.revisionLabel] == revision }
    }
    let running = living.filter { $0.phase == "Running" && $0.hasReadyCondition }
    let available = running.count { $0.isAvailablePod(minReadySeconds: set.minReadySeconds, now: now) }
    let updated = count(at: update)
    var currentName = current
    var currentCount = count(at: current)
    let isRolling = set[path: "spec", "updateStrategy", "type"]?.string != "OnDelete"
    if isRolling, updated == pods.count, running.count == pods.count, pods.count == set.specReplicas {
      (currentName, currentCount) = (update, updated)
    }
    var status: JSONObject = [
      "replicas": .int(Int64(pods.count)), "availableReplicas": .int(Int64(available)),
      "observedGeneration": .int(set.generation), "currentRevision": .string(currentName),
      "updateRevision": .string(update), "collisionCount": .int(collisions),
    ]
    for (field, count) in [
      ("readyReplicas", running.count), ("currentReplicas", currentCount), ("updatedReplicas", updated),
    ] where count > 0 { status[field] = .int(Int64(count)) }
    if let conditions = set[path: "status", "conditions"] { status["conditions"] = conditions }
    return .object(status)
  }
}
