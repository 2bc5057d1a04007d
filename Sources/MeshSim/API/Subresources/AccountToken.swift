import KubeModel

/// Issues a token for a service account.
enum AccountToken {
  static func answer(_ request: APIRequest, _ served: ServedResource, in state: inout ClusterState)
    throws(StatusError) -> Answer
  {
    let rendering = try Rendering(request, served, now: state.now)
    _ = try WriteOptions(request, .create)
    let wanted = try BodyReader.part(
      of: request, apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest")
    guard let account = state.store.get(served.storage, request.info.key) else {
      throw .notFound(served.kind, request.info.name)
    }
    return rendering.answer(
      try ServiceAccountTokens.issue(wanted, for: account, in: &state).json, status: 201)
  }
}
