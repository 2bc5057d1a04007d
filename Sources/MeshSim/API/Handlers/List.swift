import KubeModel

extension APIServer {
  /// Reads the objects of a collection, or a page of them.
  static func list(_ request: APIRequest, _ served: ServedResource, in state: ClusterState)
    throws(StatusError)
    -> Answer
  {
    let options = try ListOptions(request)
    let rendering = try Rendering(request, served, now: state.now)
    let selection = try Selection(request, of: served)
    let page = try ListPage.read(served, selection, options, in: state)
    return try rendering.answer(page.objects, metadata: page.metadata)
  }
}

/// The objects of one answer to a list, with what the list says of itself.
struct ListPage {
  var objects: [StoredObject]
  var resourceVersion: Int64
  var continueToken: String?
  var remaining: Int?

  var metadata: JSONObject {
    var metadata: JSONObject = ["resourceVersion": .string(String(resourceVersion))]
    if let continueToken { metadata["continue"] = .string(continueToken) }
    if let remaining { metadata["remainingItemCount"] = .int(Int64(remaining)) }
    return metadata
  }

  static func read(
    _ served: ServedResource, _ selection: Selection, _ options: ListOptions, in state: ClusterState
  ) throws(StatusError) -> ListPage {
    let (view, start) = try snapshot(served, options, in: state)
    let limit = options.limit > 0 ? Int(clamping: options.limit) : Int.max
    var page = ListPage(objects: [], resourceVersion: view.version)
    var isCut = false
    // A list of one name needs no look at the others.
    if let name = selection.fields.name,
      let namespace = selection.namespace ?? (served.kind.isNamespaced ? nil : ""),
      view.isNewest
    {
      if let one = state.store.stored(served.storage, ObjectKey(namespace: namespace, name: name)),
        selection.matches(one.object)
      {
        page.objects.append(one)
      }
      return page
    }
    let selectsAll = selection.isEverything
    scan: for section in view.sections(served.storage, namespace: selection.namespace) {
      for slot in section.slots {
        if let start, (section.namespace, slot.name) <= (start.namespace, start.name) { continue }
        guard selectsAll || selection.matches(slot.stored.object) else { continue }
        if page.objects.count == limit {
          isCut = true
          break scan
        }
        page.objects.append(slot.stored)
      }
    }
    if isCut, let last = page.objects.last?.object.key {
      page.continueToken = ContinueToken(version: view.version, last: last).text
      if selection.isEverything {
        let all = view.sections(served.storage, namespace: selection.namespace)
        let total = all.reduce(0) { $0 + $1.slots.count }
        let seen = all.reduce(0) { count, section in
          count
            + section.slots.reduce(0) {
              $0 + ((section.namespace, $1.name) <= (last.namespace, last.name) ? 1 : 0)
            }
        }
        page.remaining = total - seen
      }
    }
    return page
  }

  /// The state that a list shows, and the place after which it goes on.
  private static func snapshot(_ served: ServedResource, _ options: ListOptions, in state: ClusterState)
    throws(StatusError) -> (view: PastView, start: ObjectKey?)
  {
    let store = state.store
    if !options.continueToken.isEmpty {
      guard options.resourceVersion.isEmpty || options.resourceVersion == "0" else {
        throw .badRequest("specifying resource version is not allowed when using continue")
      }
      let token = try ContinueToken(text: options.continueToken)
      guard let version = token.version else { return (PastView(newest: store), token.last) }
      guard let view = PastView(store, served.storage, at: version) else { throw .expiredToken(token) }
      return (view, token.last)
    }
    let version = try ResourceVersions.number(options.resourceVersion, code: 400)
    try ResourceVersions.checkReachable(version, in: store)
    guard options.match == .exact || (options.match == nil && options.limit > 0 && version > 0) else {
      // Without a version the newest is asked for, which no cache may answer alone.
      if !options.resourceVersion.isEmpty,
        let view = state.laggingView(of: served.storage, notOlderThan: version)
      {
        return (view, nil)
      }
      return (PastView(newest: store), nil)
    }
    guard let view = PastView(store, served.storage, at: version) else {
      throw .expired("The resourceVersion for the provided list is too old.")
    }
    return (view, nil)
  }
}

extension StatusError {
  /// 410 for a page of a list that is not known any more, with a token that goes on with the newest state.
  fileprivate static func expiredToken(_ token: ContinueToken) -> StatusError {
    var fresh = token
    fresh.version = nil
    var error = StatusError.expired(
      "The provided continue parameter is too old to display a consistent list result. You can start a new list "
        + "without the continue parameter, or use the continue token in this response to retrieve the remainder of "
        + "the results. Continuing with the provided token results in an inconsistent list - objects that were "
        + "created, modified, or deleted between the time the first chunk was returned and now may show up in the "
        + "list.")
    error.continueToken = fresh.text
    return error
  }
}
