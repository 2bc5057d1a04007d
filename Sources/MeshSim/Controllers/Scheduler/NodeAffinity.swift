import KubeModel

/// Whether a node is one that a pod wants to run on.
enum NodeAffinity {
  static func admits(_ pod: KubeObject, _ node: KubeObject) -> Bool {
    let labels = node.labels
    for member in pod[path: "spec", "nodeSelector"]?.object?.members ?? []
    where labels[member.key] != member.value.string { return false }
    let required = pod[
      path: "spec", "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution"]
    guard let terms = required?["nodeSelectorTerms"]?.array else { return true }
    return terms.contains { matches($0, node, labels) }
  }

  /// The weights of the preferences that a node meets.
  static func score(_ pod: KubeObject, _ node: KubeObject) -> Int64 {
    let preferred = pod[
      path: "spec", "affinity", "nodeAffinity", "preferredDuringSchedulingIgnoredDuringExecution"]
    let labels = node.labels
    return (preferred?.array ?? []).reduce(0) { sum, term in
      guard let preference = term["preference"], matches(preference, node, labels) else { return sum }
      return sum + (term["weight"]?.int ?? 0)
    }
  }

  static func matches(_ term: JSONValue, _ node: KubeObject, _ labels: [String: String]) -> Bool {
    let expressions = term["matchExpressions"]?.array ?? []
    let fields = term["matchFields"]?.array ?? []
    guard !expressions.isEmpty || !fields.isEmpty else { return false }
    return expressions.allSatisfy { matches($0, labels[$0["key"]?.string ?? ""]) }
      && fields.allSatisfy { matches($0, $0["key"]?.string == "metadata.name" ? node.name : nil) }
  }

  private static func matches(_ expression: JSONValue, _ value: String?) -> Bool {
    let values = (expression["values"]?.array ?? []).compactMap(\.string)
    switch expression["operator"]?.string {
    case "In": return value.map(values.contains) ?? false
    case "NotIn": return !(value.map(values.contains) ?? false)
    case "Exists": return value != nil
    case "DoesNotExist": return value == nil
    case "Gt":
      guard let number = value.flatMap(Int64.init), let bound = values.first.flatMap(Int64.init) else {
        return false
      }
      return number > bound
    case "Lt":
      guard let number = value.flatMap(Int64.init), let bound = values.first.flatMap(Int64.init) else {
        return false
      }
      return number < bound
    default: return false
    }
  }
}
