import KubeModel

/// The annotation in which `kubectl apply` keeps what it applied on the client's side.
enum LastApplied {
  static let annotation = "kubectl.kubernetes.io/last-applied-configuration"
  /// Only this manager may take over what the annotation lists.
  static let manager = "kubectl"

  /// The configuration that the annotation holds.
  static func configuration(of object: KubeObject) -> KubeObject? {
    guard let text = object[path: "metadata", "annotations", annotation]?.string, !text.isEmpty,
      let value = try? JSONValue(json: text)
    else { return nil }
    return KubeObject(value)
  }

  /// Writes what `manager` applied into the annotation, if the object has one.
  static func refresh(_ object: inout KubeObject, from configuration: KubeObject, manager: String) {
    guard manager == self.manager, let text = object[path: "metadata", "annotations", annotation]?.string,
      !text.isEmpty
    else { return }
    var applied = configuration
    if var annotations = applied[path: "metadata", "annotations"]?.object {
      annotations[annotation] = nil
      var metadata = applied.fields["metadata"]
      metadata?["annotations"] = annotations.isEmpty ? nil : .object(annotations)
      applied.fields["metadata"] = metadata
    }
    object.set("metadata", "annotations", annotation, to: .string(applied.json.jsonText() + "\n"))
  }
}
