import KubeModel
import Seams

/// The events of kubelets.
enum KubeletEvents {
  /// Tells what has happened to the containers since the last turn.
  static func tell(_ run: inout PodRun, _ pod: KubeObject, node: String, in state: inout ClusterState) {
    tellOfEphemeral(&run, pod, node: node, in: &state)
    for index in run.containers.indices where !run.containers[index].news.isEmpty {
      let container = run.containers[index]
      run.containers[index].news = []
      let field = "spec.\(container.isInit ? "initContainers" : "containers"){\(container.name)}"
      for news in container.news {
        if news == .started { state.runEffects(of: container.name, in: pod) }
        for (type, reason, message) in texts(news, container, pod, node: node, in: &state) {
          state.note(pod, type, reason, message, by: "kubelet", host: node, field: field)
        }
      }
    }
  }

  private static func tellOfEphemeral(
    _ run: inout PodRun, _ pod: KubeObject, node: String, in state: inout ClusterState
  ) {
    for index in run.ephemeral.indices where !run.ephemeral[index].news.isEmpty {
      let container = run.ephemeral[index]
      run.ephemeral[index].news = []
      for news in container.news {
        for (type, reason, message) in texts(news, container, pod, node: node, in: &state) {
          state.note(
            pod, type, reason, message, by: "kubelet", host: node,
            field: "spec.ephemeralContainers{\(container.name)}")
        }
      }
    }
  }

  private static func texts(
    _ news: ContainerRun.News, _ container: ContainerRun, _ pod: KubeObject, node: String,
    in state: inout ClusterState
  ) -> [(EventType, String, String)] {
    let image = container.image
    switch news {
    case .pulling:
      let isNew = state.controllers.pulledImages.insert("\(node) \(image)").inserted
      let isPulled = !container.news.contains(.failedPull)
      if !isNew, isPulled, pullsOnlyIfMissing(container, pod) {
        return [(.normal, "Pulled", "Container image \"\(image)\" already present on machine")]
      }
      let pulling = (EventType.normal, "Pulling", "Pulling image \"\(image)\"")
      guard isPulled else { return [pulling] }
      let time = 400 + Int(StableHash.of(image) % 1_100)
      let text = time >= 1_000 ? "\(Double(time) / 1_000)s" : "\(time)ms"
      return [
        pulling,
        (
          .normal, "Pulled",
          "Successfully pulled image \"\(image)\" in \(text) (\(text) including waiting). "
            + "Image size: \(20_000_000 + StableHash.of(image) % 80_000_000) bytes."
        ),
      ]
    case .started:
      return [
        (.normal, "Created", "Container created"), (.normal, "Started", "Container started"),
      ]
    case .failedPull:
      return [
        (
          .warning, "Failed",
          "Failed to pull image \"\(image)\": failed to pull and unpack image \"\(image)\": not found"
        ),
        (.warning, "Failed", "Error: ErrImagePull"),
      ]
    case .backOffPull:
      return [
        (.normal, "BackOff", "Back-off pulling image \"\(image)\""),
        (.warning, "Failed", "Error: ImagePullBackOff"),
      ]
    case .backOff:
      return [
        (
          .warning, "BackOff",
          "Back-off restarting failed container \(container.name) in pod \(pod.name)_\(pod.namespace ?? "")(\(pod.uid))"
        )
      ]
    case .killing: return [(.normal, "Killing", "Stopping container \(container.name)")]
    }
  }

  private static func pullsOnlyIfMissing(_ container: ContainerRun, _ pod: KubeObject) -> Bool {
    let specs =
      (pod[path: "spec", "containers"]?.array ?? []) + (pod[path: "spec", "initContainers"]?.array ?? [])
    let policy = specs.first { $0["name"]?.string == container.name }?["imagePullPolicy"]?.string
    return policy != "Always"
  }
}
