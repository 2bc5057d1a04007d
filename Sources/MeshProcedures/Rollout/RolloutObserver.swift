import KubeClient
import KubeModel
import MeshTopology
import Seams

/// Looks at everything a rollout depends on.
struct RolloutObserver {
  let plan: RolloutPlan
  let metrics: any MetricsSource
  var reader: FreshReader

  private var namespace: String { plan.workload.namespace }

  /// - Returns: what is true, and the highest epoch that any of the objects carries.
  /// - Throws: `StaleRead`; `KubeError`.
  mutating func observe(
    _ checkpoint: RolloutCheckpoint, now: Timestamp
  ) async throws -> (observation: RolloutObservation, epoch: Int64) {
    let stable = try await reader.get(.deployment, namespace: namespace, name: plan.workload.name)
    let canary = try await reader.get(.deployment, namespace: namespace, name: plan.canaryName)
    let route = try await reader.get(.virtualService, namespace: namespace, name: plan.workload.name)
    let autoscaler =
      plan.autoscalerMinimum == nil || !checkpoint.phase.changesAutoscaler
      ? nil : try await reader.get(.horizontalPodAutoscaler, namespace: namespace, name: plan.workload.name)

    var observation = RolloutObservation(
      stable: stable.map { RolloutObservation.Fleet($0, plan: plan) },
      canary: canary.map { RolloutObservation.Fleet($0, plan: plan) },
      route: route.map { route in
        RolloutObservation.Route(
          resourceVersion: route.resourceVersion,
          canary: RolloutRoutes.canaryWeight(
            in: route[path: "spec", "http"], canarySubset: plan.routes.canarySubset))
      },
      autoscalerMinimum: autoscaler.map { Int($0[path: "spec", "minReplicas"]?.int ?? 1) })
    try await explain(&observation.stable, track: MeshLabels.stable)
    try await explain(&observation.canary, track: MeshLabels.canary)
    if checkpoint.phase.isWatched {
      observation.stableRequests = await requests(to: plan.workload.name, checkpoint, now)
      observation.canaryRequests = await requests(to: plan.canaryName, checkpoint, now)
    }
    let epochs = [stable, canary, route, autoscaler].compactMap {
      $0?.annotations[ReleaseMark.epochAnnotation].flatMap(Int64.init)
    }
    return (observation, epochs.max() ?? 0)
  }

  /// Finds out from the pods why a Deployment is not ready.
  private func explain(_ fleet: inout RolloutObservation.Fleet?, track: String) async throws {
    guard var known = fleet, known.ready < known.desired else { return }
    let labels = LabelSelector(matchLabels: [MeshLabels.app: plan.workload.name, MeshLabels.track: track])
    let pods = try await reader.client.list(.pod, namespace: namespace, labels: labels).items
    let containers = pods.filter { $0.deletionTimestamp == nil }
      .flatMap { $0[path: "status", "containerStatuses"]?.array ?? [] }
    for container in containers {
      // Restarts of a container that runs are of the past, and say nothing about another that waits.
      guard let waiting = container[path: "state", "waiting"] else { continue }
      let restarts = Int(container["restartCount"]?.int ?? 0)
      guard known.trouble == nil || restarts > known.restarts else { continue }
      known.restarts = restarts
      known.trouble = [waiting["reason"]?.string, waiting["message"]?.string].compactMap { $0 }
        .joined(separator: ": ")
    }
    fleet = known
  }

  /// What the metrics tell; `nil` when they cannot be had, which is no evidence.
  private func requests(
    to workload: String, _ checkpoint: RolloutCheckpoint, _ now: Timestamp
  ) async -> RequestSample? {
    try? await metrics.requests(namespace: namespace, workload: workload, after: checkpoint.since, to: now)
  }
}

extension RolloutCheckpoint.Phase {
  /// Whether the autoscaler may have to be changed in this phase.
  fileprivate var changesAutoscaler: Bool { self == .preparing || self == .cleaning }

  /// Whether requests are measured in this phase.
  fileprivate var isWatched: Bool {
    switch self {
    case .judging, .verifying: true
    default: false
    }
  }
}
