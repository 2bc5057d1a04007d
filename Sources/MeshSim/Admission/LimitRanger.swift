import KubeModel

/// Limits of a namespace on what one container, pod or claim may ask for, and what containers get that say nothing.
enum LimitRanger {
  /// Fills in requests and limits of containers, and notes in an annotation which.
  static func fillDefaults(_ pod: inout KubeObject, in state: ClusterState) {
    for range in state.store.list(.limitRange, namespace: pod.namespace ?? "") {
      let limits = range[path: "spec", "limits"]?.array ?? []
      var defaults: [String: JSONObject] = [:]
      for limit in limits where limit["type"]?.string == "Container" {
        for (field, source) in [("limits", "default"), ("requests", "defaultRequest")] {
          for member in limit[source]?.object?.members ?? [] {
            defaults[field, default: JSONObject()][member.key] = member.value
          }
        }
      }
      guard !defaults.isEmpty else { continue }
      var notes: [String] = []
      for (list, word) in [("containers", "container"), ("initContainers", "init container")] {
        guard let containers = pod[path: "spec", list]?.array, !containers.isEmpty else { continue }
        let filled = containers.map { fill($0, called: word, defaults, notes: &notes) }
        pod.set("spec", list, to: .array(filled))
      }
      if !notes.isEmpty {
        pod.annotations["kubernetes.io/limit-ranger"] =
          "LimitRanger plugin set: " + notes.joined(separator: "; ")
      }
    }
  }

  private static func fill(
    _ container: JSONValue, called word: String, _ defaults: [String: JSONObject], notes: inout [String]
  ) -> JSONValue {
    var container = container
    for (field, note) in [("requests", "request"), ("limits", "limit")] {
      let values = container["resources"]?[field]?.object ?? JSONObject()
      let missing = (defaults[field]?.members ?? []).filter { values[$0.key] == nil }
      guard !missing.isEmpty else { continue }
      var changed = values
      for member in missing { changed[member.key] = member.value }
      var resources = container["resources"] ?? [:]
      resources[field] = .object(changed)
      container["resources"] = resources
      let names = missing.map(\.key).joined(separator: ", ")
      notes.append("\(names) \(note) for \(word) \(container["name"]?.string ?? "")")
    }
    return container
  }

  // MARK: Checks

  static func checkPod(_ pod: KubeObject, in state: ClusterState) throws(StatusError) {
    for range in state.store.list(.limitRange, namespace: pod.namespace ?? "") {
      var errors: [String] = []
      for limit in range[path: "spec", "limits"]?.array ?? [] {
        let constraint = LimitConstraint(limit)
        switch limit["type"]?.string {
        case "Container":
          for list in ["containers", "initContainers"] {
            for container in pod[path: "spec", list]?.array ?? [] {
              errors += constraint.problems(
                requests: container["resources"]?["requests"], limits: container["resources"]?["limits"])
            }
          }
        case "Pod":
          let requests = PodResources.total(of: pod, "requests")
          let limits = PodResources.total(of: pod, "limits")
          errors += constraint.problems(requests: requests.json, limits: limits.json)
        default: break
        }
      }
      try refuse(pod, .pod, errors)
    }
  }

  static func checkClaim(_ claim: KubeObject, in state: ClusterState) throws(StatusError) {
    for range in state.store.list(.limitRange, namespace: claim.namespace ?? "") {
      var errors: [String] = []
      for limit in range[path: "spec", "limits"]?.array ?? []
      where limit["type"]?.string == "PersistentVolumeClaim" {
        let constraint = LimitConstraint(limit)
        errors += constraint.requestProblems(claim[path: "spec", "resources", "requests"])
      }
      try refuse(claim, .persistentVolumeClaim, errors)
    }
  }

  private static func refuse(_ object: KubeObject, _ kind: ResourceKind, _ errors: [String])
    throws(StatusError)
  {
    var different: [String] = []
    for error in errors where !different.contains(error) { different.append(error) }
    guard let first = different.first else { return }
    let text = different.count == 1 ? first : "[" + different.joined(separator: ", ") + "]"
    throw Admission.refusal(object, kind, text)
  }
}
