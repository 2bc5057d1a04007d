import KubeModel

/// Resources that are asked, not kept: reviews of tokens and of rights.
enum VirtualObjects {
  static func create(
    _ object: KubeObject, _ request: APIRequest, _ context: WriteContext, _ rendering: Rendering,
    in state: inout ClusterState
  ) throws(StatusError) -> Answer {
    if context.served.kind.kind == "Binding" {
      let key = ObjectKey(namespace: request.info.namespace, name: object.name)
      try Binding.bind(object.json, pod: key, context.options, manager: context.manager, in: &state)
      return rendering.answer(Binding.created, status: 201)
    }
    let answer = try AccessReviews.answer(
      object, kind: context.served.kind, attributes: context.attributes, in: state)
    return try rendering.answer(answer, status: 201)
  }
}
