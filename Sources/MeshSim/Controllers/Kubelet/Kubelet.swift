import KubeModel
import Seams

/// The kubelets of all nodes: starts the containers of pods that are bound, restarts what ends, says what is,
/// and completes deletions.
enum Kubelet {
  /// How long containers take to stop when they are asked to.
  static let stopTime = Duration.seconds(2)

  static func reconcile(_ key: ObjectKey, in state: inout ClusterState) {
    guard let pod = state.store.get(.pod, key), let name = pod.nodeName,
      let node = state.store.get(.node, ObjectKey(namespace: "", name: name)), node.isReadyNode,
      state.faults.loss(of: node) == nil
    else { return }
    if pod.deletionTimestamp != nil { return PodTermination.proceed(pod, in: &state) }
    guard !pod.isFinishedPod, pod.labels["fake/pending"] != "true" else { return }
    guard VolumeBinding.isMounted(pod, in: state) else {
      return state.schedule(.pod(key), at: state.now + .seconds(1))
    }
    sync(pod, on: node, in: &state)
  }

  private static func sync(_ pod: KubeObject, on node: KubeObject, in state: inout ClusterState) {
    var run = state.controllers.runs[pod.uid] ?? PodRun.resumed(pod, now: state.now)
    let behaviors = ContainerBehaviors(pod, in: state)
    run.notice(pod, behaviors, now: state.now)
    run.advance(to: state.now, behaviors.behavior)
    run.advanceEphemeral(to: state.now, behaviors.behavior)
    var changed = pod
    let address = podAddress(of: pod, node, in: &state)
    PodStatusForm.write(run, to: &changed, addresses: (hostAddress(node), address), now: state.now)
    if changed.fields["status"] != pod.fields["status"] {
      changed = state.revise(changed, kind: .pod, manager: ControllerName.kubelet, subresource: "status")
    }
    KubeletEvents.tell(&run, pod, node: node.name, in: &state)
    state.controllers.runs[pod.uid] = run
    if let next = run.nextChange(after: state.now) { state.schedule(.pod(pod.key), at: next) }
  }

  /// Lets the first of the containers of a running pod that are meant crash.
  ///
  /// - Parameter isMeant: tells by the image.
  static func crash(
    _ pod: KubeObject, in state: inout ClusterState, containers isMeant: (String) -> Bool = { _ in true }
  ) {
    guard pod.deletionTimestamp == nil, let live = state.store.get(.pod, pod.key),
      var run = state.controllers.runs[live.uid],
      let index = run.containers.firstIndex(where: { !$0.isInit && $0.isRunning && isMeant($0.image) })
    else { return }
    run.crash(index, now: state.now)
    state.controllers.runs[live.uid] = run
    reconcile(pod.key, in: &state)
  }

  /// Lets a container's program end, as one does whose input ends.
  static func end(_ container: String, of key: ObjectKey, exitCode: Int64, in state: inout ClusterState) {
    guard let live = state.store.get(.pod, key), var run = state.controllers.runs[live.uid] else { return }
    if let index = run.containers.firstIndex(where: { $0.name == container && $0.isRunning }) {
      run.end(index, exitCode: exitCode, now: state.now)
    } else if let index = run.ephemeral.firstIndex(where: { $0.name == container && $0.isRunning }) {
      run.ephemeral[index].end(exitCode: exitCode, now: state.now)
    } else {
      return
    }
    state.controllers.runs[live.uid] = run
    reconcile(key, in: &state)
  }

  /// The image of a pod's first container.
  static func image(of pod: KubeObject) -> String {
    pod[path: "spec", "containers"]?.array?.first?["image"]?.string ?? ""
  }

  private static func hostAddress(_ node: KubeObject) -> String {
    let addresses = node[path: "status", "addresses"]?.array ?? []
    return addresses.first { $0["type"]?.string == "InternalIP" }?["address"]?.string ?? "127.0.0.1"
  }

  private static func podAddress(of pod: KubeObject, _ node: KubeObject, in state: inout ClusterState)
    -> String
  {
    if let address = pod[path: "status", "podIP"]?.string, !address.isEmpty { return address }
    if pod[path: "spec", "hostNetwork"]?.bool == true { return hostAddress(node) }
    state.controllers.nextPodAddress &+= 1
    let number = state.controllers.nextPodAddress
    return "10.1.\(number / 250 % 250).\(1 + number % 250)"
  }

  /// The number that an address was made of, in its first round; `nil` for an address of something else.
  static func number(ofAddress address: String) -> UInt32? {
    let parts = address.split(separator: ".").compactMap { UInt32($0) }
    guard parts.count == 4, parts[0] == 10, parts[1] == 1, parts[3] > 0 else { return nil }
    return parts[2] * 250 + parts[3] - 1
  }
}
