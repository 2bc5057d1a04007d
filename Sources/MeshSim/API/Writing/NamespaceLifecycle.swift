import KubeModel

/// Nothing is made in a namespace that is not there or is going, and some namespaces stay (the admission plug-in of
/// the same name).
enum NamespaceLifecycle {
  private static let immortal: Set<String> = ["default", "kube-system", "kube-public"]

  static func admitCreation(of object: KubeObject, _ served: ServedResource, in store: ObjectStore)
    throws(StatusError)
  {
    guard served.kind.isNamespaced, let name = object.namespace else { return }
    guard let namespace = store.get(.namespace, ObjectKey(namespace: "", name: name)) else {
      // Whoever may ask for an access review may do so for any namespace.
      if served.kind.kind == "LocalSubjectAccessReview" { return }
      throw .notFound(.namespace, name)
    }
    guard namespace[path: "status", "phase"]?.string == "Terminating" else { return }
    var details = StatusError.details(served.kind, object.name)
    details["causes"] = [
      [
        "reason": "NamespaceTerminating", "message": .string("namespace \(name) is being terminated"),
        "field": "metadata.namespace",
      ]
    ]
    throw StatusError(
      code: 403, reason: "Forbidden",
      message:
        "\(served.kind) \"\(object.name)\" is forbidden: unable to create new content in namespace \(name) "
        + "because it is being terminated", details: details)
  }

  static func admitDeletion(_ kind: ResourceKind, name: String) throws(StatusError) {
    guard kind == .namespace, immortal.contains(name) else { return }
    throw StatusError(
      code: 403, reason: "Forbidden",
      message: "namespaces \"\(name)\" is forbidden: this namespace may not be deleted",
      details: StatusError.details(kind, name))
  }
}
