import KubeModel

/// The parts of objects that have paths of their own.
enum Subresources {
  static func answer(_ request: APIRequest, _ served: ServedResource, in state: inout ClusterState)
    throws(StatusError) -> Answer
  {
    guard let part = served.resource.subresource(request.info.subresource) else { throw .unknownPath() }
    guard part.verbs.contains(request.info.verb), !request.info.name.isEmpty else {
      throw .methodNotAllowed()
    }
    switch part.name {
    case "scale": return try Scale.answer(request, served, in: &state)
    case "binding": return try Binding.answer(request, served, in: &state)
    case "eviction": return try Eviction.answer(request, served, in: &state)
    case "token": return try AccountToken.answer(request, served, in: &state)
    case "log": return try PodLog.answer(request, served, in: &state)
    case "exec", "attach", "portforward": return try PodStreams.answer(request, served, in: state)
    case "proxy": return try Proxy.answer(request, served, in: state)
    default: return try wholeObject(request, served, in: &state)
    }
  }

  /// Parts that are read and written in the form of the whole object, such as the status.
  private static func wholeObject(
    _ request: APIRequest, _ served: ServedResource, in state: inout ClusterState
  )
    throws(StatusError) -> Answer
  {
    switch request.info.verb {
    case "get": try APIServer.get(request, served, in: state)
    case "update": try APIServer.replace(request, served, in: &state)
    default: try APIServer.patch(request, served, in: &state)
    }
  }
}

/// What a write through a part's path may change: the part, and nothing besides.
enum PartScope {
  static func restrict(
    _ object: inout KubeObject, live: KubeObject, to part: String, _ served: ServedResource
  ) {
    switch part {
    case "status":
      if let custom = served.custom {
        custom.prepareForStatus(&object, live)
      } else {
        served.rules.prepareForStatus(&object, live)
      }
    case "scale": break
    default:
      var changed = live
      changed.set("metadata", "managedFields", to: object[path: "metadata", "managedFields"])
      switch part {
      case "finalize": changed.set("spec", "finalizers", to: object[path: "spec", "finalizers"])
      case "approval": changed.set("status", "conditions", to: object[path: "status", "conditions"])
      case "ephemeralcontainers":
        changed.set("spec", "ephemeralContainers", to: object[path: "spec", "ephemeralContainers"])
      case "resize": resize(&changed, like: object)
      default: break
      }
      if changed.fields["spec"] == nil, live.fields["spec"] != nil { changed.fields["spec"] = [:] }
      object = changed
    }
  }

  /// Takes over the resources of the containers.
  private static func resize(_ pod: inout KubeObject, like wanted: KubeObject) {
    for list in ["containers", "initContainers"] {
      guard let containers = pod[path: "spec", list]?.array else { continue }
      let others = wanted[path: "spec", list]?.array ?? []
      pod.set(
        "spec", list,
        to: .array(
          containers.map { container in
            guard let other = others.first(where: { $0["name"] == container["name"] }) else {
              return container
            }
            var container = container
            for field in ["resources", "resizePolicy"] { container[field] = other[field] }
            return container
          }))
    }
  }
}
