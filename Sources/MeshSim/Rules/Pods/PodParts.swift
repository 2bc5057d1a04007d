import KubeModel

/// What may change in a pod through the parts with paths of their own.
enum PodParts {
  /// Ephemeral containers are added, and neither changed nor taken away.
  static func checkEphemeralContainers(
    _ pod: KubeObject, _ live: KubeObject, _ errors: inout FieldErrors
  ) {
    PodUpdate.whole(pod, &errors)
    let path = FieldPath("spec.ephemeralContainers")
    let containers = pod.fields["spec"]?.list("ephemeralContainers") ?? []
    for old in live.fields["spec"]?.list("ephemeralContainers") ?? [] {
      let name = old.text("name")
      guard let new = containers.first(where: { $0.text("name") == name }) else {
        errors.forbidden(path, "existing ephemeral containers \"\(name)\" may not be removed\n")
        continue
      }
      guard new != old else { continue }
      errors.forbidden(
        path,
        "existing ephemeral containers \"\(name)\" may not be changed\n\(StructDifference.text(old, new))")
    }
  }

  /// Containers get other amounts of CPU and memory, as long as the pod keeps its quality of service.
  static func checkResize(_ pod: KubeObject, _ live: KubeObject, _ errors: inout FieldErrors) {
    PodUpdate.whole(pod, &errors)
    let path = FieldPath("spec")
    let quality = PodQuality.of(live)
    if PodQuality.of(pod) != quality {
      errors.invalid(path, .string(quality), "Pod QOS Class may not change as a result of resizing")
    }
    if !isSupported(live) {
      errors.forbidden(path, "Pod running on node without support for resize")
    }
    for list in ["containers", "initContainers"] {
      let pairs = zip(pod.fields["spec"]?.list(list) ?? [], live.fields["spec"]?.list(list) ?? [])
      for (index, (new, old)) in pairs.enumerated() {
        check(new["resources"], old["resources"], path[list][index]["resources"], &errors)
      }
    }
  }

  private static func check(
    _ new: JSONValue?, _ old: JSONValue?, _ path: FieldPath, _ errors: inout FieldErrors
  ) {
    for (field, words) in [("limits", "resource limits"), ("requests", "resource requests")] {
      let (wanted, held) = (new?[field] ?? .null, old?[field] ?? .null)
      for member in held.object?.members ?? [] where !wanted.has(member.key) {
        errors.forbidden(path[field], "\(words) cannot be removed")
        break
      }
      let changed = (wanted.object?.members ?? []).filter { held[$0.key] != $0.value }
      if changed.contains(where: { !["cpu", "memory"].contains($0.key) }) {
        errors.forbidden(FieldPath("spec"), "only cpu and memory resources are mutable")
      }
    }
  }

  /// A node that resizes tells the resources of what it runs.
  private static func isSupported(_ pod: KubeObject) -> Bool {
    let statuses = pod[path: "status", "containerStatuses"]?.array ?? []
    guard let running = statuses.first(where: { $0[path: "state", "running"] != nil }) else { return true }
    return running["resources"] != nil
  }
}
