import KubeModel
import Seams

/// How many replicas something has, in one form for all kinds that have replicas.
enum Scale {
  static func answer(_ request: APIRequest, _ served: ServedResource, in state: inout ClusterState)
    throws(StatusError) -> Answer
  {
    let rendering = try Rendering(request, served, now: state.now)
    guard let live = state.store.get(served.storage, request.info.key) else {
      throw .notFound(served.kind, request.info.name)
    }
    let shown = served.served(live)
    guard request.info.verb != "get" else {
      let scale = try object(of: shown, served)
      guard rendering.representation.form == .table, let object = KubeObject(scale) else {
        return rendering.answer(scale)
      }
      return rendering.answer(Table.scale(object, include: rendering.include, now: state.now))
    }
    let isApply = request.contentType == APIServer.patchTypes[3] && request.info.verb == "patch"
    let options = try WriteOptions(request, request.info.verb == "patch" ? .patch : .update, isApply: isApply)
    var context = WriteContext(request, served, options)
    let path = ScalePaths.of(served).spec
    var scale = try owned(KubeObject(try object(of: shown, served)), of: shown, path)
    let wanted = try self.wanted(from: scale, request, options, isApply: isApply, now: state.now)
    try check(wanted.json, request)
    var object = shown
    object.set(path: path, to: .int(wanted[path: "spec", "replicas"]?.int ?? 0))
    let version = wanted.resourceVersion
    object.set("metadata", "resourceVersion", to: .string(version.isEmpty ? live.resourceVersion : version))
    var changed = wanted
    if !isApply {
      FieldOwnership.update(
        &changed, live: scale, manager: options.manager, subresource: "scale", time: state.now,
        schema: .builtIn)
    }
    ScaleOwnership.write(changed.managedFields, to: &object, path: path)
    let result = try ObjectWrite.update(object, over: live, &context, isOwned: true, in: &state)
    scale = try owned(KubeObject(try self.object(of: result, served)), of: result, path)
    scale.set("metadata", "managedFields", to: nil)
    return rendering.answer(scale.json)
  }

  private static func owned(_ scale: KubeObject?, of object: KubeObject, _ path: [String]) throws(StatusError)
    -> KubeObject
  {
    guard var scale else { throw .internalError("a scale is an object") }
    scale.managedFields = ScaleOwnership.entries(of: object, path: path)
    return scale
  }

  /// The scale that a request wants.
  private static func wanted(
    from scale: KubeObject, _ request: APIRequest, _ options: WriteOptions, isApply: Bool, now: Timestamp
  ) throws(StatusError) -> KubeObject {
    guard request.info.verb == "patch" else {
      let value = try BodyReader.part(of: request, apiVersion: "autoscaling/v1", kind: "Scale")
      var wanted = KubeObject(value) ?? scale
      // Ownership is recorded by the fields of a Scale, whether or not the body says that it is one.
      wanted.fields["apiVersion"] = "autoscaling/v1"
      wanted.fields["kind"] = "Scale"
      return wanted
    }
    guard !isApply else {
      let read = try ObjectDecoding.readConfiguration(request.body, validation: options.validation)
      let manager = ServerSideApply.Manager(name: options.manager, isForced: options.isForced, time: now)
      return try ServerSideApply(schema: .builtIn).apply(
        KubeObject(read.value) ?? scale, to: scale, by: manager, subresource: "scale")
    }
    guard let patch = ObjectPatch(rawValue: request.contentType ?? "") else { throw .unsupportedMediaType() }
    let read = try patch.apply(
      request.body, to: scale.json, shape: Schema.builtIn.root(apiVersion: "autoscaling/v1", kind: "Scale"),
      schema: .builtIn, validation: options.validation)
    return KubeObject(read.value) ?? scale
  }

  private static func check(_ scale: JSONValue, _ request: APIRequest) throws(StatusError) {
    let name = scale["metadata"]?["name"]?.string ?? ""
    guard name == request.info.name else {
      throw .badRequest(
        name.isEmpty
          ? "the name of the object (\(request.info.name) based on URL) was undeterminable: name must be provided"
          : "the name of the object (\(name)) does not match the name on the URL (\(request.info.name))")
    }
    let replicas = scale["spec"]?["replicas"]?.int ?? 0
    guard replicas < 0 else { return }
    var errors = FieldErrors()
    errors.invalid(FieldPath("spec.replicas"), .int(replicas), "must be greater than or equal to 0")
    let kind = ResourceKind(group: "autoscaling", version: "v1", kind: "Scale", plural: "scales")
    throw .invalid(kind, name, errors.all)
  }

  /// The scale of an object.
  static func object(of object: KubeObject, _ served: ServedResource) throws(StatusError) -> JSONValue {
    let paths = ScalePaths.of(served)
    let replicas = object.value(at: paths.spec)?.int
    if replicas == nil, served.isCustom {
      let text = "the spec replicas field \"\(paths.written)\" does not exist"
      throw StatusError(
        code: 500, reason: "InternalError", message: "Internal error occurred: \(text)",
        details: ["causes": [["message": .string(text)]]])
    }
    var metadata: JSONObject = [:]
    for field in ["name", "namespace", "uid", "resourceVersion", "creationTimestamp"] {
      metadata[field] = object[path: "metadata", field]
    }
    var status: JSONObject = ["replicas": .int(object.value(at: paths.status)?.int ?? 0)]
    if let selector = paths.selectorText(of: object) { status["selector"] = .string(selector) }
    let count = replicas ?? 1
    return [
      "kind": "Scale", "apiVersion": "autoscaling/v1", "metadata": .object(metadata),
      "spec": count == 0 ? [:] : ["replicas": .int(count)], "status": .object(status),
    ]
  }
}
