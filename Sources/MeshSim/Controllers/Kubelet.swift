import KubeModel
import Seams

/// Scheduler and kubelet in one: takes a pod from Pending to Ready the way its image behaves, restarts
/// what crashes, and completes deletions.
enum Kubelet {
  private static let terminationTime = Duration.seconds(2)
  private static let backOffBase: Int64 = 10

  static func reconcile(_ key: ObjectKey, in state: inout ClusterState) {
    guard let pod = state.store.get(.pod, key) else { return }
    if let deadline = pod.deletionTimestamp.flatMap(Timestamp.init(rfc3339:)) {
      if state.now >= deadline {
        state.delete(.pod, key, manager: nil)
      } else {
        state.schedule(.pod(key), at: deadline)
      }
      return
    }
    guard pod[path: "spec", "nodeName"] != nil else { return bind(pod, in: &state) }
    if pod.isReadyPod { return }
    let due = nextStart(of: pod, in: state)
    guard state.now >= due else {
      state.schedule(.pod(key), at: due)
      return
    }
    start(pod, in: &state)
  }

  /// Begins a pod's deletion: it serves no more at once and is gone after its termination.
  static func terminate(_ pod: KubeObject, in state: inout ClusterState) {
    guard pod.deletionTimestamp == nil, var changed = state.store.get(.pod, pod.key) else { return }
    let end = state.now + terminationTime
    changed.set("metadata", "deletionTimestamp", to: .string(end.rfc3339))
    changed.set("metadata", "deletionGracePeriodSeconds", to: 2)
    state.update(changed, kind: .pod, manager: nil)
    state.schedule(.pod(pod.key), at: end)
  }

  /// Lets the container of a running pod crash.
  static func crash(_ pod: KubeObject, in state: inout ClusterState) {
    guard pod.deletionTimestamp == nil, let live = state.store.get(.pod, pod.key), live.isReadyPod else {
      return
    }
    setStatus(of: live, to: .crashed(restarts: restarts(of: live) + 1), in: &state)
    state.schedule(.pod(pod.key), at: nextStart(of: live, in: state))
  }

  private static func bind(_ pod: KubeObject, in state: inout ClusterState) {
    var changed = pod
    let node = Int(state.generator.next() % 3) + 1
    changed.set("spec", "nodeName", to: .string("\(state.name)-node-\(node)"))
    changed.set("status", "startTime", to: .string(state.now.rfc3339))
    changed.set("status", "hostIP", to: .string("10.0.1.\(node)"))
    let address = state.generator.next()
    changed.set("status", "podIP", to: .string("10.1.\(address % 250).\(1 + address / 250 % 250)"))
    setCondition(&changed, "PodScheduled", isTrue: true, now: state.now)
    state.update(changed, kind: .pod, manager: nil)
    state.schedule(.pod(pod.key), at: nextStart(of: changed, in: state))
  }

  /// When the container comes up next: its image's start-up time after the bind or after the back-off.
  private static func nextStart(of pod: KubeObject, in state: ClusterState) -> Timestamp {
    let behavior = state.images.behavior(of: image(of: pod))
    var generator = SeededGenerator(seed: state.seed, stream: StableHash.of(pod.uid))
    let startup = behavior.startup + behavior.startupJitter * generator.unit()
    let container = pod[path: "status", "containerStatuses"]?.array?.first
    let crashed = container?[path: "lastState", "terminated", "finishedAt"]?.string
    let bound = pod[path: "status", "startTime"]?.string
    guard let since = (crashed ?? bound).flatMap(Timestamp.init(rfc3339:)) else { return state.now }
    guard crashed != nil, behavior.failure == .crashLoop else { return since + startup }
    let doublings = min(5, max(0, restarts(of: pod) - 1))
    return since + .seconds(min(300, backOffBase << Int64(doublings))) + startup
  }

  private static func start(_ pod: KubeObject, in state: inout ClusterState) {
    switch state.images.behavior(of: image(of: pod)).failure {
    case .none: setStatus(of: pod, to: .ready, in: &state)
    case .neverReady: setStatus(of: pod, to: .running, in: &state)
    case .imagePull: setStatus(of: pod, to: .unpullable, in: &state)
    case .crashLoop:
      setStatus(of: pod, to: .crashed(restarts: restarts(of: pod) + 1), in: &state)
      guard let crashed = state.store.get(.pod, pod.key) else { return }
      state.schedule(.pod(pod.key), at: nextStart(of: crashed, in: state))
    }
  }

  private enum ContainerState {
    case ready
    case running
    case unpullable
    case crashed(restarts: Int)
  }

  private static func setStatus(
    of pod: KubeObject, to container: ContainerState, in state: inout ClusterState
  ) {
    var changed = pod
    let image = image(of: pod)
    let name = pod[path: "spec", "containers"]?.array?.first?["name"] ?? ""
    var status: JSONObject = [
      "name": name, "image": .string(image), "ready": false, "restartCount": .int(Int64(restarts(of: pod))),
    ]
    let now = JSONValue.string(state.now.rfc3339)
    switch container {
    case .ready, .running:
      if case .ready = container { status["ready"] = true }
      status["started"] = true
      status["state"] = ["running": ["startedAt": now]]
      changed.set("status", "phase", to: "Running")
    case .unpullable:
      status["state"] = [
        "waiting": [
          "reason": "ImagePullBackOff", "message": .string("Back-off pulling image \"\(image)\""),
        ]
      ]
    case .crashed(let restarts):
      status["restartCount"] = .int(Int64(restarts))
      status["state"] = [
        "waiting": [
          "reason": "CrashLoopBackOff",
          "message": .string("back-off restarting failed container in pod \(pod.name)"),
        ]
      ]
      status["lastState"] = ["terminated": ["exitCode": 1, "reason": "Error", "finishedAt": now]]
      changed.set("status", "phase", to: "Running")
    }
    changed.set("status", "containerStatuses", to: [.object(status)])
    var isReady = false
    if case .ready = container { isReady = true }
    setCondition(&changed, "ContainersReady", isTrue: isReady, now: state.now)
    setCondition(&changed, "Ready", isTrue: isReady, now: state.now)
    state.update(changed, kind: .pod, manager: nil)
  }

  private static func setCondition(_ pod: inout KubeObject, _ type: String, isTrue: Bool, now: Timestamp) {
    let status: JSONValue = isTrue ? "True" : "False"
    let old = pod[path: "status", "conditions"]?.array ?? []
    if old.contains(where: { $0["type"]?.string == type && $0["status"] == status }) { return }
    let condition: JSONValue = [
      "type": .string(type), "status": status, "lastTransitionTime": .string(now.rfc3339),
    ]
    pod.set("status", "conditions", to: .array(old.filter { $0["type"]?.string != type } + [condition]))
  }

  static func image(of pod: KubeObject) -> String {
    pod[path: "spec", "containers"]?.array?.first?["image"]?.string ?? ""
  }

  private static func restarts(of pod: KubeObject) -> Int {
    Int(pod[path: "status", "containerStatuses"]?.array?.first?["restartCount"]?.int ?? 0)
  }
}
