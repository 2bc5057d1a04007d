import KubeModel
import Seams

/// The end of a pod: its containers are asked to stop, and then the pod goes.
enum PodTermination {
  static func proceed(_ pod: KubeObject, in state: inout ClusterState) {
    guard pod.labels["fake/hold-termination"] != "true" else { return }
    let grace = pod[path: "metadata", "deletionGracePeriodSeconds"]?.int ?? 30
    guard let deadline = pod.deletionTimestamp.flatMap(Timestamp.init(rfc3339:)) else { return }
    let run = state.controllers.runs[pod.uid]
    let isRunning = run?.containers.contains(where: \.isRunning) ?? false
    var end = state.now
    if run != nil, !pod.isFinishedPod {
      let asked = deadline - .seconds(grace)
      let needed = isRunning ? Kubelet.stopTime + hookTime(of: pod) : .seconds(1)
      end = min(deadline, max(asked, Timestamp(seconds: 0)) + needed)
      if state.controllers.runs[pod.uid]?.isStopping == false {
        state.controllers.runs[pod.uid]?.isStopping = true
        for container in state.controllers.runs[pod.uid]?.containers ?? [] where container.isRunning {
          state.note(
            pod, .normal, "Killing", "Stopping container \(container.name)", by: "kubelet",
            host: pod.nodeName,
            field: "spec.containers{\(container.name)}")
        }
      }
    }
    guard end <= state.now else { return state.schedule(.pod(pod.key), at: end) }
    state.beginDeletion(.pod, pod.key, DeletionPolicy(gracePeriod: 0))
  }

  /// How long `preStop` hooks that sleep take.
  private static func hookTime(of pod: KubeObject) -> Duration {
    let containers = pod[path: "spec", "containers"]?.array ?? []
    return containers.map { container -> Duration in
      let hook = container[path: "lifecycle", "preStop"]
      if let seconds = hook?[path: "sleep", "seconds"]?.int { return .seconds(seconds) }
      guard let command = hook?[path: "exec", "command"] else { return .zero }
      return ContainerProgram(container: ["command": command], isTask: false).runTime ?? .zero
    }.max() ?? .zero
  }
}
