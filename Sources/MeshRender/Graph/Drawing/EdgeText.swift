/// The labels of an edge, cut to what is readable.
struct EdgeText {
  private static let widest = 130
  private static let widestNote = 92
  private static let mostNotes = 4

  /// At the callee: protocol and port.
  let label: String
  /// At the callee, below the line: the rules that hold; all of them are in the line's title.
  let notes: [String]
  /// At the caller: how often.
  let rate: String

  init(_ edge: TopologyGraph.Edge) {
    label = TextMetrics.label.fitted(edge.label.onOneLine, to: EdgeText.widest)
    let rows = edge.policies.prefix(8).flatMap {
      TextMetrics.label.wrapped($0.onOneLine, to: EdgeText.widestNote)
    }
    notes = rows.count <= EdgeText.mostNotes ? rows : rows.prefix(EdgeText.mostNotes - 1) + ["…"]
    rate = TextMetrics.label.fitted(edge.rate ?? "", to: 60)
  }

  /// What lines that run together have in common.
  static func mark(of edge: TopologyGraph.Edge) -> String {
    ([edge.label] + edge.policies).joined(separator: "\n")
  }
}

extension Diagram {
  /// The boxes and lines of `graph` with the room that their texts need.
  init(_ graph: ResolvedGraph) {
    func room(_ text: String) -> Int { text.isEmpty ? 0 : TextMetrics.label.width(of: text) }
    let nodes = zip(graph.nodes, graph.groupOfNode).map { node, group in
      let card = NodeCard(node)
      return Node(width: card.width, height: card.height, group: group)
    }
    let edges = graph.edges.map { edge, source, target in
      let text = EdgeText(edge)
      var line = Edge(source: source, target: target, mark: EdgeText.mark(of: edge))
      line.startLabel = room(text.rate)
      line.endLabel = room(text.label)
      line.endNote = text.notes.map(room).max() ?? 0
      line.endNoteLines = text.notes.count
      return line
    }
    self.init(nodes: nodes, edges: edges, groupCount: graph.groups.count)
  }
}
