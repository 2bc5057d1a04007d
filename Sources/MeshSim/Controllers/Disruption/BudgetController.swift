import KubeModel
import Seams

/// Keeps the status of PodDisruptionBudgets, from which evictions are decided.
enum BudgetController {
  /// How long an eviction counts whose pod is still there.
  private static let evictionTimeout = Duration.seconds(120)

  static func reconcile(_ key: ObjectKey, in state: inout ClusterState) {
    guard let budget = state.store.get(.podDisruptionBudget, key), budget.deletionTimestamp == nil else {
      return
    }
    let pods = state.store.list(.pod, namespace: key.namespace).filter {
      selects(budget, $0) && !$0.isFinishedPod
    }
    var problem: String?
    let expected = expectedCount(budget, pods, in: state, problem: &problem)
    if let problem {
      state.note(
        budget, .warning, "CalculateExpectedPodCountFailed",
        "Failed to calculate the number of expected pods: \(problem)", by: "controllermanager")
    }
    if pods.isEmpty {
      state.note(budget, .normal, "NoPods", "No matching pods found", by: "controllermanager")
    }
    let (disrupted, recheck) = disruptedPods(budget, pods, now: state.now)
    let status = status(
      of: budget, pods: pods, expected: expected, disrupted: disrupted, problem: problem, now: state.now)
    if let recheck { state.schedule(.budget(key), at: recheck) }
    guard budget.fields["status"] != status else { return }
    var changed = budget
    changed.fields["status"] = status
    state.revise(changed, kind: .podDisruptionBudget, manager: ControllerName.manager, subresource: "status")
  }

  static func selects(_ budget: KubeObject, _ pod: KubeObject) -> Bool {
    guard let json = budget[path: "spec", "selector"], let selector = LabelSelector(json: json) else {
      return false
    }
    return selector.matches(pod.labels)
  }

  static func status(
    of budget: KubeObject, pods: [KubeObject], expected: Expected, disrupted: JSONObject, problem: String?,
    now: Timestamp
  ) -> JSONValue {
    let healthy = pods.count { $0.isReadyPod && disrupted[$0.name] == nil }
    let allowed = problem == nil && expected.count > 0 ? max(0, healthy - expected.healthy) : 0
    var reported = budget
    let reason = problem != nil ? "SyncFailed" : allowed > 0 ? "SufficientPods" : "InsufficientPods"
    reported.setCondition(
      "DisruptionAllowed", allowed > 0 ? "True" : "False", reason: reason, message: problem ?? "", now: now,
      extra: [("observedGeneration", .int(budget.generation))])
    var status: JSONObject = [
      "currentHealthy": .int(Int64(healthy)), "desiredHealthy": .int(Int64(expected.healthy)),
      "expectedPods": .int(Int64(expected.count)), "disruptionsAllowed": .int(Int64(allowed)),
      "observedGeneration": .int(budget.generation), "conditions": .array(reported.conditions),
    ]
    if !disrupted.isEmpty { status["disruptedPods"] = .object(disrupted) }
    return .object(status)
  }

  struct Expected {
    var count: Int
    var healthy: Int
  }

  private static func expectedCount(
    _ budget: KubeObject, _ pods: [KubeObject], in state: ClusterState, problem: inout String?
  ) -> Expected {
    if let maximum = budget[path: "spec", "maxUnavailable"] {
      let count = scale(of: pods, in: state, problem: &problem)
      let unavailable = IntOrPercent.resolve(maximum, of: count, roundsUp: true) ?? 0
      return Expected(count: count, healthy: max(0, count - unavailable))
    }
    let minimum = budget[path: "spec", "minAvailable"] ?? 0
    if let number = minimum.int { return Expected(count: pods.count, healthy: Int(number)) }
    let count = scale(of: pods, in: state, problem: &problem)
    return Expected(count: count, healthy: IntOrPercent.resolve(minimum, of: count, roundsUp: true) ?? 0)
  }

  /// The pods that their controllers are to have, all together.
  private static func scale(of pods: [KubeObject], in state: ClusterState, problem: inout String?) -> Int {
    var counted: Set<String> = []
    var sum = 0
    for pod in pods {
      guard let reference = pod.controllerReference, let uid = reference["uid"]?.string,
        var owner = state.store.object(uid: uid)
      else {
        problem = problem ?? "found no controller ref for pod \"\(pod.name)\""
        return 0
      }
      if let above = owner.controllerReference?["uid"]?.string.flatMap({ state.store.object(uid: $0) }),
        owner.kind == "ReplicaSet"
      {
        owner = above
      }
      guard ["Deployment", "ReplicaSet", "StatefulSet", "ReplicationController"].contains(owner.kind) else {
        problem =
          problem
          ?? "\(owner.kind.lowercased())s.\(owner.apiVersion.split(separator: "/").first ?? "") does not implement the scale subresource"
        return 0
      }
      if counted.insert(owner.uid).inserted { sum += owner.specReplicas }
    }
    return sum
  }

  /// The evictions that are granted and not seen yet.
  private static func disruptedPods(
    _ budget: KubeObject, _ pods: [KubeObject], now: Timestamp
  ) -> (JSONObject, recheck: Timestamp?) {
    var kept = JSONObject()
    var recheck: Timestamp?
    for member in budget[path: "status", "disruptedPods"]?.object?.members ?? [] {
      guard let pod = pods.first(where: { $0.name == member.key }), pod.deletionTimestamp == nil,
        let time = member.value.string.flatMap(Timestamp.init(rfc3339:))
      else { continue }
      let end = time + evictionTimeout
      if end <= now { continue }
      kept[member.key] = member.value
      recheck = min(recheck ?? end, end)
    }
    return (kept, recheck)
  }
}
