import KubeClient
import KubeModel
import MeshRender
import MeshTopology
import Seams

/// Makes the plan of a rollout from what Git declares and what runs.
struct RolloutPlanner {
  let client: KubeClient
  let world: World

  /// - Throws: `ProcedureError` with `.invalidInput` when there is nothing to roll out, or no way to.
  func plan(_ request: RolloutRequest) async throws -> RolloutPlan {
    var workload = request.workload
    let place = "Workload \(workload.reference)"
    guard let policy = workload.rollout else {
      throw ProcedureError(
        .invalidInput, "\(workload.name) declares no rollout policy", place: place,
        remedy: "add spec.rollout to it, or change it with meshctl sync")
    }
    if let image = request.image { workload.image = image }
    let steps = try RolloutRequest.steps((request.steps ?? policy.steps).map(\.percent), option: place)
    let renderer = Renderer(topology: request.topology)
    guard let resting = renderer.virtualService(for: workload)?[path: "spec", "http"],
      let running = renderer.virtualService(for: workload, canaryWeight: .firstStep)?[path: "spec", "http"]
    else {
      throw ProcedureError(
        .invalidInput, "\(workload.name) has no port whose requests can be routed by weight", place: place,
        remedy: "declare a port with protocol http, http2 or grpc")
    }
    let candidate = ReleaseMark.marking(
      renderer.deployment(for: workload)[path: "spec", "template"] ?? .object([:]))
    let live = try await stableDeployment(of: workload)
    let template = live[path: "spec", "template"] ?? .object([:])
    let image = template[path: "spec", "containers"]?.array?.first?["image"]?.string ?? ""
    if ReleaseMark.mark(of: template) == ReleaseMark.mark(of: candidate), image == workload.image.description
    {
      throw ProcedureError(
        .invalidInput, "\(workload.name) already runs \(image) as declared; there is nothing to roll out",
        place: place, remedy: "commit a new image or configuration, or name one with --image")
    }
    let replicas = Int(live[path: "spec", "replicas"]?.int ?? 1)
    guard replicas > 0 else {
      throw ProcedureError(
        .invalidInput, "\(workload.name) is scaled to 0, so there is no traffic to judge by", place: place,
        remedy: "scale it up first, or change it with meshctl sync")
    }
    let autoscaler = try await client.get(
      .horizontalPodAutoscaler, namespace: workload.namespace, name: workload.name)
    // A person may have scaled beyond what the autoscaler is going to leave.
    let capacity = min(replicas, Int(autoscaler?[path: "spec", "maxReplicas"]?.int ?? .max))
    return RolloutPlan(
      workload: workload.reference, run: 0, commit: request.commit,
      stable: RolloutPlan.Release(image: image, template: template),
      candidate: RolloutPlan.Release(image: workload.image.description, template: candidate),
      steps: steps, holds: request.holds, bake: policy.bake,
      readyDeadline: policy.readyDeadline, judge: policy.judge, capacity: capacity,
      autoscalerMinimum: autoscaler.map { Int($0[path: "spec", "minReplicas"]?.int ?? 1) },
      routes: RolloutPlan.Routes(
        resting: resting, running: running,
        canarySubset: workload.traffic?.canarySubset ?? MeshLabels.canary),
      startedBy: world.identity, startedAt: world.clock.now)
  }

  private func stableDeployment(of workload: Workload) async throws -> KubeObject {
    guard let live = try await client.get(.deployment, namespace: workload.namespace, name: workload.name),
      try await client.get(.virtualService, namespace: workload.namespace, name: workload.name) != nil
    else {
      throw ProcedureError(
        .invalidInput, "\(workload.name) is not in the cluster \(client.cluster) yet",
        place: "Deployment \(workload.reference)", remedy: "run meshctl sync first")
    }
    return live
  }
}
