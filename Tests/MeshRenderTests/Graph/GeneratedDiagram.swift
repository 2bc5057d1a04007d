import MeshRender

extension Diagram {
  /// A diagram that `seed` decides: with cycles, lines of a node to itself, several lines between two
  /// nodes, empty groups, nodes without group or line, and labels of all widths.
  static func generated(seed: UInt64, mostNodes: Int) -> Diagram {
    var numbers = SeededNumbers(seed: seed)
    let groupCount = Int.random(in: 0...8, using: &numbers)
    let nodes = (0..<Int.random(in: 1...mostNodes, using: &numbers)).map { _ in
      let isGrouped = groupCount > 0 && Int.random(in: 0..<10, using: &numbers) > 0
      return Node(
        width: 2 * Int.random(in: 20...120, using: &numbers),
        height: 2 * Int.random(in: 10...40, using: &numbers),
        group: isGrouped ? Int.random(in: 0..<groupCount, using: &numbers) : nil)
    }
    // In half of the diagrams callees come after callers, as in most systems; in the others, anything goes.
    let isOrdered = Bool.random(using: &numbers)
    let edges = (0..<Int.random(in: 0...nodes.count * 2, using: &numbers)).map { _ in
      var source = Int.random(in: nodes.indices, using: &numbers)
      var target = Int.random(in: nodes.indices, using: &numbers)
      if isOrdered, source > target, Int.random(in: 0..<10, using: &numbers) > 0 { swap(&source, &target) }
      var edge = Edge(source: source, target: target, mark: ["a", "b"].randomElement(using: &numbers)!)
      edge.startLabel = [0, 0, 24].randomElement(using: &numbers)!
      edge.endLabel = [0, 50, 90].randomElement(using: &numbers)!
      edge.endNote = [0, 0, 120].randomElement(using: &numbers)!
      edge.endNoteLines = edge.endNote > 0 ? Int.random(in: 1...4, using: &numbers) : 0
      return edge
    }
    return Diagram(nodes: nodes, edges: edges, groupCount: groupCount)
  }
}
