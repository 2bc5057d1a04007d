import KubeModel
import Seams

/// What a disruption budget says of one more eviction.
struct EvictionBudget {
  private let budget: KubeObject

  init(_ budget: KubeObject) { self.budget = budget }

  private func status(_ field: String) -> Int64 { budget[path: "status", field]?.int ?? 0 }

  /// Whether pods that do not serve may go whatever the budget has left.
  var allowsUnhealthy: Bool {
    if budget[path: "spec", "unhealthyPodEvictionPolicy"]?.string == "AlwaysAllow" { return true }
    return status("desiredHealthy") > 0 && status("currentHealthy") >= status("desiredHealthy")
  }

  /// Why the eviction has to wait; `nil` when it may be.
  var refusal: StatusError? {
    if status("observedGeneration") < budget.generation {
      return tooMany(
        "The disruption budget \(budget.name) is still being processed by the server.", retryAfter: 10)
    }
    guard status("disruptionsAllowed") <= 0 else { return nil }
    return tooMany(
      "The disruption budget \(budget.name) needs \(status("desiredHealthy")) healthy pods and has "
        + "\(status("currentHealthy")) currently", retryAfter: 0)
  }

  private func tooMany(_ text: String, retryAfter: Int64) -> StatusError {
    var details: JSONObject = ["causes": [["reason": "DisruptionBudget", "message": .string(text)]]]
    if retryAfter > 0 { details["retryAfterSeconds"] = .int(retryAfter) }
    return StatusError(
      code: 429, reason: "TooManyRequests",
      message: "Cannot evict pod as it would violate the pod's disruption budget.", details: details)
  }

  /// The budget after the eviction of a pod, which the controller has yet to notice.
  func spent(on pod: KubeObject, now: Timestamp) -> KubeObject {
    var budget = budget
    let left = status("disruptionsAllowed") - 1
    budget.set("status", "disruptionsAllowed", to: .int(left))
    budget.set("status", "disruptedPods", pod.name, to: .string(now.rfc3339))
    guard left == 0 else { return budget }
    let conditions = (budget[path: "status", "conditions"]?.array ?? []).map { condition -> JSONValue in
      guard condition["type"]?.string == "DisruptionAllowed" else { return condition }
      var changed = condition
      if changed["status"] != "False" { changed["lastTransitionTime"] = .string(now.rfc3339) }
      changed["status"] = "False"
      changed["reason"] = "InsufficientPods"
      return changed
    }
    budget.set("status", "conditions", to: .array(conditions))
    return budget
  }
}
