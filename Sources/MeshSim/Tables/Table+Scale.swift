import KubeModel
import Seams

extension Table {
  /// A scale as a row.
  static func scale(_ scale: KubeObject, include: IncludeObject, now: Timestamp) -> JSONValue {
    let kind = ResourceKind(group: "autoscaling", version: "v1", kind: "Scale", plural: "scales")
    let resource = Resource(
      kind: kind, singular: "scale", verbs: [],
      columns: [
        Resource.Column(name: "Name", type: "string", format: "name"),
        Resource.Column(name: "Desired", type: "integer"),
        Resource.Column(name: "Available", type: "integer"),
        Resource.Column(name: "Age", type: "string"),
      ], storage: kind)
    return answer(
      objects: [scale], resource: resource, includeObject: include, withHeaders: true, now: now,
      listMetadata: nil)
  }
}
