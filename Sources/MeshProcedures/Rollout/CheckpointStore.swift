import KubeClient
import KubeModel
import MeshTopology

/// Keeps the checkpoints of a workload's rollouts: one ConfigMap a run.
struct CheckpointStore {
  let client: KubeClient
  let workload: WorkloadReference

  static let procedureLabel = "meshctl.dev/procedure"
  static let workloadLabel = "meshctl.dev/workload"
  private static let dataKey = "checkpoint.json"
  /// How many runs that are over are kept.
  static let runLimit = 10

  func name(ofRun run: Int) -> String { "rollout-\(workload.name)-\(run)" }

  /// All runs, oldest first.
  ///
  /// - Throws: `ProcedureError` when a checkpoint is not readable; `KubeError`.
  func all() async throws -> [(checkpoint: RolloutCheckpoint, object: KubeObject)] {
    let selector = LabelSelector(matchLabels: [
      CheckpointStore.procedureLabel: "rollout", CheckpointStore.workloadLabel: workload.name,
    ])
    let objects = try await client.list(.configMap, namespace: workload.namespace, labels: selector).items
    return try objects.map { (try decode($0), $0) }.sorted { $0.0.plan.run < $1.0.plan.run }
  }

  /// Whether the last run is not over.
  ///
  /// - Throws: as `all`.
  func hasOpenRun() async throws -> Bool {
    try await all().last.map { $0.checkpoint.phase != .ended } ?? false
  }

  func decode(_ object: KubeObject) throws -> RolloutCheckpoint {
    guard let text = object[path: "data", CheckpointStore.dataKey]?.string,
      let json = try? JSONValue(json: text), let checkpoint = RolloutCheckpoint(json: json)
    else {
      throw ProcedureError(
        .invalidInput, "the checkpoint is damaged or was written by a newer meshctl",
        place: object.reference.description,
        remedy: "use the meshctl that wrote it, or delete it after bringing the workload in order by hand")
    }
    return checkpoint
  }

  func object(for checkpoint: RolloutCheckpoint, replacing live: KubeObject? = nil) -> KubeObject {
    var object =
      live
      ?? KubeObject(kind: .configMap, namespace: workload.namespace, name: name(ofRun: checkpoint.plan.run))
    object.set("metadata", "managedFields", to: nil)
    object.labels = [
      CheckpointStore.procedureLabel: "rollout", CheckpointStore.workloadLabel: workload.name,
      MeshLabels.managedBy: MeshLabels.meshctl,
    ]
    object.set("data", CheckpointStore.dataKey, to: .string(checkpoint.json.jsonText()))
    return object
  }

  /// Deletes the oldest runs that are over.
  func prune() async throws {
    let over = try await all().filter { $0.checkpoint.phase == .ended }
    for run in over.dropLast(CheckpointStore.runLimit) {
      try await client.delete(
        .configMap, namespace: workload.namespace, name: run.object.name, uid: run.object.uid)
    }
  }
}
