import KubeModel
import Seams

/// The horizontal pod autoscaler, on the CPU that the simulated requests cost: every 15 s, tolerance
/// 0.1, desired = ceil(ready × ratio), scale-down by the highest recommendation of the window.
enum AutoscalerController {
  static let interval = Duration.seconds(15)
  private static let tolerance = 0.1

  static func reconcile(_ key: ObjectKey, in state: inout ClusterState) {
    guard let autoscaler = state.store.get(.horizontalPodAutoscaler, key) else {
      state.traffic.forgetRecommendations(of: key)
      return
    }
    defer { state.schedule(.autoscaler(key), at: state.now + interval) }
    let target = ObjectKey(
      namespace: key.namespace, name: autoscaler[path: "spec", "scaleTargetRef", "name"]?.string ?? "")
    guard let deployment = state.store.get(.deployment, target) else { return }
    let current = DeploymentController.replicas(deployment)
    guard current > 0 else { return }  // a person switched it off

    let minimum = Int(autoscaler[path: "spec", "minReplicas"]?.int ?? 1)
    let maximum = Int(autoscaler[path: "spec", "maxReplicas"]?.int ?? 1)
    let ready = state.readyPods(of: deployment)
    var wanted = current
    if let ratio = utilizationRatio(autoscaler, deployment, ready: ready, in: state),
      abs(ratio - 1) > tolerance
    {
      wanted = Int(min((Double(ready) * ratio).rounded(.up), Double(maximum)))
    }
    wanted = stabilized(min(max(wanted, minimum), maximum), current: current, key, autoscaler, in: &state)
    if wanted > current {
      wanted = min(wanted, max(current + 4, current * 2))
    }
    wanted = min(max(wanted, minimum), maximum)
    if wanted != current { scale(deployment, to: wanted, in: &state) }
    writeStatus(autoscaler, current: current, desired: wanted, in: &state)
  }

  /// CPU used over CPU wanted; `nil` without a CPU target, requests or a ready pod.
  private static func utilizationRatio(
    _ autoscaler: KubeObject, _ deployment: KubeObject, ready: Int, in state: ClusterState
  ) -> Double? {
    let metrics = autoscaler[path: "spec", "metrics"]?.array ?? []
    let cpu = metrics.first { $0[path: "resource", "name"]?.string == "cpu" }
    let containers = deployment[path: "spec", "template", "spec", "containers"]?.array ?? []
    guard ready > 0, state.traffic.hasHistory(of: deployment.key, over: .seconds(30), now: state.now),
      let percent = cpu?[path: "resource", "target", "averageUtilization"]?.number,
      let text = containers.first?[path: "resources", "requests", "cpu"]?.string,
      let request = Quantity(parsing: text)?.value, request > 0
    else { return nil }
    let image = containers.first?["image"]?.string ?? ""
    let cost = state.images.behavior(of: image).cpuSecondsPerRequest
    let rate = state.traffic.requestRate(of: deployment.key, over: .seconds(30), now: state.now)
    return rate * cost / Double(ready) / (request * percent / 100)
  }

  private static func stabilized(
    _ wanted: Int, current: Int, _ key: ObjectKey, _ autoscaler: KubeObject, in state: inout ClusterState
  ) -> Int {
    let window = autoscaler[path: "spec", "behavior", "scaleDown", "stabilizationWindowSeconds"]?.int ?? 300
    let highest = state.traffic.recommend(
      wanted, for: key, atFirst: current, window: .seconds(window), now: state.now)
    return wanted < current ? min(current, max(wanted, highest)) : wanted
  }

  private static func scale(_ deployment: KubeObject, to count: Int, in state: inout ClusterState) {
    var changed = deployment
    changed.set("spec", "replicas", to: .int(Int64(count)))
    var spec = FieldSet()
    spec.children[.field("replicas")] = FieldSet(isMember: true)
    var set = FieldSet()
    set.children[.field("spec")] = spec
    var managed = ManagedFields(deployment)
    managed.update(
      manager: "kube-controller-manager", subresource: "scale", apiVersion: deployment.apiVersion,
      changed: set,
      removed: FieldSet(), time: nil)
    managed.write(to: &changed)
    state.update(changed, kind: .deployment, manager: nil)
  }

  private static func writeStatus(
    _ autoscaler: KubeObject, current: Int, desired: Int, in state: inout ClusterState
  ) {
    guard var changed = state.store.get(.horizontalPodAutoscaler, autoscaler.key) else { return }
    changed.set("status", "currentReplicas", to: .int(Int64(current)))
    changed.set("status", "desiredReplicas", to: .int(Int64(desired)))
    state.update(changed, kind: .horizontalPodAutoscaler, manager: nil)
  }
}

extension ClusterState {
  /// The ready pods that a Deployment's selector matches.
  func readyPods(of deployment: KubeObject) -> Int {
    guard let selector = deployment[path: "spec", "selector"].flatMap(LabelSelector.init(json:)) else {
      return 0
    }
    return store.list(.pod, namespace: deployment.namespace ?? "").count {
      $0.isReadyPod && selector.matches($0.labels)
    }
  }
}
