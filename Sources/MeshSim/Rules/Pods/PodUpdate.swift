import KubeModel

/// What a new pod must be, and what may change in one that is there.
enum PodUpdate {
  private static let updatable = [
    "`spec.containers[*].image`", "`spec.initContainers[*].image`", "`spec.activeDeadlineSeconds`",
    "`spec.tolerations` (only additions to existing tolerations)",
    "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)",
  ].joined(separator: ",")

  static func checkNew(_ pod: KubeObject, _ errors: inout FieldErrors) {
    whole(pod, &errors)
    let spec = pod.fields["spec"] ?? .null
    if !spec.list("ephemeralContainers").isEmpty {
      errors.forbidden(FieldPath("spec.ephemeralContainers"), "cannot be set on create")
    }
    if !spec.text("nodeName").isEmpty, !spec.list("schedulingGates").isEmpty {
      errors.forbidden(
        FieldPath("spec.nodeName"), "cannot be set until all schedulingGates have been cleared")
    }
  }

  static func whole(_ pod: KubeObject, _ errors: inout FieldErrors) {
    let spec = pod.fields["spec"] ?? .null
    PodAnnotations.check(
      pod.fields["metadata"] ?? .null, spec, FieldPath("metadata.annotations"), &errors)
    PodSpec(spec, FieldPath("spec"), podName: pod.name, isPod: true).check(&errors)
  }

  static func check(_ pod: KubeObject, _ live: KubeObject, _ errors: inout FieldErrors) {
    whole(pod, &errors)
    PodAnnotations.checkUpdate(
      pod[path: "metadata", "annotations"], live[path: "metadata", "annotations"],
      FieldPath("metadata.annotations"), &errors)
    let spec = pod.fields["spec"] ?? .null
    let old = live.fields["spec"] ?? .null
    let path = FieldPath("spec")
    for list in ["containers", "initContainers"] {
      let containers = spec.list(list)
      guard containers.count == old.list(list).count else {
        return errors.forbidden(path[list], "pod updates may not add or remove containers")
      }
      for (index, container) in containers.enumerated() where container.text("image").isEmpty {
        errors.required(path[list][index]["image"])
      }
    }
    guard deadline(spec, old, path["activeDeadlineSeconds"], &errors) else { return }
    Tolerations.checkUpdate(
      spec.list("tolerations"), old.list("tolerations"), path["tolerations"], &errors)
    let gates = Set(old.list("schedulingGates").map { $0.text("name") })
    for (index, gate) in spec.list("schedulingGates").enumerated() where !gates.contains(gate.text("name")) {
      errors.forbidden(
        path["schedulingGates"][index]["name"],
        "only deletion is allowed, but found new scheduling gate '\(gate.text("name"))'")
    }
    guard fixed(spec, old) != fixed(old, old) else { return }
    errors.forbidden(
      path,
      "pod updates may not change fields other than \(updatable)\n\(StructDifference.text(old, fixed(spec, old)))"
    )
  }

  /// - Returns: whether the check goes on.
  private static func deadline(
    _ spec: JSONValue, _ old: JSONValue, _ path: FieldPath, _ errors: inout FieldErrors
  ) -> Bool {
    let known = old.number("activeDeadlineSeconds")
    guard let new = spec.number("activeDeadlineSeconds") else {
      if known != nil {
        errors.invalid(path, .null, "must not update from a positive integer to nil value")
      }
      return true
    }
    if !(0...Int64(Int32.max)).contains(new) {
      errors.invalid(path, .int(new), "must be between 0 and \(Int32.max), inclusive")
      return false
    }
    if let known, known < new {
      errors.invalid(path, .int(new), "must be less than or equal to previous value")
      return false
    }
    return true
  }

  /// The specification without the fields that may change.
  private static func fixed(_ spec: JSONValue, _ old: JSONValue) -> JSONValue {
    var spec = spec
    for list in ["containers", "initContainers"] where spec.has(list) {
      spec[list] = .array(
        zip(spec.list(list), old.list(list)).map { container, old in
          var container = container
          container["image"] = old["image"]
          return container
        })
    }
    for field in ["activeDeadlineSeconds", "schedulingGates", "tolerations"] { spec[field] = old[field] }
    if let period = old.number("terminationGracePeriodSeconds"), period < 0,
      spec.number("terminationGracePeriodSeconds") == 1
    {
      spec["terminationGracePeriodSeconds"] = .int(period)
    }
    if !old.list("schedulingGates").isEmpty {
      // A gated pod may narrow where it goes.
      let additions = spec.entries("nodeSelector")
      let kept = old.entries("nodeSelector").allSatisfy { member in additions.contains(member) }
      if kept { spec["nodeSelector"] = old["nodeSelector"] }
    }
    return spec
  }
}

/// The fields that differ, one a line; the real server prints a difference of Go values here, which no client reads.
enum StructDifference {
  static func text(_ old: JSONValue, _ new: JSONValue) -> String {
    let keys = Set((old.object?.members ?? []).map(\.key) + (new.object?.members ?? []).map(\.key))
    return keys.sorted().filter { old[$0] != new[$0] }.map { key in
      "- \(key): \((old[key] ?? .null).jsonText())\n+ \(key): \((new[key] ?? .null).jsonText())\n"
    }.joined()
  }
}
