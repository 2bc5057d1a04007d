import KubeModel

/// The objects that a binding gives its policy to look things up in.
enum PolicyParameters {
  struct Problem: Error {
    let message: String
  }

  /// - Returns: one evaluation for each; a policy without parameters is evaluated once, with none.
  static func of(
    _ policy: KubeObject, _ binding: KubeObject, _ request: PolicyRequest, in state: ClusterState
  ) throws(Problem) -> [KubeObject?] {
    guard let kind = policy[path: "spec", "paramKind"], let reference = binding[path: "spec", "paramRef"]
    else { return [nil] }
    let (version, name) = (kind.text("apiVersion"), kind.text("kind"))
    guard let served = state.api.resource(apiVersion: version, kind: name) else {
      throw Problem(message: "paramKind kind `\(version), Kind=\(name)` not known")
    }
    var namespace = ""
    if served.kind.isNamespaced {
      let own = reference.text("namespace")
      namespace = own.isEmpty ? request.attributes.namespace : own
      guard !namespace.isEmpty else {
        throw Problem(
          message: "cannot use namespaced paramRef in policy binding that matches cluster-scoped resources")
      }
    } else if !reference.text("namespace").isEmpty {
      throw Problem(message: "paramRef.namespace must not be provided for a cluster-scoped `paramKind`")
    }
    var found: [KubeObject?] = []
    if !reference.text("name").isEmpty {
      let key = ObjectKey(namespace: namespace, name: reference.text("name"))
      found = state.store.get(served.storage, key).map { [served.served($0)] } ?? []
    } else if let selector = reference["selector"].flatMap(LabelSelector.init(json:)) {
      found = state.store.list(served.storage, namespace: namespace.isEmpty ? nil : namespace)
        .filter { selector.matches($0.labels) }.map(served.served)
    }
    if found.isEmpty, reference.text("parameterNotFoundAction") == "Deny" {
      throw Problem(message: "no params found for policy binding with `Deny` parameterNotFoundAction")
    }
    return found
  }
}
