import HTTPTypes
import KubeModel

/// Sessions with a container. They need a connection that is more than request and answer; who holds such a
/// connection asks `SimulatedCluster.run(_:in:)`.
enum PodStreams {
  static func answer(_ request: APIRequest, _ served: ServedResource, in state: ClusterState)
    throws(StatusError)
    -> Answer
  {
    guard let pod = state.store.get(.pod, request.info.key) else { throw .notFound(.pod, request.info.name) }
    if request.info.subresource != "portforward" {
      _ = try PodContainer.named(request.query["container"] ?? "", of: pod)
    }
    guard !(pod[path: "spec", "nodeName"]?.string ?? "").isEmpty else {
      throw .badRequest("pod \(pod.name) does not have a host assigned")
    }
    throw .badRequest("Upgrade request required")
  }
}

/// The container of a pod that a request is about.
enum PodContainer {
  /// - Throws: 400 for a name that no container has, or where there are several and none is named.
  static func named(_ name: String, of pod: KubeObject) throws(StatusError) -> String {
    let containers = names("containers", of: pod)
    let initial = names("initContainers", of: pod)
    guard name.isEmpty else {
      guard (containers + initial + names("ephemeralContainers", of: pod)).contains(name) else {
        throw .badRequest("container \(name) is not valid for pod \(pod.name)")
      }
      return name
    }
    if containers.count == 1 { return containers[0] }
    if let chosen = pod.annotations["kubectl.kubernetes.io/default-container"], containers.contains(chosen) {
      return chosen
    }
    var message =
      "a container name must be specified for pod \(pod.name), choose one of: "
      + "[\(containers.joined(separator: " "))]"
    if !initial.isEmpty { message += " or one of the init containers: [\(initial.joined(separator: " "))]" }
    throw .badRequest(message)
  }

  private static func names(_ list: String, of pod: KubeObject) -> [String] {
    (pod[path: "spec", list]?.array ?? []).compactMap { $0["name"]?.string }
  }
}
