import KubeModel
import MeshProcedures
import MeshSim
import MeshTopology

/// What must be true when a rollout is over and nothing goes wrong any more.
struct Ending {
  let stage: Stage
  let outcome: RolloutCheckpoint.Outcome?
  /// Requests that found no pod before the rollout began, while the system came up.
  let lostBefore: Int

  func violations() -> [String] {
    let view = stage.cluster.view
    let (namespace, name) = (Reference.workload.namespace, Reference.workload.name)
    var violations: [String] = []
    func demand(_ isTrue: Bool, _ message: String) {
      if !isTrue { violations.append("at the end: " + message) }
    }

    let route = view.object(.virtualService, namespace: namespace, name: name)
    let rule = route?[path: "spec", "http"]?.array?.first { $0["match"] == nil }
    let weights = (rule?["route"]?.array ?? []).map { $0["weight"]?.int ?? 0 }
    demand(weights == [100, 0], "the weights are \(weights)")
    demand(
      view.object(.deployment, namespace: namespace, name: name + "-canary") == nil,
      "the canary is still there")
    demand(
      view.readyPods(namespace: namespace, labels: ["app": name, "track": "canary"]) == 0, "canary pods run")

    let stable = view.object(.deployment, namespace: namespace, name: name)
    let image = stable?[path: "spec", "template", "spec", "containers"]?.array?.first?["image"]?.string
    let wanted = outcome == .promoted ? Reference.candidateImage : Reference.stableImage
    if !stage.scenario.personEdits { demand(image == wanted, "the stable version is \(image ?? "none")") }
    let ready = view.readyPods(namespace: namespace, labels: ["app": name, "track": "stable"])
    let desired = Int(stable?[path: "spec", "replicas"]?.int ?? 0)
    demand(ready == desired && ready > 0, "\(ready) of \(desired) stable pods are ready")

    if stage.scenario.isAutoscaled {
      let minimum = view.object(.horizontalPodAutoscaler, namespace: namespace, name: name)?[
        path: "spec", "minReplicas"]
      demand(
        minimum?.int == Int64(stage.scenario.replicas), "the autoscaler's minimum is \(minimum?.int ?? -1)")
    }
    let holder = view.object(.lease, namespace: namespace, name: "rollout-\(name)")?[
      path: "spec", "holderIdentity"]
    if !stage.scenario.hasFaults, stage.scenario.kill == nil {
      demand(holder == nil, "the lock is still held")
    }

    if stage.scenario.release != .good { demand(outcome != .promoted, "a bad release was promoted") }
    if stage.scenario.release == .good, !stage.scenario.hasFaults, stage.scenario.hasEnoughTraffic {
      demand(outcome == .promoted, "a good release was not promoted")
    }
    if !stage.scenario.isDisturbed {
      let lost = stage.lostRequests - lostBefore
      demand(lost == 0, "\(lost) requests found no ready pod")
    }
    return violations
  }
}
