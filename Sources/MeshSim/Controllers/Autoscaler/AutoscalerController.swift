import KubeModel
import Seams

/// The horizontal pod autoscaler: every 15 s it compares metrics with their targets and sets the size of what it
/// scales.
enum AutoscalerController {
  static let interval = Duration.seconds(15)
  private static let source = "horizontal-pod-autoscaler"

  static func reconcile(_ key: ObjectKey, in state: inout ClusterState) {
    guard var autoscaler = state.store.get(.horizontalPodAutoscaler, key) else {
      state.controllers.autoscalers[key] = nil
      return
    }
    defer { state.schedule(.autoscaler(key), at: state.now + interval) }
    let before = autoscaler
    decide(&autoscaler, key, in: &state)
    autoscaler.set(
      "status", "observedGeneration", to: autoscaler.generation > 0 ? .int(autoscaler.generation) : nil)
    if autoscaler[path: "status", "desiredReplicas"] == nil {
      autoscaler.set("status", "desiredReplicas", to: 0)
    }
    if autoscaler[path: "status", "currentMetrics"] == nil {
      autoscaler.set("status", "currentMetrics", to: .null)
    }
    guard autoscaler.fields["status"] != before.fields["status"] else { return }
    state.revise(
      autoscaler, kind: .horizontalPodAutoscaler, manager: ControllerName.manager, subresource: "status")
  }

  private static func decide(_ autoscaler: inout KubeObject, _ key: ObjectKey, in state: inout ClusterState) {
    let now = state.now
    let reference = autoscaler[path: "spec", "scaleTargetRef"] ?? .null
    let target = ScaleTarget(reference, namespace: key.namespace)
    guard let target, let scaled = state.store.get(target.kind, target.key) else {
      let text =
        target.map { "\($0.kind.plural)/scale.\($0.kind.group) \"\($0.key.name)\" not found" }
        ?? "no matches for kind \"\(reference["kind"]?.string ?? "")\" in group \"\""
      autoscaler.setCondition(
        "AbleToScale", "False", reason: "FailedGetScale",
        message: "the HPA controller was unable to get the target's current scale: \(text)", now: now)
      return state.note(autoscaler, .warning, "FailedGetScale", text, by: source)
    }
    autoscaler.setCondition(
      "AbleToScale", "True", reason: "SucceededGetScale",
      message: "the HPA controller was able to get the target's current scale", now: now)
    let current = scaled.specReplicas
    let rules = ScalingRules(autoscaler)
    var memory = state.controllers.autoscalers[key] ?? AutoscalerMemory()
    if memory.recommendations.isEmpty { memory.recommend(current, at: now, keeping: .seconds(3_600)) }
    var wanted = current
    var reason = ""
    defer { state.controllers.autoscalers[key] = memory }
    if current == 0, rules.minimum != 0 {
      autoscaler.setCondition(
        "ScalingActive", "False", reason: "ScalingDisabled",
        message: "scaling is disabled since the replica count of the target is zero", now: now)
      wanted = 0
    } else if current > rules.maximum {
      (wanted, reason) = (rules.maximum, "Current number of replicas above Spec.MaxReplicas")
    } else if current < rules.minimum {
      (wanted, reason) = (rules.minimum, "Current number of replicas below Spec.MinReplicas")
    } else {
      guard let proposal = read(&autoscaler, scaled, rules, &memory, in: &state) else {
        autoscaler.set("status", "currentReplicas", to: current > 0 ? .int(Int64(current)) : nil)
        return
      }
      reason = proposal.replicas > current ? "\(proposal.name) above target" : "All metrics below target"
      wanted = limit(proposal.replicas, current: current, rules, &memory, &autoscaler, now: now)
    }
    if wanted != current {
      target.scale(scaled, to: wanted, in: &state)
      memory.scaled(from: current, to: wanted, at: now)
      state.note(
        autoscaler, .normal, "SuccessfulRescale", "New size: \(wanted); reason: \(reason)", by: source)
      autoscaler.setCondition(
        "AbleToScale", "True", reason: "SucceededRescale",
        message: "the HPA controller was able to update the target scale to \(wanted)", now: now)
      autoscaler.set("status", "lastScaleTime", to: .string(now.rfc3339))
    }
    autoscaler.set("status", "currentReplicas", to: current > 0 ? .int(Int64(current)) : nil)
    autoscaler.set("status", "desiredReplicas", to: .int(Int64(wanted)))
  }

  private static func limit(
    _ proposed: Int, current: Int, _ rules: ScalingRules, _ memory: inout AutoscalerMemory,
    _ autoscaler: inout KubeObject, now: Timestamp
  ) -> Int {
    let stable = rules.stabilized(proposed, current: current, memory, now: now)
    memory.recommend(proposed, at: now, keeping: max(rules.upWindow, rules.downWindow))
    if stable != proposed {
      autoscaler.setCondition(
        "AbleToScale", "True", reason: stable > proposed ? "ScaleDownStabilized" : "ScaleUpStabilized",
        message: stable > proposed
          ? "recent recommendations were higher than current one, applying the highest recent recommendation"
          : "recent recommendations were lower than current one, applying the lowest recent recommendation",
        now: now)
    } else {
      autoscaler.setCondition(
        "AbleToScale", "True", reason: "ReadyForNewScale", message: "recommended size matches current size",
        now: now)
    }
    let outcome = rules.limited(stable, current: current, memory, now: now)
    autoscaler.setCondition(
      "ScalingLimited", outcome.isLimited ? "True" : "False", reason: outcome.reason,
      message: outcome.message, now: now)
    return outcome.replicas
  }

  /// The greatest proposal of all metrics. One that cannot be read keeps the others from scaling down.
  private static func read(
    _ autoscaler: inout KubeObject, _ scaled: KubeObject, _ rules: ScalingRules,
    _ memory: inout AutoscalerMemory,
    in state: inout ClusterState
  ) -> MetricProposal? {
    let metrics = autoscaler[path: "spec", "metrics"]?.array ?? []
    let census = census(of: scaled, &memory, in: state)
    let usage = ResourceUsage(of: scaled, ready: census.ready, in: state)
    let reading = MetricReading(
      rules: rules, census: census, current: scaled.specReplicas, usage: usage.perPod,
      values: state.controllers.metrics,
      namespace: scaled.namespace ?? "")
    var best: MetricProposal?
    var statuses: [JSONValue] = []
    var failures: [MetricFailure] = []
    for metric in metrics {
      do throws(MetricFailure) {
        let proposal = try reading.proposal(metric)
        statuses.append(proposal.status)
        if proposal.replicas > best?.replicas ?? -1 { best = proposal }
      } catch let failure {
        failures.append(failure)
        state.note(autoscaler, .warning, failure.reason, failure.message, by: source)
      }
    }
    let isBlocked = failures.count == metrics.count || (best?.replicas ?? 0) < scaled.specReplicas
    if let first = failures.first, isBlocked {
      let text =
        "invalid metrics (\(failures.count) invalid out of \(metrics.count)), first error is: \(prefix(first))\(first.message)"
      autoscaler.setCondition(
        "ScalingActive", "False", reason: first.reason,
        message: "the HPA was unable to compute the replica count: \(first.message)", now: state.now)
      state.note(autoscaler, .warning, "FailedComputeMetricsReplicas", text, by: source)
      return nil
    }
    guard let best else { return nil }
    autoscaler.setCondition(
      "ScalingActive", "True", reason: "ValidMetricFound",
      message: "the HPA was able to successfully calculate a replica count from \(best.name)", now: state.now)
    autoscaler.set("status", "currentMetrics", to: .array(statuses))
    return best
  }

  private static func prefix(_ failure: MetricFailure) -> String {
    failure.reason == "FailedGetResourceMetric" ? "failed to get cpu resource metric value: " : ""
  }

  private static func census(
    of scaled: KubeObject, _ memory: inout AutoscalerMemory, in state: ClusterState
  ) -> PodCensus {
    let namespace = scaled.namespace ?? ""
    let changes = state.controllers.podChanges[namespace] ?? 0
    if let known = memory.census, known.changes == changes { return known.pods }
    let selector = scaled.podSelector ?? LabelSelector([.exists("\u{0}")])
    let pods = PodCensus(state.store.list(.pod, namespace: namespace).filter { selector.matches($0.labels) })
    memory.census = (changes, pods)
    return pods
  }
}
