import KubeModel
import Seams

/// What controllers ask about pods.
extension KubeObject {
  /// `status.phase`; empty when absent.
  var phase: String { self[path: "status", "phase"]?.string ?? "" }

  /// Whether a pod has ended for good.
  var isFinishedPod: Bool { phase == "Succeeded" || phase == "Failed" }

  /// Whether a pod counts as one that a controller has (`controller.IsPodActive`).
  var isActivePod: Bool { deletionTimestamp == nil && !isFinishedPod }

  /// Whether a pod is on its way out (`controller.IsPodTerminating`).
  var isTerminatingPod: Bool { deletionTimestamp != nil && !isFinishedPod }

  /// Whether the condition `Ready` holds, be the pod on its way out or not.
  var hasReadyCondition: Bool { condition("Ready")?["status"]?.string == "True" }

  /// Since when the pod is ready.
  var readySince: Timestamp? {
    guard let ready = condition("Ready"), ready["status"]?.string == "True" else { return nil }
    return ready["lastTransitionTime"]?.string.flatMap(Timestamp.init(rfc3339:)) ?? Timestamp(seconds: 0)
  }

  /// When a ready pod counts as available; `nil` while it is not ready.
  func availableSince(minReadySeconds: Int64) -> Timestamp? {
    readySince.map { minReadySeconds > 0 ? $0 + .seconds(minReadySeconds) : Timestamp(microseconds: .min) }
  }

  /// Whether a pod has been ready for long enough.
  func isAvailablePod(minReadySeconds: Int64, now: Timestamp) -> Bool {
    availableSince(minReadySeconds: minReadySeconds).map { $0 <= now } ?? false
  }

  /// `metadata.creationTimestamp` as a time.
  var created: Timestamp? { creationTimestamp.flatMap(Timestamp.init(rfc3339:)) }

  /// The node a pod is bound to; `nil` before.
  var nodeName: String? {
    guard let name = self[path: "spec", "nodeName"]?.string, !name.isEmpty else { return nil }
    return name
  }

  /// `spec.minReadySeconds`.
  var minReadySeconds: Int64 { self[path: "spec", "minReadySeconds"]?.int ?? 0 }

  /// `spec.replicas`, 1 when absent.
  var specReplicas: Int { Int(self[path: "spec", "replicas"]?.int ?? 1) }

  /// A number of the status, 0 when absent.
  func statusCount(_ field: String) -> Int { Int(self[path: "status", field]?.int ?? 0) }

  /// The selector under `spec.selector`; `nil` when there is none.
  var podSelector: LabelSelector? { self[path: "spec", "selector"].flatMap(LabelSelector.init(json:)) }

  /// How often the containers have restarted.
  var restarts: Int64 {
    (self[path: "status", "containerStatuses"]?.array ?? []).reduce(0) { $0 + ($1["restartCount"]?.int ?? 0) }
  }
}
