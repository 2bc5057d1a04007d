import KubeModel

extension ClusterState {
  /// Makes an object through the whole pipeline, as a request would: names, defaults, admission, checks, ownership.
  ///
  /// - Throws: what the API would answer, such as 403 of a quota.
  @discardableResult
  mutating func submit(_ object: KubeObject, kind: ResourceKind, manager: String, user: UserInfo)
    throws(StatusError)
    -> KubeObject
  {
    guard let served = api.resource(kind) else { throw .unknownPath() }
    let attributes = RequestAttributes(
      user: user, verb: "create", group: kind.group, version: kind.version, resource: kind.plural,
      subresource: "",
      name: object.name, namespace: object.namespace ?? "", path: kind.path(namespace: object.namespace),
      isResource: true)
    var context = WriteContext(served, attributes, manager: manager)
    let read = try ObjectDecoding.normalized(
      object.json, shape: served.shape, schema: served.schema, validation: .ignore)
    return try ObjectWrite.create(KubeObject(read.value) ?? object, &context, in: &self)
  }

  /// Puts a controller's change of an object in its place, with ownership and generation, and completes a deletion
  /// that waited for it.
  @discardableResult
  mutating func revise(_ object: KubeObject, kind: ResourceKind, manager: String, subresource: String? = nil)
    -> KubeObject
  {
    guard let live = store.get(kind, object.key), let served = api.resource(kind) else { return object }
    var object = object
    object.set("metadata", "resourceVersion", to: .string(live.resourceVersion))
    // A status that says nothing is still there.
    if live.fields["status"] != nil, object.fields["status"] == nil { object.fields["status"] = [:] }
    if object == live { return live }
    var attributes = RequestAttributes(user: .anonymous, verb: "update")
    attributes.subresource = subresource ?? ""
    var context = WriteContext(served, attributes, manager: manager)
    ObjectWrite.own(&object, live: live, &context, in: self)
    if subresource == nil { ObjectWrite.setGeneration(of: &object, live: live, served) }
    return ObjectWrite.commit(object, over: live, context, in: &self)
  }
}
