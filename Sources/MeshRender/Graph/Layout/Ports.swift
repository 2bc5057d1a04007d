/// Where on the sides of nodes lines begin and end, and how high nodes must be for that.
struct Ports {
  /// The distance of a bundle's line from the top of a node.
  private(set) var left: [[Int: Int]]
  private(set) var right: [[Int: Int]]
  /// The lines of a node to itself leave and come back here, by edge.
  private(set) var loops: [Int: (out: Int, back: Int)] = [:]
  /// By node.
  private(set) var heights: [Int]

  private struct Port {
    var bundle: Int?
    var loop: Int?
    var place: Double
    var hasLabel: Bool
    var noteLines: Int
  }

  init(_ arrangement: Arrangement) {
    let scene = arrangement.scene
    let diagram = scene.diagram
    var sides: [(left: [Port], right: [Port])] = Array(repeating: ([], []), count: diagram.nodes.count)
    for (channel, nets) in scene.nets.enumerated() {
      for net in nets {
        let bundle = scene.bundles[net.bundle]
        func port(at node: Int, facing others: [Int], in layer: Int) -> Port {
          let places = others.map { Double(arrangement.place(of: $0, in: layer)) }
          let edges = bundle.edges.map { diagram.edges[$0] }
          let isHub = node == bundle.hub
          return Port(
            bundle: net.bundle, place: places.reduce(0, +) / Double(max(1, places.count)),
            hasLabel: edges.contains { isHub ? $0.endLabel > 0 : $0.source == node && $0.startLabel > 0 },
            noteLines: isHub ? edges.map(\.endNoteLines).max() ?? 0 : 0)
        }
        for node in net.left where scene.items[node].isNode {
          sides[node].right.append(port(at: node, facing: net.right, in: channel + 1))
        }
        for node in net.right where scene.items[node].isNode {
          sides[node].left.append(port(at: node, facing: net.left, in: channel))
        }
      }
    }
    for (index, edge) in diagram.edges.enumerated() where edge.source == edge.target {
      for _ in 0..<2 {
        sides[edge.source].right.append(
          Port(loop: index, place: .infinity, hasLabel: edge.endLabel > 0, noteLines: 0))
      }
    }
    left = Array(repeating: [:], count: diagram.nodes.count)
    right = left
    heights = diagram.nodes.map(\.height)
    for node in diagram.nodes.indices {
      let leftSide = Ports.spread(sides[node].left)
      let rightSide = Ports.spread(sides[node].right)
      // Even, so that the middle of all nodes is a whole number.
      heights[node] = (max(heights[node], leftSide.height, rightSide.height) + 1) / 2 * 2
      for (port, y) in leftSide.ports {
        if let bundle = port.bundle { left[node][bundle] = heights[node] / 2 + y }
      }
      for (port, y) in rightSide.ports {
        let y = heights[node] / 2 + y
        if let bundle = port.bundle { right[node][bundle] = y }
        if let loop = port.loop { loops[loop] = (loops[loop]?.out ?? y, y) }
      }
    }
  }

  /// The ports from top to bottom with their distance from the middle, and the height they need.
  private static func spread(_ ports: [Port]) -> (ports: [(Port, Int)], height: Int) {
    guard !ports.isEmpty else { return ([], 0) }
    let sorted = ports.sorted {
      ($0.place, $0.bundle ?? $0.loop ?? 0) < ($1.place, $1.bundle ?? $1.loop ?? 0)
    }
    func above(_ port: Port) -> Int { port.hasLabel ? Spacing.labelHeight : Spacing.portMargin }
    func below(_ port: Port) -> Int { port.noteLines > 0 ? port.noteLines * Spacing.noteLine + 2 : 2 }
    var ys = [0]
    for (upper, lower) in zip(sorted, sorted.dropFirst()) {
      ys.append((ys.last ?? 0) + max(Spacing.betweenPorts, below(upper) + above(lower)))
    }
    let (first, last) = (sorted[0], sorted[sorted.count - 1])
    let reach = (ys.last ?? 0) / 2 * 2
    let margin = max(above(first), below(last), Spacing.portMargin)
    return (zip(sorted, ys.map { $0 - reach / 2 }).map { ($0, $1) }, reach + 2 * margin + 4)
  }
}
