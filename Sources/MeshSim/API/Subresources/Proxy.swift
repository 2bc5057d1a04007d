import KubeModel

/// Hands a request on to a pod, or to one of the pods behind a Service.
enum Proxy {
  static func answer(_ request: APIRequest, _ served: ServedResource, in state: ClusterState)
    throws(StatusError)
    -> Answer
  {
    // `[SCHEME:]NAME[:PORT]`
    let parts = request.info.name.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    let name = parts.count == 3 ? parts[1] : parts[0]
    let key = ObjectKey(namespace: request.info.namespace, name: name)
    guard let object = state.store.get(served.storage, key) else { throw .notFound(served.kind, name) }
    switch served.kind {
    case .pod:
      guard object.isReadyPod else {
        throw unavailable("error trying to reach service: dial tcp: connection refused")
      }
      return Answer(text: "\(object.name)\n")
    case .service:
      let selector = LabelSelector(matchLabels: object[path: "spec", "selector"]?.stringMap ?? [:])
      let ready =
        selector.requirements.isEmpty
        ? []
        : state.store.list(.pod, namespace: object.namespace)
          .filter { $0.isReadyPod && selector.matches($0.labels) }
      guard let pod = ready.first else {
        throw unavailable("no endpoints available for service \"\(request.info.name)\"")
      }
      return Answer(text: "\(pod.name)\n")
    default: return Answer(text: "ok\n")
    }
  }

  private static func unavailable(_ message: String) -> StatusError {
    StatusError(code: 503, reason: "ServiceUnavailable", message: message)
  }
}
