import KubeModel

/// Objects as nothing but their metadata.
enum PartialMetadata {
  static func of(_ object: KubeObject, version: String = "v1") -> KubeObject {
    var partial = KubeObject(JSONObject())
    partial.fields["kind"] = "PartialObjectMetadata"
    partial.fields["apiVersion"] = .string("meta.k8s.io/\(version)")
    partial.fields["metadata"] = object.fields["metadata"] ?? [:]
    return partial
  }

  static func list(_ objects: [KubeObject], metadata: JSONValue, version: String) -> JSONValue {
    [
      "kind": "PartialObjectMetadataList", "apiVersion": .string("meta.k8s.io/\(version)"),
      "metadata": metadata, "items": .array(objects.map { of($0, version: version).json }),
    ]
  }
}
