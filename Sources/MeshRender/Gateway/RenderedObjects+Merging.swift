internal import KubeModel

extension [RenderedObject] {
  /// The objects with those of one kind and name made one: what comes first goes over what comes later, field by
  /// field. So a part of the platform adds to objects that its workload gives.
  func merged() -> [RenderedObject] {
    var order: [ObjectReference] = []
    var objects: [ObjectReference: RenderedObject] = [:]
    for rendered in self {
      let reference = rendered.object.reference
      guard let first = objects[reference] else {
        order.append(reference)
        objects[reference] = rendered
        continue
      }
      var both = rendered
      both.object.fields = rendered.object.fields.overlaid(by: first.object.fields)
      objects[reference] = both
    }
    return order.compactMap { objects[$0] }
  }
}

extension JSONObject {
  /// The object with the members of another one put over its own.
  fileprivate func overlaid(by other: JSONObject) -> JSONObject {
    var result = self
    for (key, value) in other.members.map({ ($0.key, $0.value) }) {
      if let own = self[key]?.object, let theirs = value.object {
        result[key] = .object(own.overlaid(by: theirs))
      } else {
        result[key] = value
      }
    }
    return result
  }
}
