/// Writes a graph as a Mermaid flowchart (mermaid.js.org/syntax/flowchart.html), for documents that draw
/// such text themselves.
struct MermaidDrawing {
  private let resolved: ResolvedGraph
  private let title: String

  init(_ graph: TopologyGraph) {
    resolved = ResolvedGraph(graph)
    title = graph.title
  }

  func text() -> String {
    var lines = ["flowchart LR"]
    // Without a title, the next line would be taken for it.
    let title = title.mermaidLine
    if title.contains(where: { $0 != " " }) { lines.append("  accTitle: \(title)") }
    lines += resolved.members(of: nil).map { "  " + declaration(of: $0) }
    for (index, group) in resolved.groups.enumerated() {
      lines.append("  subgraph g\(index)[\"\(group.name.mermaidEscaped)\"]")
      lines += resolved.members(of: index).map { "    " + declaration(of: $0) }
      lines.append("  end")
    }
    for (edge, source, target) in resolved.edges {
      let label = ([edge.label, edge.rate ?? ""] + edge.policies.prefix(8)).filter { !$0.isEmpty }
        .map(\.mermaidEscaped).joined(separator: "<br>")
      lines.append("  n\(source) -->\(label.isEmpty ? "" : "|\"\(label)\"|") n\(target)")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The ids are numbers with a letter before: a name may be a word of the language, such as `end`.
  private func declaration(of index: Int) -> String {
    let node = resolved.nodes[index]
    let shares = node.shares.map { "\($0.name) \($0.percent)" }.joined(separator: " / ")
    let rows = [node.name, node.details.joined(separator: " · "), shares].filter { !$0.isEmpty }
    let text = rows.map(\.mermaidEscaped).joined(separator: "<br>")
    let (open, close) =
      switch node.kind {
      case .workload: ("[", "]")
      case .outside: ("([", "])")
      case .gateway: ("{{", "}}")
      case .database: ("[(", ")]")
      case .cache: ("(", ")")
      case .job: ("[[", "]]")
      case .external: (">", "]")
      }
    return "n\(index)\(open)\"\(text)\"\(close)"
  }
}

extension String {
  /// The text within double quotes: all but letters, digits and a few harmless characters as entity codes,
  /// so that it is neither markup of Mermaid, nor Markdown, nor HTML.
  fileprivate var mermaidEscaped: String {
    var escaped = ""
    for scalar in shortLine.unicodeScalars {
      switch scalar.value {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x20, 0x2D, 0x2E, 0x2F, 0x80...:
        escaped.unicodeScalars.append(scalar)
      default: escaped += "#\(scalar.value);"
      }
    }
    return escaped
  }

  /// The text as the rest of a line, where neither quotes nor entity codes are known.
  fileprivate var mermaidLine: String {
    let allowed = shortLine.unicodeScalars.map { scalar -> Unicode.Scalar in
      switch scalar.value {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x20, 0x2D, 0x2E, 0x80...: scalar
      default: "_"
      }
    }
    return String(String.UnicodeScalarView(allowed))
  }
}

extension TopologyGraph {
  /// The graph as a Mermaid flowchart.
  public func mermaid() -> String { MermaidDrawing(self).text() }
}
