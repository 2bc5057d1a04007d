import KubeModel

extension APIServer {
  /// Puts an object in the place of another, or makes it where its kind may be made so.
  static func replace(_ request: APIRequest, _ served: ServedResource, in state: inout ClusterState)
    throws(StatusError) -> Answer
  {
    let rendering = try Rendering(request, served, now: state.now)
    let options = try WriteOptions(request, .update)
    var context = WriteContext(request, served, options)
    var object = try BodyReader.object(
      of: request, for: served, validation: options.validation, warnings: &context.warnings)
    try Placement.place(&object, served, request.info)
    var status = 200
    let result: KubeObject
    if let live = state.store.get(served.storage, request.info.key) {
      let wanted = object[path: "metadata", "uid"]?.string ?? ""
      if !wanted.isEmpty, wanted != live.uid { throw .foreignUID(wanted, live: live, served) }
      result = try context.keepingWarnings { context throws(StatusError) in
        try ObjectWrite.update(object, over: live, &context, in: &state)
      }
    } else if context.subresource == nil, served.storageRules.createsOnUpdate {
      status = 201
      object.set("metadata", "resourceVersion", to: nil)
      result = try ObjectWrite.create(object, &context, in: &state)
    } else {
      throw .notFound(served.kind, request.info.name)
    }
    var answer = try rendering.answer(result, status: status)
    answer.warnings = context.warnings
    return answer
  }
}

extension StatusError {
  /// 409 for an object that has come in the place of the one that is meant.
  static func foreignUID(_ wanted: String, live: KubeObject, _ served: ServedResource) -> StatusError {
    let kind = served.storage
    let group = served.isCustom ? "/\(kind.group)" : ""
    let place = live.namespace.map { "/\($0)" } ?? ""
    return .conflict(
      served.kind, live.name,
      "StorageError: invalid object, Code: 4, Key: /registry\(group)/\(kind.plural)\(place)/\(live.name), "
        + "ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: \(wanted), "
        + "UID in object meta: \(live.uid)")
  }
}
