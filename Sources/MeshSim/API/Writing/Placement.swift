import KubeModel

/// The name and the namespace of a body have to agree with its path.
enum Placement {
  static func place(_ object: inout KubeObject, _ served: ServedResource, _ info: RequestInfo)
    throws(StatusError)
  {
    if !info.name.isEmpty, object.name != info.name {
      throw .badRequest(
        object.name.isEmpty
          ? "the name of the object (\(info.name) based on URL) was undeterminable: name must be provided"
          : "the name of the object (\(object.name)) does not match the name on the URL (\(info.name))")
    }
    try placeNamespace(&object, served, info)
  }

  static func placeNamespace(_ object: inout KubeObject, _ served: ServedResource, _ info: RequestInfo)
    throws(StatusError)
  {
    guard served.kind.isNamespaced else {
      if object[path: "metadata", "namespace"] != nil { object.namespace = nil }
      return
    }
    if let namespace = object.namespace, !namespace.isEmpty, namespace != info.namespace {
      throw .badRequest(
        "the namespace of the provided object does not match the namespace sent on the request")
    }
    guard !info.namespace.isEmpty else { throw .badRequest("namespace is required") }
    if object.namespace != info.namespace { object.namespace = info.namespace }
  }
}
