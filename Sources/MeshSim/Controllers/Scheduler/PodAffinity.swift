import KubeModel

/// A pod that stands on a node, for what other pods say about their neighbours.
struct PlacedPod {
  let object: KubeObject
  let labels: [String: String]
  let node: KubeObject
}

/// Whether pods want to be, or not to be, near other pods.
enum PodAffinity {
  enum Verdict: Equatable {
    case admitted
    case noAffinity
    case ownAntiAffinity
    case existingAntiAffinity
  }

  static func verdict(_ pod: KubeObject, _ node: KubeObject, placed: [PlacedPod]) -> Verdict {
    let labels = pod.labels
    for term in terms(pod, "podAntiAffinity") {
      guard let domain = domain(term, node) else { continue }
      if placed.contains(where: { PodAffinity.domain(term, $0.node) == domain && matches(term, of: pod, $0) })
      {
        return .ownAntiAffinity
      }
    }
    for other in placed where other.object[path: "spec", "affinity", "podAntiAffinity"] != nil {
      for term in terms(other.object, "podAntiAffinity") {
        guard let domain = domain(term, node), PodAffinity.domain(term, other.node) == domain,
          selects(term, of: other.object, pod, labels)
        else { continue }
        return .existingAntiAffinity
      }
    }
    for term in terms(pod, "podAffinity") {
      let matching = placed.filter { matches(term, of: pod, $0) }
      if matching.isEmpty, selects(term, of: pod, pod, labels), domain(term, node) != nil { continue }
      guard let domain = domain(term, node),
        matching.contains(where: { PodAffinity.domain(term, $0.node) == domain })
      else { return .noAffinity }
    }
    return .admitted
  }

  /// What preferred terms add for a node.
  static func score(_ pod: KubeObject, _ node: KubeObject, placed: [PlacedPod]) -> Int64 {
    var score: Int64 = 0
    for (kind, sign) in [("podAffinity", Int64(1)), ("podAntiAffinity", -1)] {
      let preferred = pod[path: "spec", "affinity", kind, "preferredDuringSchedulingIgnoredDuringExecution"]
      for weighted in preferred?.array ?? [] {
        guard let term = weighted["podAffinityTerm"], let domain = domain(term, node) else { continue }
        let count = placed.count { PodAffinity.domain(term, $0.node) == domain && matches(term, of: pod, $0) }
        score += sign * (weighted["weight"]?.int ?? 0) * Int64(count)
      }
    }
    return score
  }

  /// Whether a pod, or any placed one, has required terms: otherwise nothing has to be looked at.
  static func terms(_ pod: KubeObject, _ kind: String) -> [JSONValue] {
    pod[path: "spec", "affinity", kind, "requiredDuringSchedulingIgnoredDuringExecution"]?.array ?? []
  }

  private static func domain(_ term: JSONValue, _ node: KubeObject) -> String? {
    node.labels[term["topologyKey"]?.string ?? ""]
  }

  private static func matches(_ term: JSONValue, of pod: KubeObject, _ other: PlacedPod) -> Bool {
    selects(term, of: pod, other.object, other.labels)
  }

  private static func selects(
    _ term: JSONValue, of owner: KubeObject, _ other: KubeObject, _ labels: [String: String]
  ) -> Bool {
    let namespaces = (term["namespaces"]?.array ?? []).compactMap(\.string)
    let selectsAll = term["namespaceSelector"]?.object != nil
    let isInScope =
      namespaces.isEmpty && !selectsAll
      ? owner.namespace == other.namespace : selectsAll || namespaces.contains(other.namespace ?? "")
    guard isInScope, let selector = term["labelSelector"].flatMap(LabelSelector.init(json:)) else {
      return false
    }
    return selector.matches(labels)
  }
}
