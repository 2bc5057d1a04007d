import KubeModel
import Seams

extension ObjectWrite {
  /// Puts what a request makes of a live object in its place.
  ///
  /// - Parameters:
  ///   - object: the whole new object, in the version of the request.
  ///   - live: the object in storage.
  ///   - isOwned: whether ownership is recorded already, as an apply does.
  /// - Returns: the object as it is served.
  static func update(
    _ object: KubeObject, over live: KubeObject, _ context: inout WriteContext, isOwned: Bool = false,
    in state: inout ClusterState
  ) throws(StatusError) -> KubeObject {
    let served = context.served
    var object = object
    try checkVersion(object, live: live, served, context)
    let shownLive = served.served(live)
    keepSystemFields(&object, live: shownLive)
    fillDefaults(&object, served)
    if !isOwned { own(&object, live: shownLive, &context, in: state) }
    if let part = context.subresource { PartScope.restrict(&object, live: shownLive, to: part, served) }
    var stored = served.stored(object)
    try Admission.admit(&stored, old: live, context.attributes, in: state, warnings: &context.warnings)
    if context.isWhole { served.storageRules.prepareForUpdate(&stored, live) }
    if context.subresource != "status" { setGeneration(of: &stored, live: live, served) }
    try Allocation.allocate(&stored, live: live, served, in: &state)
    try check(stored, live: live, context)
    context.warnings += served.storageRules.allWarnings(of: stored, live: live)
    try admitByPolicy(stored, old: live, &context, in: state)
    return served.served(commit(stored, over: live, context, in: &state))
  }

  /// Stores an update, or completes a deletion that waited for it.
  static func commit(
    _ stored: KubeObject, over live: KubeObject, _ context: WriteContext, in state: inout ClusterState
  ) -> KubeObject {
    var stored = stored
    stored.set("metadata", "resourceVersion", to: .string(live.resourceVersion))
    FieldOwnership.keepTimes(of: &stored, live: live)
    if context.options.isDryRun { return stored }
    if Deletion.isComplete(stored, live: live) {
      state.remove(context.served.storage, live.key, manager: context.commitManager)
      return stored
    }
    if stored == live { return live }
    return state.commit(stored, kind: context.served.storage, manager: context.commitManager)
  }

  private static func checkVersion(
    _ object: KubeObject, live: KubeObject, _ served: ServedResource, _ context: WriteContext
  ) throws(StatusError) {
    let wanted = object.resourceVersion
    guard wanted != live.resourceVersion else { return }
    guard wanted.isEmpty || UInt64(wanted) != nil else {
      throw .internalError("strconv.ParseUint: parsing \"\(wanted)\": invalid syntax")
    }
    guard wanted.isEmpty || wanted == "0" else { throw .conflict(served.kind, object.name) }
    guard served.storageRules.allowsUnconditionalUpdate else {
      throw .versionRequired(served.kind, object.name)
    }
  }

  /// Writes back what only the server says of an object.
  private static func keepSystemFields(_ object: inout KubeObject, live: KubeObject) {
    let old = live.fields["metadata"]?.object ?? JSONObject()
    object.fields.update("metadata") { value in
      var metadata = value?.object ?? JSONObject()
      for field in ["creationTimestamp", "generation", "resourceVersion"] { metadata[field] = old[field] }
      for field in ["uid", "deletionTimestamp", "deletionGracePeriodSeconds"]
      where metadata[field] ?? .null == .null {
        metadata[field] = old[field]
      }
      metadata["selfLink"] = nil
      value = .object(metadata)
    }
  }

  static func setGeneration(of stored: inout KubeObject, live: KubeObject, _ served: ServedResource) {
    let rules = served.storageRules
    let hasNewAnnotations =
      rules.countsAnnotations
      && stored[path: "metadata", "annotations"] != live[path: "metadata", "annotations"]
    guard
      hasNewAnnotations || rules.generationFields.contains(where: { stored.fields[$0] != live.fields[$0] })
    else { return }
    stored.set("metadata", "generation", to: .int(live.generation + 1))
  }
}

extension StatusError {
  /// 422 for an update that does not say from what it was made. Unlike others, it names the resource, not the kind.
  fileprivate static func versionRequired(_ kind: ResourceKind, _ name: String) -> StatusError {
    let text = "Invalid value: 0: must be specified for an update"
    var details = StatusError.details(kind, name)
    details["causes"] = [
      ["reason": "FieldValueInvalid", "message": .string(text), "field": "metadata.resourceVersion"]
    ]
    return StatusError(
      code: 422, reason: "Invalid",
      message: "\(kind) \"\(name)\" is invalid: metadata.resourceVersion: \(text)",
      details: details)
  }
}
