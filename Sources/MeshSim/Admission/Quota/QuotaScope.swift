import KubeModel

/// Which objects a quota counts.
struct QuotaScope {
  private let requirements: [(scope: String, operation: String, values: [String])]

  init(_ quota: KubeObject) {
    let plain = (quota[path: "spec", "scopes"]?.array ?? []).compactMap(\.string).map {
      ($0, "Exists", [String]())
    }
    let selected = (quota[path: "spec", "scopeSelector", "matchExpressions"]?.array ?? []).map { expression in
      (
        expression["scopeName"]?.string ?? "", expression["operator"]?.string ?? "",
        (expression["values"]?.array ?? []).compactMap(\.string)
      )
    }
    requirements = plain + selected
  }

  func counts(_ object: KubeObject, _ kind: ResourceKind) -> Bool {
    requirements.allSatisfy { requirement in
      switch (kind, requirement.scope) {
      case (.pod, "Terminating"): isTerminating(object)
      case (.pod, "NotTerminating"): !isTerminating(object)
      case (.pod, "BestEffort"): isBestEffort(object)
      case (.pod, "NotBestEffort"): !isBestEffort(object)
      case (.pod, "PriorityClass"):
        holds(requirement.operation, requirement.values, object[path: "spec", "priorityClassName"]?.string)
      case (.pod, "CrossNamespacePodAffinity"): usesOtherNamespaces(object)
      case (.persistentVolumeClaim, "VolumeAttributesClass"):
        holds(
          requirement.operation, requirement.values, object[path: "spec", "volumeAttributesClassName"]?.string
        )
      default: false
      }
    }
  }

  private func holds(_ operation: String, _ values: [String], _ name: String?) -> Bool {
    let name = name ?? ""
    return switch operation {
    case "In": values.contains(name)
    case "NotIn": !values.contains(name)
    case "DoesNotExist": name.isEmpty
    default: !name.isEmpty
    }
  }

  private func isTerminating(_ pod: KubeObject) -> Bool {
    (pod[path: "spec", "activeDeadlineSeconds"]?.int ?? -1) >= 0
  }

  private func isBestEffort(_ pod: KubeObject) -> Bool {
    ["requests", "limits"].allSatisfy { field in
      let total = PodResources.total(of: pod, field)
      return ["cpu", "memory"].allSatisfy { total[$0]?.isZero ?? true }
    }
  }

  private func usesOtherNamespaces(_ pod: KubeObject) -> Bool {
    ["podAffinity", "podAntiAffinity"].contains { kind in
      let affinity = pod[path: "spec", "affinity", kind]
      let required = affinity?["requiredDuringSchedulingIgnoredDuringExecution"]?.array ?? []
      let preferred = (affinity?["preferredDuringSchedulingIgnoredDuringExecution"]?.array ?? [])
        .compactMap { $0["podAffinityTerm"] }
      return (required + preferred).contains { term in
        term["namespaceSelector"] != nil || !(term["namespaces"]?.array ?? []).isEmpty
      }
    }
  }
}
