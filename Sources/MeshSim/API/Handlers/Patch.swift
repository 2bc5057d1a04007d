import KubeModel

extension APIServer {
  static let patchTypes = [
    "application/json-patch+json", "application/merge-patch+json", "application/strategic-merge-patch+json",
    "application/apply-patch+yaml",
  ]

  /// Changes an object, or applies a configuration to it.
  static func patch(_ request: APIRequest, _ served: ServedResource, in state: inout ClusterState)
    throws(StatusError) -> Answer
  {
    let type = request.contentType ?? ""
    guard patchTypes.contains(type), !served.isCustom || type != patchTypes[2] else {
      guard served.isCustom else { throw .unsupportedMediaType() }
      throw .unknownFormat(accepted: patchTypes.filter { $0 != patchTypes[2] })
    }
    let rendering = try Rendering(request, served, now: state.now)
    let isApply = type == patchTypes[3]
    let options = try WriteOptions(request, .patch, isApply: isApply)
    var context = WriteContext(request, served, options)
    guard !isApply else {
      let (result, isNew) = try context.keepingWarnings { context throws(StatusError) in
        try Application.apply(request, &context, in: &state)
      }
      return try answer(rendering, result, context, status: isNew ? 201 : 200)
    }
    guard let live = state.store.get(served.storage, request.info.key) else {
      throw .notFound(served.kind, request.info.name)
    }
    let result = try context.keepingWarnings { context throws(StatusError) in
      let object = try patched(served.served(live), by: request, type: type, &context)
      return try ObjectWrite.update(object, over: live, &context, in: &state)
    }
    return try answer(rendering, result, context, status: 200)
  }

  private static func answer(
    _ rendering: Rendering, _ result: KubeObject, _ context: WriteContext, status: Int
  ) throws(StatusError) -> Answer {
    var answer = try rendering.answer(result, status: status)
    answer.warnings = context.warnings
    return answer
  }

  /// What a patch makes of an object.
  static func patched(
    _ live: KubeObject, by request: APIRequest, type: String, _ context: inout WriteContext
  ) throws(StatusError) -> KubeObject {
    let served = context.served
    guard let patch = ObjectPatch(rawValue: type) else { throw .unsupportedMediaType() }
    let read = try patch.apply(
      request.body, to: live.json, shape: served.shape, schema: served.schema,
      validation: context.options.validation)
    context.warnings += read.warnings
    guard var object = KubeObject(read.value) else { throw .badRequest("the patch does not leave an object") }
    if let custom = served.custom {
      let isStrict = context.options.validation == .strict
      let known = try custom.read(object.json, validation: isStrict ? .warn : context.options.validation)
      guard !isStrict || known.warnings.isEmpty else {
        throw ObjectPatch.invalid(
          .string(object.json.jsonText()), "strict decoding error: " + known.warnings.joined(separator: ", "))
      }
      context.warnings += known.warnings
      object = KubeObject(known.value) ?? object
    }
    object = try KindCheck.checked(object, for: served)
    try Placement.place(&object, served, request.info)
    return object
  }
}
