import KubeModel

/// How evenly pods are spread over zones or nodes.
enum SpreadConstraints {
  /// Whether a node may take a pod, by the constraints that forbid.
  static func admits(
    _ pod: KubeObject, _ node: KubeObject, nodes: [KubeObject], placed: [PlacedPod]
  ) -> (isAdmitted: Bool, lacksLabel: Bool) {
    for constraint in constraints(pod) where constraint["whenUnsatisfiable"]?.string != "ScheduleAnyway" {
      guard let domain = node.labels[constraint["topologyKey"]?.string ?? ""] else { return (false, true) }
      let counts = counts(constraint, pod, nodes: nodes, placed: placed)
      let least: Int
      if let minimum = constraint["minDomains"]?.int, counts.count < Int(minimum) {
        least = 0
      } else {
        least = counts.values.min() ?? 0
      }
      let selfMatch = selector(constraint, pod).matches(pod.labels) ? 1 : 0
      let skew = (counts[domain] ?? 0) + selfMatch - least
      if skew > Int(constraint["maxSkew"]?.int ?? 1) { return (false, false) }
    }
    return (true, false)
  }

  /// The number of the pod's like in a node's domains, for the constraints that only prefer.
  static func crowd(_ pod: KubeObject, _ node: KubeObject, nodes: [KubeObject], placed: [PlacedPod]) -> Int {
    constraints(pod).filter { $0["whenUnsatisfiable"]?.string == "ScheduleAnyway" }.reduce(0) {
      sum, constraint in
      guard let domain = node.labels[constraint["topologyKey"]?.string ?? ""] else { return sum + 1_000 }
      return sum + (counts(constraint, pod, nodes: nodes, placed: placed)[domain] ?? 0)
    }
  }

  static func constraints(_ pod: KubeObject) -> [JSONValue] {
    pod[path: "spec", "topologySpreadConstraints"]?.array ?? []
  }

  private static func counts(
    _ constraint: JSONValue, _ pod: KubeObject, nodes: [KubeObject], placed: [PlacedPod]
  ) -> [String: Int] {
    let key = constraint["topologyKey"]?.string ?? ""
    var counts: [String: Int] = [:]
    for node in nodes where NodeAffinity.admits(pod, node) {
      if let domain = node.labels[key] { counts[domain] = counts[domain] ?? 0 }
    }
    let selector = selector(constraint, pod)
    for other in placed where other.object.namespace == pod.namespace && other.object.deletionTimestamp == nil
    {
      guard let domain = other.node.labels[key], counts[domain] != nil, selector.matches(other.labels) else {
        continue
      }
      counts[domain, default: 0] += 1
    }
    return counts
  }

  private static func selector(_ constraint: JSONValue, _ pod: KubeObject) -> LabelSelector {
    var selector =
      constraint["labelSelector"].flatMap(LabelSelector.init(json:)) ?? LabelSelector([.exists("\u{0}")])
    let labels = pod.labels
    for key in (constraint["matchLabelKeys"]?.array ?? []).compactMap(\.string) {
      if let value = labels[key] { selector.requirements.append(.equals(key, value)) }
    }
    return selector
  }
}
