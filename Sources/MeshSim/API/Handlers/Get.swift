import KubeModel

extension APIServer {
  /// Reads one object.
  static func get(_ request: APIRequest, _ served: ServedResource, in state: ClusterState) throws(StatusError)
    -> Answer
  {
    let rendering = try Rendering(request, served, now: state.now)
    if let text = request.query["resourceVersion"], !text.isEmpty {
      try ResourceVersions.checkReachable(try ResourceVersions.number(text, code: 400), in: state.store)
    }
    return try rendering.answer(try stored(request, served, in: state))
  }

  static func stored(_ request: APIRequest, _ served: ServedResource, in state: ClusterState)
    throws(StatusError)
    -> StoredObject
  {
    guard let stored = state.store.stored(served.storage, request.info.key) else {
      throw .notFound(served.kind, request.info.name)
    }
    return stored
  }
}
