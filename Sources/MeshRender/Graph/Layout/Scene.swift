/// A diagram in layers: the items of each layer and the nets between neighbouring layers.
struct Scene {
  /// What takes up room in one or more layers: a node, or a part of a trunk.
  struct Item {
    /// The group it belongs to, or the place of its own for a node without group.
    var lane: Int
    /// Where it is in relation to its lane.
    var side = Side.within
    /// The layers it is in. Only the trunk of a bundle between groups, a bus, is in several.
    var layers: ClosedRange<Int>
    /// Where it is among those of the same lane, side and layer.
    var order = 0.0
    var isNode = false
    var isBus: Bool { side != .within }
  }

  /// Buses run between lanes, so that no line passes through the frame of a group it has no end in
  /// unless it has to change lanes.
  enum Side: Int {
    case above, within, below
  }

  /// The connection of one bundle's items in two neighbouring layers.
  struct Net {
    var bundle: Int
    var left: [Int]
    var right: [Int]
  }

  let diagram: Diagram
  let layers: [Int]
  let layerCount: Int
  private(set) var bundles: [Bundle]
  /// The nodes come first, with their own numbers.
  var items: [Item] = []
  /// By the layer on the left.
  private(set) var nets: [[Net]] = []
  let laneCount: Int

  init(diagram: Diagram, layers: [Int], turned: [Bool]) {
    self.diagram = diagram
    self.layers = layers
    layerCount = (layers.max() ?? -1) + 1
    bundles = Bundle.bundles(of: diagram, turned: turned, layers: layers)
    var lanes = diagram.groupCount
    for (node, shape) in diagram.nodes.enumerated() {
      items.append(Item(lane: shape.group ?? lanes, layers: layers[node]...layers[node], isNode: true))
      items[node].order = Double(node)
      if shape.group == nil { lanes += 1 }
    }
    laneCount = lanes
    addTrunks()
    addNets()
  }

  private mutating func addTrunks() {
    for index in bundles.indices {
      let lane = items[bundles[index].hub].lane
      for layer in bundles[index].inner.layers {
        bundles[index].inner.items.append(items.count)
        items.append(Item(lane: lane, layers: layer...layer, order: Double(items.count)))
      }
      guard let first = bundles[index].outer.layers.first, let last = bundles[index].outer.layers.last
      else { continue }
      bundles[index].outer.items = (first...last).map { _ in items.count }
      items.append(Item(lane: lane, side: .above, layers: first...last))
    }
  }

  /// Lines that share their way through a channel are one net there; in the one beside the hub, all do.
  private mutating func addNets() {
    nets = Array(repeating: [], count: max(0, layerCount - 1))
    for (index, bundle) in bundles.enumerated() {
      let hub = layers[bundle.hub]
      var places: [[Int]: Int] = [:]
      func connect(_ near: Int, _ far: Int, channel: Int) {
        let (left, right) = bundle.comesFromLeft ? (near, far) : (far, near)
        let place = places[[channel, far]] ?? nets[channel].count
        if place == nets[channel].count {
          places[[channel, far]] = place
          nets[channel].append(Net(bundle: index, left: [], right: []))
        }
        if !nets[channel][place].left.contains(left) { nets[channel][place].left.append(left) }
        if !nets[channel][place].right.contains(right) { nets[channel][place].right.append(right) }
      }
      let step = bundle.comesFromLeft ? 1 : -1
      for spoke in bundle.spokes {
        var (layer, item) = (layers[spoke], spoke)
        while layer != hub {
          let next = bundle.trunkItem(of: spoke, in: layer + step) ?? bundle.hub
          connect(item, next, channel: min(layer, layer + step))
          // Behind an item of the trunk the way is known already.
          (layer, item) = (layer + step, next)
        }
      }
    }
  }
}
