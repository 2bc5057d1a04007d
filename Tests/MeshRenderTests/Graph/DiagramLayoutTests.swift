import MeshRender
import Testing

@Suite("A layout, for any diagram,")
struct DiagramLayoutTests {
  static let seeds: [UInt64] = Array(1...30)

  private func layout(_ seed: UInt64) -> (Diagram, DiagramLayout) {
    let diagram = Diagram.generated(seed: seed, mostNodes: seed.isMultiple(of: 10) ? 200 : 45)
    return (diagram, DiagramLayout(diagram))
  }

  @Test("keeps nodes apart, gives them room, and stays within the picture", arguments: seeds)
  func keepsNodesApart(seed: UInt64) {
    let (diagram, layout) = layout(seed)
    #expect(layout.nodes.count == diagram.nodes.count)
    let canvas = Box(x: 0, y: 0, width: layout.width, height: layout.height)
    for (index, box) in layout.nodes.enumerated() {
      #expect(box.width >= diagram.nodes[index].width, "seed \(seed), node \(index)")
      #expect(box.height >= diagram.nodes[index].height, "seed \(seed), node \(index)")
      #expect(canvas.contains(box), "seed \(seed), node \(index)")
      #expect(!layout.nodes[..<index].contains { $0.overlaps(box) }, "seed \(seed), node \(index)")
    }
  }

  @Test("frames each group's nodes and no others, and frames do not overlap", arguments: seeds)
  func framesGroups(seed: UInt64) {
    let (diagram, layout) = layout(seed)
    for (group, frame) in layout.groups.enumerated() {
      let hasNodes = diagram.nodes.contains { $0.group == group }
      #expect((frame != nil) == hasNodes, "seed \(seed), group \(group)")
      guard let frame else { continue }
      let wrong = zip(diagram.nodes, layout.nodes).filter { node, box in
        node.group == group ? !frame.contains(box) : frame.overlaps(box)
      }
      #expect(wrong.isEmpty, "seed \(seed), group \(group)")
      for other in layout.groups[..<group] {
        #expect(other.map { !$0.overlaps(frame) } ?? true, "seed \(seed), group \(group)")
      }
    }
  }

  @Test("leads each line at right angles from its source to its target, through no node", arguments: seeds)
  func leadsAroundNodes(seed: UInt64) {
    let (diagram, layout) = layout(seed)
    for (edge, route) in zip(diagram.edges, layout.routes) {
      #expect(isOnSide(route.points.first, of: layout.nodes[edge.source]), "seed \(seed), \(edge)")
      #expect(isOnSide(route.points.last, of: layout.nodes[edge.target]), "seed \(seed), \(edge)")
      for (start, end) in zip(route.points, route.points.dropFirst()) {
        #expect(start.x == end.x || start.y == end.y, "seed \(seed), \(edge)")
        let segment = Box(from: start, to: end)
        #expect(!layout.nodes.contains { $0.overlaps(segment) }, "seed \(seed), \(edge)")
      }
    }
  }

  @Test("places labels on no node, no other label and no line of another bundle", arguments: seeds)
  func placesLabels(seed: UInt64) {
    let (diagram, layout) = layout(seed)
    var labels: [(box: Box, bundle: Int)] = []
    for route in layout.routes {
      labels += [route.startLabel, route.endLabel, route.endNote].compactMap { $0 }.map { ($0, route.bundle) }
    }
    for (index, label) in labels.enumerated() {
      let others = layout.nodes + labels[..<index].map(\.box)
      #expect(!others.contains { $0.overlaps(label.box) }, "seed \(seed), \(label.box)")
      let crossing = layout.routes.filter { route in
        route.bundle != label.bundle
          && zip(route.points, route.points.dropFirst()).contains { start, end in
            label.box.overlaps(Box(from: start, to: end))
          }
      }
      #expect(crossing.isEmpty, "seed \(seed), \(label.box)")
    }
    let wanted = Set(diagram.edges.filter { $0.endLabel > 0 }.map(\.target))
    let labelled = zip(diagram.edges, layout.routes).filter { $1.endLabel != nil }.map(\.0.target)
    #expect(wanted == Set(labelled), "seed \(seed)")
  }

  @Test("is the same every time", arguments: [3, 20])
  func isDeterministic(seed: UInt64) {
    #expect(layout(seed).1 == layout(seed).1)
  }

  private func isOnSide(_ point: Point?, of box: Box) -> Bool {
    guard let point else { return false }
    return (point.x == box.x || point.x == box.right) && box.y < point.y && point.y < box.bottom
  }
}

extension Box {
  /// The line between two points, as wide as a hair.
  fileprivate init(from start: Point, to end: Point) {
    self.init(
      x: min(start.x, end.x), y: min(start.y, end.y), width: abs(start.x - end.x),
      height: abs(start.y - end.y))
  }
}
