/// Lines of one mark to one target, the hub, that run together: each line leads from a spoke into a trunk,
/// and the trunk into the hub.
struct Bundle {
  /// The part of the lines that is long, on its way through the layers between.
  struct Trunk {
    /// The layers strictly between the hub and the farthest spoke.
    var layers: Range<Int> = 0..<0
    /// What stands for the trunk in each of its layers.
    var items: [Int] = []

    /// What stands for the trunk in `layer`.
    func item(in layer: Int) -> Int? { layers.contains(layer) ? items[layer - layers.lowerBound] : nil }
  }

  /// The target of all lines.
  let hub: Int
  /// Whether the lines come from the layers left of the hub; those of turned lines come from the right.
  let comesFromLeft: Bool
  /// The sources, in order.
  private(set) var spokes: [Int] = []
  /// The sources in the hub's own group.
  private(set) var innerSpokes: Set<Int> = []
  /// The diagram's edges.
  private(set) var edges: [Int] = []
  /// The trunk of the lines from other groups, and that of those from the hub's own, which stays within.
  var outer = Trunk()
  var inner = Trunk()

  /// What stands for the line from `spoke` in `layer`.
  func trunkItem(of spoke: Int, in layer: Int) -> Int? {
    (innerSpokes.contains(spoke) ? inner : outer).item(in: layer)
  }

  private func trunkLayers(isInner: Bool, layers: [Int]) -> Range<Int> {
    let ends = spokes.filter { innerSpokes.contains($0) == isInner }.map { layers[$0] }
    guard let first = ends.min(), let last = ends.max() else { return 0..<0 }
    return comesFromLeft ? min(first + 1, layers[hub])..<layers[hub] : layers[hub] + 1..<last
  }

  /// The bundles of all edges but those of a node to itself.
  static func bundles(of diagram: Diagram, turned: [Bool], layers: [Int]) -> [Bundle] {
    struct Key: Hashable {
      var target: Int
      var mark: String
      var isTurned: Bool
    }
    var bundles: [Bundle] = []
    var places: [Key: Int] = [:]
    var known: [Set<Int>] = []
    for (index, edge) in diagram.edges.enumerated() where edge.source != edge.target {
      let key = Key(target: edge.target, mark: edge.mark, isTurned: turned[index])
      let place = places[key] ?? bundles.count
      if place == bundles.count {
        places[key] = place
        bundles.append(Bundle(hub: edge.target, comesFromLeft: !turned[index]))
        known.append([])
      }
      bundles[place].edges.append(index)
      guard known[place].insert(edge.source).inserted else { continue }
      bundles[place].spokes.append(edge.source)
      let group = diagram.nodes[edge.target].group
      if group != nil, group == diagram.nodes[edge.source].group {
        bundles[place].innerSpokes.insert(edge.source)
      }
    }
    for index in bundles.indices {
      bundles[index].outer.layers = bundles[index].trunkLayers(isInner: false, layers: layers)
      bundles[index].inner.layers = bundles[index].trunkLayers(isInner: true, layers: layers)
    }
    return bundles
  }
}
