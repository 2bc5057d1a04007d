extension Arrangement {
  /// Arranges `scene` with few crossings, in a bounded number of rounds.
  static func arranged(_ scene: Scene) -> Arrangement {
    var current = Arrangement(scene: scene)
    let size = scene.items.count + scene.nets.joined().reduce(0) { $0 + $1.left.count + $1.right.count }
    // What is too large to be read is arranged with less care.
    var trials = size > 5_000 ? 0 : min(800, 150_000 / max(1, size))
    current.sortLanes()
    current.settleBuses()
    var best = current
    var leastCost = current.cost()
    let rounds = size > 5_000 ? 2 : 9
    for round in 0..<rounds {
      current.sweep(forwards: round.isMultiple(of: 2))
      current.settleBuses()
      if size <= 5_000 { current.transpose() }
      if round % 3 == 2 { current.improveLanes(trials: &trials) }
      let cost = current.cost()
      if cost < leastCost { (best, leastCost) = (current, cost) }
    }
    best.improveLanes(trials: &trials)
    return best
  }

  /// What makes a drawing hard to read; a crossing is worth a line of three rows up or down.
  func cost() -> Double { Double(crossings()) * 3 + climb() }

  /// Sorts the items of each layer by the middle of what they are connected to in the layer before.
  mutating func sweep(forwards: Bool) {
    let order = forwards ? Array(0..<scene.layerCount) : (0..<scene.layerCount).reversed()
    for layer in order {
      let channel = forwards ? layer - 1 : layer
      guard scene.nets.indices.contains(channel) else { continue }
      var neighbours: [Int: [Double]] = [:]
      for net in scene.nets[channel] {
        let (near, far) = forwards ? (net.right, net.left) : (net.left, net.right)
        for item in near where !scene.items[item].isBus {
          neighbours[item, default: []] += far.map { height[$0] }
        }
      }
      for item in rows[layer] where !scene.items[item].isBus {
        scene.items[item].order = neighbours[item]?.middle ?? height[item]
      }
      update(layer: layer)
    }
  }

  /// Lets each bus run on the side of its lane that most of its ends are on, by their middle.
  mutating func settleBuses() {
    var ends: [Int: [Double]] = [:]
    for net in scene.nets.joined() {
      let items = net.left + net.right
      for bus in items where scene.items[bus].isBus {
        ends[bus, default: []] += items.filter { !scene.items[$0].isBus }.map { height[$0] }
      }
    }
    for bundle in scene.bundles {
      guard let bus = bundle.outer.items.first else { continue }
      let spokes = bundle.spokes.filter { !bundle.innerSpokes.contains($0) }.map { height[$0] }
      let hub = height[bundle.hub]
      scene.items[bus].side = (spokes.middle ?? hub) <= hub ? .above : .below
      scene.items[bus].order = ends[bus]?.middle ?? hub
    }
    update()
  }
}

extension [Double] {
  /// The median; of an even number, the mean of the two in the middle.
  var middle: Double? {
    guard !isEmpty else { return nil }
    let sorted = sorted()
    let upper = sorted[count / 2]
    return count.isMultiple(of: 2) ? (sorted[count / 2 - 1] + upper) / 2 : upper
  }
}
