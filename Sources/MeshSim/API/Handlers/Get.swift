import KubeModel

extension APIServer {
  /// Reads one object.
  static func get(_ request: APIRequest, _ served: ServedResource, in state: ClusterState) throws(StatusError)
    -> Answer
  {
    let rendering = try Rendering(request, served, now: state.now)
    if let text = request.query["resourceVersion"], !text.isEmpty {
      let version = try ResourceVersions.number(text, code: 400)
      try ResourceVersions.checkReachable(version, in: state.store)
      if let past = state.laggingView(of: served.storage, notOlderThan: version) {
        guard let stored = past.stored(served.storage, request.info.key) else {
          throw .notFound(served.kind, request.info.name)
        }
        return try rendering.answer(stored)
      }
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
