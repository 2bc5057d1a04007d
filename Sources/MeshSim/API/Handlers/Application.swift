import KubeModel

/// Server-side apply, from the request to the store.
enum Application {
  /// - Returns: the object as it is served, and whether it is new.
  static func apply(_ request: APIRequest, _ context: inout WriteContext, in state: inout ClusterState)
    throws(StatusError) -> (object: KubeObject, isNew: Bool)
  {
    let served = context.served
    var configuration = try self.configuration(of: request, &context)
    var placed = configuration
    try Placement.place(&placed, served, request.info)
    guard configuration[path: "metadata", "managedFields"] == nil else {
      throw .badRequest("metadata.managedFields must be nil")
    }
    let live = state.store.get(served.storage, request.info.key)
    let wanted = configuration.resourceVersion
    if let live, !wanted.isEmpty, wanted != live.resourceVersion { throw .conflict(served.kind, live.name) }
    if live == nil {
      guard context.subresource == nil else { throw .notFound(served.kind, request.info.name) }
      // A version is no condition for an object that is not there: the apply makes it, as a real server does.
      try NamespaceLifecycle.admitCreation(of: placed, served, in: state.store)
    }
    configuration.set("metadata", "resourceVersion", to: nil)
    let shownLive = live.map(served.served)
    let applier = ServerSideApply.Manager(
      name: context.options.manager, isForced: context.options.isForced, time: state.now)
    var merged = try ServerSideApply(schema: served.schema).apply(
      configuration, to: shownLive, by: applier, subresource: context.subresource)
    let read = try ObjectDecoding.normalized(
      merged.json, shape: served.shape, schema: served.schema, validation: .ignore)
    merged = KubeObject(read.value) ?? merged
    served.custom?.prune(&merged.fields)
    try Placement.place(&merged, served, request.info)
    guard let live else { return (try ObjectWrite.create(merged, &context, isOwned: true, in: &state), true) }
    return (try ObjectWrite.update(merged, over: live, &context, isOwned: true, in: &state), false)
  }

  private static func configuration(of request: APIRequest, _ context: inout WriteContext) throws(StatusError)
    -> KubeObject
  {
    let served = context.served
    let read = try ObjectDecoding.readConfiguration(request.body, validation: context.options.validation)
    context.warnings += read.warnings
    guard let object = KubeObject(read.value) else {
      throw .badRequest("error decoding YAML: the body is no mapping")
    }
    // What is applied is not decoded as its kind, so it has to say all of it.
    guard object.apiVersion == served.kind.apiVersion, object.kind == served.kind.kind else {
      let group = object.apiVersion.contains("/") ? "" : "/"
      throw .badRequest("invalid object type: \(group)\(object.apiVersion), Kind=\(object.kind)")
    }
    return object
  }
}
