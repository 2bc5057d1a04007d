/// Writes a graph in the DOT language (graphviz.org/doc/info/lang.html).
struct DOTDrawing {
  private let resolved: ResolvedGraph
  private let title: String

  init(_ graph: TopologyGraph) {
    resolved = ResolvedGraph(graph)
    title = graph.title
  }

  func text() -> String {
    var lines = [
      "digraph \(quoted(title)) {",
      "  graph [rankdir=LR, label=\(quoted(title)), labelloc=t, labeljust=l, fontname=\"Helvetica\", "
        + "nodesep=0.25, ranksep=0.9];",
      "  node [fontname=\"Helvetica\", fontsize=11, shape=box, style=\"rounded,filled\", "
        + "fillcolor=\"white\", color=\"#a9b4c2\"];",
      "  edge [fontname=\"Helvetica\", fontsize=9, arrowsize=0.7];",
    ]
    lines += resolved.members(of: nil).map { "  " + declaration(of: $0) }
    for (index, group) in resolved.groups.enumerated() {
      lines.append("  subgraph cluster_\(index) {")
      lines.append(
        "    label=\(quoted(group.name)); labeljust=l; style=\"rounded,filled\"; fillcolor=\"#f5f7fa\"; "
          + "color=\"#d3dae3\";")
      lines += resolved.members(of: index).map { "    " + declaration(of: $0) }
      lines.append("  }")
    }
    for (edge, source, target) in resolved.edges {
      let label = ([edge.label, edge.rate ?? ""] + edge.policies.prefix(8)).filter { !$0.isEmpty }
      let colour = LineStyle(protocol: edge.protocol).light
      lines.append(
        "  n\(source) -> n\(target) [label=\(quoted(label)), color=\"\(colour)\", fontcolor=\"\(colour)\"];")
    }
    lines.append("}")
    return lines.joined(separator: "\n") + "\n"
  }

  private func declaration(of index: Int) -> String {
    let node = resolved.nodes[index]
    let shares = node.shares.map { "\($0.name) \($0.percent)" }.joined(separator: " / ")
    let rows = [node.name, node.details.joined(separator: " · "), shares].filter { !$0.isEmpty }
    let shape =
      switch node.kind {
      case .workload: "box"
      case .outside: "oval"
      case .gateway: "house"
      case .database: "cylinder"
      case .cache: "box3d"
      case .job: "component"
      case .external: "note"
      }
    // Only a box has round corners; graphviz warns for the others.
    let style = node.kind == .workload ? "" : ", style=\"filled\""
    return "n\(index) [label=\(quoted(rows)), shape=\(shape)\(style)];"
  }

  /// A quoted string of which each of `rows` is a line.
  private func quoted(_ rows: [String]) -> String {
    "\"" + rows.map(\.dotEscaped).joined(separator: "\\n") + "\""
  }

  private func quoted(_ text: String) -> String { quoted([text]) }
}

extension String {
  /// The text within double quotes. A backslash is doubled, or it would start an escape such as `\N`, the
  /// node's own name; and graphviz reads entities such as `&lt;`.
  fileprivate var dotEscaped: String {
    shortLine.replacing("&", with: "&amp;").replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
  }
}

extension TopologyGraph {
  /// The graph in the DOT language of Graphviz.
  public func dot() -> String { DOTDrawing(self).text() }
}
