import KubeModel
import Seams

/// What the ReplicaSet controller reports.
enum ReplicaSetStatus {
  struct Failure {
    let reason: String
    let message: String
  }

  static func write(_ set: KubeObject, failure: Failure?, in state: inout ClusterState) {
    guard var changed = state.store.get(.replicaSet, set.key), changed.uid == set.uid else { return }
    let pods = state.store.dependants(of: set.uid, kind: .pod).filter { $0.isControlled(by: set) }
    let status = status(of: changed, pods: pods, failure: failure, now: state.now)
    if let next = nextAvailability(of: changed, pods: pods, now: state.now) {
      state.schedule(.replicaSet(set.key), at: next)
    }
    guard changed.fields["status"] != status else { return }
    changed.fields["status"] = status
    state.revise(changed, kind: .replicaSet, manager: ControllerName.manager, subresource: "status")
  }

  static func status(of set: KubeObject, pods: [KubeObject], failure: Failure?, now: Timestamp) -> JSONValue {
    let active = pods.filter(\.isActivePod)
    let labels = LabelSelector(
      matchLabels: set[path: "spec", "template", "metadata", "labels"]?.stringMap ?? [:])
    let counts = [
      ("fullyLabeledReplicas", active.count { labels.matches($0.labels) }),
      ("readyReplicas", active.count(where: \.isReadyPod)),
      (
        "availableReplicas",
        active.count { $0.isAvailablePod(minReadySeconds: set.minReadySeconds, now: now) }
      ),
    ]
    var status: JSONObject = [
      "replicas": .int(Int64(active.count)), "observedGeneration": .int(set.generation),
      "terminatingReplicas": .int(Int64(pods.count(where: \.isTerminatingPod))),
    ]
    for (field, count) in counts where count > 0 { status[field] = .int(Int64(count)) }
    var reported = set
    if let failure {
      if set.condition("ReplicaFailure") == nil {
        reported.setCondition(
          "ReplicaFailure", "True", reason: failure.reason, message: failure.message, now: now)
      }
    } else {
      reported.removeCondition("ReplicaFailure")
    }
    if !reported.conditions.isEmpty { status["conditions"] = .array(reported.conditions) }
    return .object(status)
  }

  /// When the next ready pod has been ready for long enough.
  private static func nextAvailability(of set: KubeObject, pods: [KubeObject], now: Timestamp) -> Timestamp? {
    let seconds = set.minReadySeconds
    guard seconds > 0 else { return nil }
    return pods.lazy.filter(\.isActivePod).compactMap { $0.availableSince(minReadySeconds: seconds) }
      .filter { $0 > now }.min()
  }
}
