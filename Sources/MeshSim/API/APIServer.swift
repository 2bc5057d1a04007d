import HTTPTypes
import KubeModel
import Seams

/// The Kubernetes API over the state of a cluster.
struct APIServer {
  /// The largest body of a request, as in a real server.
  static let bodyLimit = 3 << 20

  enum Answer {
    /// A body of JSON text.
    case text(status: Int, [UInt8])
    case watch(Watch)
  }

  /// A watch that is about to start.
  struct Watch {
    let kind: ResourceKind
    let namespace: String?
    let selector: LabelSelector
    let name: String?
    let initialEvents: [JSONValue]
    /// Whether the stream ends with them.
    var isOver = false
  }

  /// Answers a request; every error is an answer too.
  static func answer(_ request: TransportRequest, in state: inout ClusterState) -> Answer {
    do throws(StatusError) {
      return try route(request, in: &state)
    } catch {
      return .text(status: error.code, error.body.jsonBytes())
    }
  }

  private static func route(_ request: TransportRequest, in state: inout ClusterState) throws(StatusError)
    -> Answer
  {
    let target = request.head.path ?? "/"
    let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let query = Query(parts.count > 1 ? parts[1] : nil)
    if parts[0] == "/version" { return .text(status: 200, version.jsonBytes()) }
    guard let path = ResourcePath(path: parts[0]) else { throw .unknownPath() }
    if path.subresource != nil { throw .unknownPath() }
    guard request.body.count <= bodyLimit else {
      throw StatusError(
        code: 413, reason: "RequestEntityTooLarge", message: "limit is \(bodyLimit)", details: [:])
    }
    switch (request.head.method, path.name) {
    case (.get, .some):
      guard let text = state.store.text(of: path.kind, path.key) else {
        throw .notFound(path.kind, path.key.name)
      }
      return .text(status: 200, text)
    case (.get, nil) where query.isTrue("watch"): return .watch(try watch(path, query, in: state))
    case (.get, nil): return .text(status: 200, try list(path, query, in: state).jsonBytes())
    case (.post, nil):
      return .text(status: 201, try create(path, query, request, in: &state).json.jsonBytes())
    case (.put, .some):
      return .text(status: 200, try replace(path, query, request, in: &state).json.jsonBytes())
    case (.patch, .some):
      let (status, object) = try patch(path, query, request, in: &state)
      return .text(status: status, object.json.jsonBytes())
    case (.delete, .some): return .text(status: 200, try delete(path, query, request, in: &state).jsonBytes())
    default: throw .methodNotAllowed()
    }
  }

  private static let version: JSONValue = [
    "major": "1", "minor": "36", "gitVersion": "v1.36.2+meshctl-embedded", "platform": "embedded",
  ]

  // MARK: Reading

  private static func get(_ path: ResourcePath, in state: ClusterState) throws(StatusError) -> KubeObject {
    guard let object = state.store.get(path.kind, path.key) else {
      throw .notFound(path.kind, path.key.name)
    }
    return object
  }

  private static func selection(_ query: Query) throws(StatusError) -> (labels: LabelSelector, name: String?)
  {
    guard let selector = LabelSelector(query: query["labelSelector"] ?? "") else {
      throw .badRequest("unable to parse requirement: \(query["labelSelector"] ?? "")")
    }
    guard let fields = query["fieldSelector"], !fields.isEmpty else { return (selector, nil) }
    let parts = fields.split(separator: "=", maxSplits: 1)
    guard parts.count == 2, parts[0] == "metadata.name", !parts[1].contains(where: { "=,!".contains($0) })
    else { throw .badRequest("field label not supported: \(parts.first ?? "")") }
    return (selector, String(parts[1]))
  }

  private static func list(_ path: ResourcePath, _ query: Query, in state: ClusterState) throws(StatusError)
    -> JSONValue
  {
    let (selector, name) = try selection(query)
    let isBuiltIn = !path.kind.group.hasSuffix(".istio.io")
    let items = state.store.list(path.kind, namespace: path.namespace)
      .filter { (name == nil || $0.name == name) && selector.matches($0.labels) }
      .map { object -> JSONValue in
        guard isBuiltIn else { return object.json }
        // Items of built-in lists carry neither; the list's own kind tells.
        var fields = object.fields
        fields["apiVersion"] = nil
        fields["kind"] = nil
        return .object(fields)
      }
    return [
      "apiVersion": .string(path.kind.apiVersion), "kind": .string(path.kind.kind + "List"),
      "metadata": ["resourceVersion": .string(String(state.store.resourceVersion))],
      "items": .array(items),
    ]
  }

  private static func watch(_ path: ResourcePath, _ query: Query, in state: ClusterState) throws(StatusError)
    -> Watch
  {
    let (selector, name) = try selection(query)
    var watch = (kind: path.kind, events: [JSONValue]())
    let version = query["resourceVersion"] ?? ""
    if version.isEmpty || version == "0" {
      let known = state.store.list(path.kind, namespace: path.namespace)
      watch.events = known.filter { (name == nil || $0.name == name) && selector.matches($0.labels) }
        .map { ["type": "ADDED", "object": $0.json] }
    } else {
      guard let start = Int64(version) else {
        throw .internalError(
          "resourceVersion: Invalid value: \"\(version)\": strconv.ParseUint: parsing \"\(version)\": "
            + "invalid syntax")
      }
      if start < state.store.oldestWatchable {
        let gone = StatusError.expired("too old resource version: \(start) (\(state.store.oldestWatchable))")
        return Watch(
          kind: path.kind, namespace: path.namespace, selector: selector, name: name,
          initialEvents: [["type": "ERROR", "object": gone.body]], isOver: true)
      }
      let filter = Watcher(
        kind: path.kind, namespace: path.namespace, selector: selector, name: name,
        continuation: AsyncThrowingStream<[UInt8], any Error>.makeStream().continuation)
      watch.events = state.store.history.filter { $0.resourceVersion > start }.compactMap(filter.event)
    }
    return Watch(
      kind: path.kind, namespace: path.namespace, selector: selector, name: name, initialEvents: watch.events)
  }

  // MARK: Writing

  private static func create(
    _ path: ResourcePath, _ query: Query, _ request: TransportRequest, in state: inout ClusterState
  ) throws(StatusError) -> KubeObject {
    var object = try body(of: request, for: path)
    guard object.resourceVersion.isEmpty else {
      throw .internalError("resourceVersion should not be set on objects to be created")
    }
    object.set("metadata", "deletionTimestamp", to: nil)
    if object.name.isEmpty, let prefix = object[path: "metadata", "generateName"]?.string {
      object.name = prefix + state.newNameSuffix()
    }
    try place(&object, in: path)
    Defaults.apply(to: &object)
    try Validation.check(object, kind: path.kind, before: nil)
    try requireNamespace(of: object, kind: path.kind, in: state)
    guard !state.store.contains(path.kind, object.key) else {
      throw .alreadyExists(path.kind, object.name)
    }
    let manager = fieldManager(query, request)
    own(&object, before: nil, manager: manager, in: state)
    return state.create(object, kind: path.kind, manager: manager)
  }

  private static func replace(
    _ path: ResourcePath, _ query: Query, _ request: TransportRequest, in state: inout ClusterState
  ) throws(StatusError) -> KubeObject {
    var object = try body(of: request, for: path)
    try place(&object, in: path)
    let live = try get(path, in: state)
    return try store(object, over: live, path: path, manager: fieldManager(query, request), in: &state)
  }

  private static func patch(
    _ path: ResourcePath, _ query: Query, _ request: TransportRequest, in state: inout ClusterState
  ) throws(StatusError) -> (Int, KubeObject) {
    let type = request.head.headerFields[.contentType]?.split(separator: ";").first.map(String.init) ?? ""
    switch type {
    case "application/apply-patch+yaml": return try apply(path, query, request, in: &state)
    case "application/merge-patch+json":
      let live = try get(path, in: state)
      guard var merged = KubeObject(MergePatch.apply(try json(of: request), to: live.json)) else {
        throw .badRequest("the patch does not leave an object")
      }
      try place(&merged, in: path)
      return (
        200, try store(merged, over: live, path: path, manager: fieldManager(query, request), in: &state)
      )
    default:
      throw .unsupportedMediaType(
        type, accepted: ["application/apply-patch+yaml", "application/merge-patch+json"])
    }
  }

  private static func apply(
    _ path: ResourcePath, _ query: Query, _ request: TransportRequest, in state: inout ClusterState
  ) throws(StatusError) -> (Int, KubeObject) {
    guard let manager = query["fieldManager"], !manager.isEmpty else {
      throw .managerRequired
    }
    var configuration = try body(of: request, for: path)
    let form = MergeSchema.builtIn.root(apiVersion: configuration.apiVersion, kind: configuration.kind)
    if let duplicate = StructuredMerge(schema: .builtIn).duplicate(in: configuration.json, form: form) {
      throw .internalError(
        "failed to create typed patch object (\(configuration.namespace ?? "")/\(configuration.name); "
          + "\(configuration.apiVersion), Kind=\(configuration.kind)): \(duplicate)")
    }
    try place(&configuration, in: path)
    guard configuration[path: "metadata", "managedFields"] == nil else {
      throw .badRequest("metadata.managedFields must be nil")
    }
    let live = state.store.get(path.kind, path.key)
    if let live {
      try checkVersion(configuration, live: live, kind: path.kind)
    } else {
      // A version is no condition for an object that is not there: the apply makes it, as a real server does.
      try requireNamespace(of: configuration, kind: path.kind, in: state)
    }
    let applier = ServerSideApply.Manager(
      name: manager, isForced: query.isTrue("force"), time: state.now)
    configuration.set("metadata", "resourceVersion", to: nil)
    switch ServerSideApply(schema: .builtIn).apply(configuration, to: live, by: applier) {
    case .conflicts(let conflicts): throw .applyConflict(conflicts)
    case .merged(var merged):
      Defaults.apply(to: &merged)
      try Validation.check(merged, kind: path.kind, before: live)
      guard live != nil else { return (201, state.create(merged, kind: path.kind, manager: manager)) }
      return (200, state.update(merged, kind: path.kind, manager: manager))
    }
  }

  private static func store(
    _ object: KubeObject, over live: KubeObject, path: ResourcePath, manager: String,
    in state: inout ClusterState
  ) throws(StatusError) -> KubeObject {
    try checkVersion(object, live: live, kind: path.kind)
    var object = object
    for field in ["uid", "creationTimestamp", "generation", "resourceVersion", "deletionTimestamp"] {
      object.set("metadata", field, to: live[path: "metadata", field])
    }
    Defaults.apply(to: &object)
    try Validation.check(object, kind: path.kind, before: live)
    own(&object, before: live, manager: manager, in: state)
    return state.update(object, kind: path.kind, manager: manager)
  }

  private static func delete(
    _ path: ResourcePath, _ query: Query, _ request: TransportRequest, in state: inout ClusterState
  ) throws(StatusError) -> JSONValue {
    let live = try get(path, in: state)
    let options = request.body.isEmpty ? JSONValue.null : try json(of: request)
    let preconditions = options["preconditions"] ?? .null
    if let wanted = preconditions["uid"]?.string, wanted != live.uid {
      throw .precondition(
        path.kind, live.name, "UID", wanted: wanted, actual: live.uid,
        "The object might have been deleted and then recreated")
    }
    if let wanted = preconditions["resourceVersion"]?.string, wanted != live.resourceVersion {
      throw .precondition(
        path.kind, live.name, "ResourceVersion", wanted: wanted, actual: live.resourceVersion,
        "The object might have been modified")
    }
    if path.kind == .pod {
      Kubelet.terminate(live, in: &state)
      return (state.store.get(path.kind, path.key) ?? live).json
    }
    state.delete(path.kind, path.key, manager: fieldManager(query, request))
    if path.kind == .service { return live.json }
    var details = StatusError.details(path.kind, live.name)
    details["uid"] = .string(live.uid)
    return [
      "kind": "Status", "apiVersion": "v1", "metadata": [:], "status": "Success", "details": .object(details),
    ]
  }

  // MARK: Parts of a request

  private static func json(of request: TransportRequest) throws(StatusError) -> JSONValue {
    do {
      return try JSONValue(json: request.body)
    } catch {
      throw .badRequest("error decoding patch: \(error)")
    }
  }

  private static func body(of request: TransportRequest, for path: ResourcePath) throws(StatusError)
    -> KubeObject
  {
    let kind = path.kind
    func unrecognized(_ text: String) -> StatusError {
      .badRequest(
        "the object provided is unrecognized (must be of type \(kind.kind)): couldn't get version/kind; "
          + "json parse error: \(text)")
    }
    let value: JSONValue
    do {
      value = try JSONValue(json: request.body)
    } catch { throw unrecognized("\(error)") }
    guard let object = KubeObject(value) else { throw unrecognized("the body is not an object") }
    guard object.apiVersion == kind.apiVersion, object.kind == kind.kind else {
      let version = object.apiVersion.split(separator: "/").last ?? ""
      let package = kind.group.isEmpty ? "core" : kind.group.prefix { $0 != "." }
      throw .badRequest(
        object.kind.isEmpty
          ? "invalid object type: /, Kind="
          : "\(object.kind) in version \"\(version)\" cannot be handled as a \(kind.kind): converting "
            + "(\(version).\(object.kind)) to (\(package).\(kind.kind)): unknown conversion")
    }
    return object
  }

  /// Checks name and namespace of the body against the path, and fills in the namespace.
  private static func place(_ object: inout KubeObject, in path: ResourcePath) throws(StatusError) {
    if let name = path.name, object.name != name {
      throw .badRequest(
        object.name.isEmpty
          ? "the name of the object (\(name) based on URL) was undeterminable: name must be provided"
          : "the name of the object (\(object.name)) does not match the name on the URL (\(name))")
    }
    guard path.kind.isNamespaced else {
      object.namespace = nil
      return
    }
    if let namespace = object.namespace, namespace != path.namespace {
      throw .badRequest(
        "the namespace of the provided object does not match the namespace sent on the request")
    }
    object.namespace = path.namespace
  }

  private static func requireNamespace(
    of object: KubeObject, kind: ResourceKind, in state: ClusterState
  ) throws(StatusError) {
    guard kind.isNamespaced, let namespace = object.namespace else { return }
    guard state.store.contains(.namespace, ObjectKey(namespace: "", name: namespace)) else {
      throw .notFound(.namespace, namespace)
    }
  }

  private static func checkVersion(
    _ object: KubeObject, live: KubeObject, kind: ResourceKind
  ) throws(StatusError) {
    let wanted = object.resourceVersion
    guard !wanted.isEmpty, wanted != live.resourceVersion else { return }
    guard UInt64(wanted) != nil else {
      throw .internalError("strconv.ParseUint: parsing \"\(wanted)\": invalid syntax")
    }
    throw .conflict(kind, object.name)
  }

  private static func fieldManager(_ query: Query, _ request: TransportRequest) -> String {
    if let manager = query["fieldManager"], !manager.isEmpty { return manager }
    let agent = request.head.headerFields[.userAgent] ?? ""
    return agent.split(separator: "/").first.map(String.init) ?? "unknown"
  }

  /// Records which fields an update changed, and for whom.
  private static func own(
    _ object: inout KubeObject, before: KubeObject?, manager: String, in state: ClusterState
  ) {
    let schema = MergeSchema.builtIn
    let form = schema.root(apiVersion: object.apiVersion, kind: object.kind)
    let merger = StructuredMerge(schema: schema)
    let old = before.map { $0.withoutManagedFields().json } ?? .object([:])
    let new = object.withoutManagedFields().json
    let changed = merger.changed(from: old, to: new, form: form).withoutServerFields()
    let removed = FieldSet(of: old, form: form, schema: schema)
      .subtracting(FieldSet(of: new, form: form, schema: schema)).withoutServerFields()
    var managed = ManagedFields(before ?? object)
    managed.update(
      manager: manager, subresource: "", apiVersion: object.apiVersion, changed: changed, removed: removed,
      time: state.now)
    managed.write(to: &object)
  }
}
