import KubeModel

extension APIServer {
  /// Deletes an object, or begins to.
  static func delete(_ request: APIRequest, _ served: ServedResource, in state: inout ClusterState)
    throws(StatusError) -> Answer
  {
    let rendering = try Rendering(request, served, now: state.now)
    let options = try DeleteOptions(request)
    try NamespaceLifecycle.admitDeletion(served.kind, name: request.info.name)
    guard let live = state.store.get(served.storage, request.info.key) else {
      throw .notFound(served.kind, request.info.name)
    }
    let shown = served.served(live)
    try checkPreconditions(options, shown)
    var warnings: [String] = []
    try Admission.admitDeletion(
      of: live, RequestAttributes(request), served, isDryRun: options.isDryRun, in: state,
      warnings: &warnings)
    let outcome = Deletion.delete(
      live, served, options, manager: request.query["fieldManager"] ?? request.userAgentName, in: &state)
    var answer: Answer
    if outcome.isGone, !served.storageRules.deletionAnswersObject {
      answer = rendering.answer(Deletion.success(of: shown, served))
    } else {
      answer = try rendering.answer(served.served(outcome.object))
    }
    answer.warnings = warnings + outcome.warnings
    return answer
  }

  static func checkPreconditions(_ options: DeleteOptions, _ live: KubeObject) throws(StatusError) {
    if let wanted = options.uid, wanted != live.uid {
      throw .precondition(
        live, "UID", wanted: wanted, actual: live.uid,
        "The object might have been deleted and then recreated")
    }
    if let wanted = options.resourceVersion, wanted != live.resourceVersion {
      throw .precondition(
        live, "ResourceVersion", wanted: wanted, actual: live.resourceVersion,
        "The object might have been modified")
    }
  }

  /// Deletes all objects of a collection that are selected.
  static func deleteCollection(_ request: APIRequest, _ served: ServedResource, in state: inout ClusterState)
    throws(StatusError) -> Answer
  {
    let rendering = try Rendering(request, served, now: state.now)
    let options = try DeleteOptions(request)
    let selection = try Selection(request, of: served)
    let page = try ListPage.read(served, selection, try ListOptions(request), in: state)
    var deleted: [StoredObject] = []
    var warnings: [String] = []
    for stored in page.objects {
      try checkPreconditions(options, served.served(stored.object))
      try Admission.admitDeletion(
        of: stored.object, RequestAttributes(request), served, isDryRun: options.isDryRun, in: state,
        warnings: &warnings)
      let outcome = Deletion.delete(
        stored.object, served, options, manager: request.userAgentName, in: &state)
      // What goes is shown as it was, what stays for a while as it is now.
      deleted.append(outcome.isGone ? stored : StoredObject(outcome.object, version: stored.version))
    }
    var answer = try rendering.answer(deleted, metadata: page.metadata)
    answer.warnings = warnings
    return answer
  }
}

extension StatusError {
  /// A deletion whose precondition names another object or another state of it.
  fileprivate static func precondition(
    _ live: KubeObject, _ field: String, wanted: String, actual: String, _ hint: String
  ) -> StatusError {
    let parts = live.apiVersion.split(separator: "/")
    let kind = ResourceKind(
      group: parts.count == 2 ? String(parts[0]) : "", version: String(parts.last ?? ""), kind: live.kind,
      plural: live.kind)
    return .conflict(
      kind, live.name,
      "the \(field) in the precondition (\(wanted)) does not match the \(field) in record (\(actual)). \(hint)"
    )
  }
}
