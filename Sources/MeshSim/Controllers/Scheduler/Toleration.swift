import KubeModel

/// Which taints a pod puts up with.
enum Toleration {
  enum Time: Equatable {
    case none
    case seconds(Int64)
    case forever
  }

  static func tolerates(_ tolerations: [JSONValue], _ taint: JSONValue) -> Bool {
    tolerations.contains { matches($0, taint) }
  }

  /// How long a pod stays on a node with `taints`.
  static func time(of pod: KubeObject, taints: [JSONValue]) -> Time {
    let tolerations = pod[path: "spec", "tolerations"]?.array ?? []
    var least: Int64?
    for taint in taints {
      let matching = tolerations.filter { matches($0, taint) }
      guard !matching.isEmpty else { return .none }
      for seconds in matching.compactMap({ $0["tolerationSeconds"]?.int }) {
        least = min(least ?? seconds, seconds)
      }
    }
    return least.map { $0 <= 0 ? .none : .seconds($0) } ?? .forever
  }

  private static func matches(_ toleration: JSONValue, _ taint: JSONValue) -> Bool {
    let effect = toleration["effect"]?.string ?? ""
    guard effect.isEmpty || effect == taint["effect"]?.string else { return false }
    let key = toleration["key"]?.string ?? ""
    let exists = toleration["operator"]?.string == "Exists"
    guard key.isEmpty ? exists : key == taint["key"]?.string else { return false }
    return exists || (toleration["value"]?.string ?? "") == (taint["value"]?.string ?? "")
  }
}
