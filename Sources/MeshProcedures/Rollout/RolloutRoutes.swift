import KubeModel
import MeshTopology

/// Reads and writes the canary's share in a VirtualService's `http` routes.
enum RolloutRoutes {
  /// The share of the canary in the first route without a match; `nil` when that route is not one of
  /// two weighted subsets that sum to 100.
  static func canaryWeight(in http: JSONValue?, canarySubset: String) -> Weight? {
    guard let route = http?.array?.first(where: { $0["match"]?.array?.isEmpty ?? true }),
      let destinations = route["route"]?.array
    else { return nil }
    let weights = destinations.compactMap { Weight(percent: Int($0["weight"]?.int ?? 0)) }
    let subsets = destinations.compactMap { $0[path: "destination", "subset"]?.string }
    guard destinations.count == 2, weights.count == 2, weights[0] == weights[1].complement,
      Set(subsets).count == 2,
      let canary = subsets.firstIndex(of: canarySubset)
    else { return nil }
    return weights[canary]
  }

  /// The routes that give the canary `weight`.
  static func http(_ routes: RolloutPlan.Routes, canary weight: Weight) -> JSONValue {
    guard weight > .zero else { return routes.resting }
    let written = (routes.running.array ?? []).map { route -> JSONValue in
      guard route["match"]?.array?.isEmpty ?? true, let destinations = route["route"]?.array else {
        return route
      }
      var changed = route
      changed["route"] = .array(
        destinations.map { destination in
          let isCanary = destination[path: "destination", "subset"]?.string == routes.canarySubset
          var weighted = destination
          weighted["weight"] = .int(Int64(isCanary ? weight.percent : weight.complement.percent))
          return weighted
        })
      return changed
    }
    return .array(written)
  }
}
