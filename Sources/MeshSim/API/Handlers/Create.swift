import KubeModel

extension APIServer {
  /// Makes an object.
  static func create(_ request: APIRequest, _ served: ServedResource, in state: inout ClusterState)
    throws(StatusError) -> Answer
  {
    let rendering = try Rendering(request, served, now: state.now)
    let options = try WriteOptions(request, .create)
    var context = WriteContext(request, served, options)
    var object = try BodyReader.object(
      of: request, for: served, validation: options.validation, warnings: &context.warnings)
    try Placement.placeNamespace(&object, served, request.info)
    guard served.isStored else {
      return try VirtualObjects.create(object, request, context, rendering, in: &state)
    }
    let made = try context.keepingWarnings { context throws(StatusError) in
      try ObjectWrite.create(object, &context, in: &state)
    }
    var answer = try rendering.answer(made, status: 201)
    answer.warnings = context.warnings
    return answer
  }
}
