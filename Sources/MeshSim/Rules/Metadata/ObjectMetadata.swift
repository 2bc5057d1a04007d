import KubeModel

/// What holds for the metadata of every object (apimachinery's `ValidateObjectMeta…`).
enum ObjectMetadata {
  private static let path = FieldPath("metadata")

  /// Checks metadata as a whole, as on creation.
  ///
  /// - Parameter checkName: nil where a server checks the name by another rule already.
  static func check(
    _ object: KubeObject, isBuiltIn: Bool,
    checkName: ((_ name: String, _ isPrefix: Bool) -> [String])?, _ errors: inout FieldErrors
  ) {
    let metadata = object.fields["metadata"] ?? .null
    if let checkName {
      let prefix = metadata.text("generateName")
      if !prefix.isEmpty { errors.invalid(path["generateName"], prefix, problems: checkName(prefix, true)) }
      let name = metadata.text("name")
      if name.isEmpty {
        errors.required(path["name"], "name or generateName is required")
      } else {
        errors.invalid(path["name"], name, problems: checkName(name, false))
      }
    }
    let namespace = metadata.text("namespace")
    if !namespace.isEmpty { errors.name(path["namespace"], namespace, .dnsLabel) }
    errors.negative(path["generation"], metadata["generation"])
    parts(metadata, &errors)
    finalizers(metadata, isBuiltIn: isBuiltIn, &errors)
  }

  /// Checks what an update may not change, and the parts that it may.
  static func checkUpdate(
    _ object: KubeObject, live: KubeObject, isBuiltIn: Bool, _ errors: inout FieldErrors
  ) {
    let metadata = object.fields["metadata"] ?? .null
    let old = live.fields["metadata"] ?? .null
    if old.has("deletionTimestamp") {
      let known = Set(old.texts("finalizers"))
      let new = metadata.texts("finalizers").filter { !known.contains($0) }
      if !new.isEmpty {
        let list = new.sorted().map { "\"\($0)\"" }.joined(separator: ", ")
        errors.forbidden(
          path["finalizers"],
          "no new finalizers can be added if the object is being deleted, found new finalizers []string{\(list)}"
        )
      }
    }
    if let new = metadata["generation"]?.int, new < live.generation {
      errors.invalid(path["generation"], .int(new), "must not be decremented")
    }
    for field in ["name", "namespace", "uid", "creationTimestamp", "deletionTimestamp"] {
      errors.immutable(path[field], metadata[field], old[field])
    }
    errors.immutable(
      path["deletionGracePeriodSeconds"], metadata["deletionGracePeriodSeconds"],
      old["deletionGracePeriodSeconds"])
    parts(metadata, &errors)
    if isBuiltIn { standardFinalizers(metadata, &errors) }
  }

  private static func parts(_ metadata: JSONValue, _ errors: inout FieldErrors) {
    errors.labels(path["labels"], metadata["labels"])
    errors.annotations(path["annotations"], metadata["annotations"])
    owners(metadata, &errors)
  }

  private static func owners(_ metadata: JSONValue, _ errors: inout FieldErrors) {
    let owners = metadata.list("ownerReferences")
    let path = path["ownerReferences"]
    var controller: JSONValue?
    for owner in owners {
      let apiVersion = owner.text("apiVersion")
      let version = apiVersion.split(separator: "/").last ?? ""
      if version.isEmpty {
        errors.invalid(path["apiVersion"], .string(apiVersion), "version must not be empty")
      }
      for field in ["kind", "name", "uid"] where owner.text(field).isEmpty {
        errors.invalid(path[field], "", "must not be empty")
      }
      if apiVersion == "v1", owner.text("kind") == "Event" {
        errors.invalid(path, owner, "/v1, Kind=Event is disallowed from being an owner")
      }
      guard owner.flag("controller") else { continue }
      if let first = controller {
        errors.add([
          FieldError(
            reason: .invalid, field: path.description,
            message:
              "Invalid value: \(text(of: owners)): Only one reference can have Controller set to true. "
              + "Found \"true\" in references for \(first.text("kind"))/\(first.text("name")) and "
              + "\(owner.text("kind"))/\(owner.text("name"))")
        ])
      } else {
        controller = owner
      }
    }
  }

  /// In the order in which the server prints the fields.
  private static func text(of owners: [JSONValue]) -> String {
    let texts = owners.map { owner in
      let fields = ["apiVersion", "kind", "name", "uid", "controller", "blockOwnerDeletion"]
      return "{"
        + fields.compactMap { field in owner[field].map { "\"\(field)\":\($0.jsonText())" } }
        .joined(separator: ",") + "}"
    }
    return "[" + texts.joined(separator: ",") + "]"
  }

  private static func finalizers(_ metadata: JSONValue, isBuiltIn: Bool, _ errors: inout FieldErrors) {
    let finalizers = metadata.texts("finalizers")
    let path = path["finalizers"]
    for finalizer in finalizers {
      errors.invalid(path, finalizer, problems: LabelSyntax.keyProblems(of: finalizer))
    }
    if finalizers.contains("orphan"), finalizers.contains("foregroundDeletion") {
      errors.invalid(
        path, .array(finalizers.map { .string($0) }),
        "finalizer orphan and foregroundDeletion cannot be both set")
    }
    if isBuiltIn { standardFinalizers(metadata, &errors) }
  }

  private static func standardFinalizers(_ metadata: JSONValue, _ errors: inout FieldErrors) {
    for (index, finalizer) in metadata.texts("finalizers").enumerated() {
      guard !finalizer.contains("/"), !["kubernetes", "orphan", "foregroundDeletion"].contains(finalizer)
      else {
        continue
      }
      errors.invalid(
        path["finalizers"][index], .string(finalizer),
        "name is neither a standard finalizer name nor is it fully qualified")
    }
  }

  /// The warning about finalizers that anyone could mean.
  static func warnings(_ object: KubeObject, live: KubeObject?) -> [String] {
    let known = Set(live?.fields["metadata"]?.texts("finalizers") ?? [])
    return (object.fields["metadata"]?.texts("finalizers") ?? []).compactMap { finalizer in
      guard !known.contains(finalizer), !finalizer.contains("/"),
        !["kubernetes", "orphan", "foregroundDeletion"].contains(finalizer)
      else { return nil }
      return
        "metadata.finalizers: \"\(finalizer)\": prefer a domain-qualified finalizer name including a path (/) to "
        + "avoid accidental conflicts with other finalizer writers"
    }
  }
}
