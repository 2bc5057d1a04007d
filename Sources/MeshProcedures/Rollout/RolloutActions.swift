import KubeClient
import KubeModel
import MeshTopology
import Seams

/// The lock may run out before a write has landed.
struct LockRunsOut: Error {}

/// Carries out the effects of a rollout. Each is idempotent, carries the epoch, and is bound to the
/// version of the object it was decided on where a stale decision could do harm.
struct RolloutActions {
  let client: KubeClient
  let plan: RolloutPlan
  let lock: Lock
  let clock: any WorldClock
  /// Takes fields that other managers own: only when a person said so.
  let isForced: Bool

  private var namespace: String { plan.workload.namespace }

  /// - Returns: the object as written; `nil` when it was deleted.
  /// - Throws: `LockRunsOut` with nothing written; `KubeError`.
  func perform(_ effect: RolloutEffect, _ observation: RolloutObservation) async throws -> KubeObject? {
    switch effect {
    case .applyCanary(let replicas):
      return try await apply(
        canary(replicas: replicas), .deployment, version: observation.canary?.resourceVersion)
    case .setWeight(let weight):
      var object = KubeObject(kind: .virtualService, namespace: namespace, name: plan.workload.name)
      object.set("spec", "http", to: RolloutRoutes.http(plan.routes, canary: weight))
      return try await applyKeeping(&object, .virtualService, version: observation.route?.resourceVersion)
    case .setAutoscalerMinimum(let minimum):
      var object = KubeObject(kind: .horizontalPodAutoscaler, namespace: namespace, name: plan.workload.name)
      object.set("spec", "minReplicas", to: .int(Int64(minimum)))
      return try await applyKeeping(&object, .horizontalPodAutoscaler, version: nil)
    case .promoteTemplate: return try await applyTemplate(plan.candidate.template, observation)
    case .restoreTemplate: return try await applyTemplate(plan.stable.template, observation)
    case .deleteCanary:
      try requireLock()
      try await client.delete(
        .deployment, namespace: namespace, name: plan.canaryName, uid: observation.canary?.uid)
      return nil
    }
  }

  private func canary(replicas: Int) -> KubeObject {
    let labels = [MeshLabels.app: plan.workload.name, MeshLabels.track: MeshLabels.canary]
    var object = KubeObject(kind: .deployment, namespace: namespace, name: plan.canaryName)
    object.labels = labels.merging([MeshLabels.managedBy: MeshLabels.meshctl]) { own, _ in own }
    object.set("spec", "replicas", to: .int(Int64(replicas)))
    object.set("spec", "selector", "matchLabels", to: .strings(labels))
    var template = plan.candidate.template.object ?? JSONObject()
    template.set(["metadata", "labels", MeshLabels.track], to: .string(MeshLabels.canary))
    object.set("spec", "template", to: .object(template))
    return object
  }

  private func applyTemplate(_ template: JSONValue, _ observation: RolloutObservation) async throws
    -> KubeObject?
  {
    var object = KubeObject(kind: .deployment, namespace: namespace, name: plan.workload.name)
    object.set(
      "spec", "selector", "matchLabels",
      to: .strings([MeshLabels.app: plan.workload.name, MeshLabels.track: MeshLabels.stable]))
    object.set("spec", "template", to: template)
    return try await apply(object, .deployment, version: observation.stable?.resourceVersion)
  }

  /// Applies `changes` together with the rest of the live spec: what a manager leaves out it gives up.
  private func applyKeeping(
    _ changes: inout KubeObject, _ kind: ResourceKind, version: String?
  ) async throws -> KubeObject? {
    guard let live = try await client.get(kind, namespace: namespace, name: plan.workload.name) else {
      throw ProcedureError(.unreachable, "the \(kind.kind) \(plan.workload) is gone")
    }
    var spec = live.fields["spec"]?.object ?? JSONObject()
    for member in changes.fields["spec"]?.object?.members ?? [] { spec[member.key] = member.value }
    changes.fields["spec"] = .object(spec)
    return try await apply(changes, kind, version: version ?? live.resourceVersion)
  }

  private func apply(_ object: KubeObject, _ kind: ResourceKind, version: String? = nil) async throws
    -> KubeObject
  {
    var object = object
    object.annotations[ReleaseMark.epochAnnotation] = String(lock.epoch)
    if let version { object.set("metadata", "resourceVersion", to: .string(version)) }
    try requireLock()
    return try await client.apply(object, kind: kind, manager: FieldManager.rollout, isForced: isForced)
  }

  /// Asked right before each write, because what comes before it may take its time.
  private func requireLock() throws {
    guard lock.isSafe(at: clock.now) else { throw LockRunsOut() }
  }
}
