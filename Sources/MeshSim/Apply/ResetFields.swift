import KubeModel

/// The fields that a kind's strategy takes back from whoever writes them: they give no ownership.
enum ResetFields {
  private static let status = FieldSet(path: ["status"])
  private static let spec = FieldSet(path: ["spec"])
  private static let podStatus = spec.union(FieldSet(path: ["metadata", "deletionTimestamp"]))
    .union(FieldSet(path: ["metadata", "ownerReferences"]))
  private static let deploymentStatus = spec.union(FieldSet(path: ["metadata", "labels"]))

  static func of(_ object: KubeObject, subresource: String, schema: Schema) -> FieldSet {
    switch subresource {
    case "":
      // Kinds whose status is no subresource of their own.
      switch object.kind {
      case "Scale", "TokenReview", "SubjectAccessReview", "SelfSubjectAccessReview": return FieldSet()
      default: return status
      }
    case "status":
      switch (object.apiVersion, object.kind) {
      case ("v1", "Pod"): return podStatus
      case ("apps/v1", "Deployment"): return deploymentStatus
      default: return spec
      }
    default: return FieldSet()
    }
  }
}
