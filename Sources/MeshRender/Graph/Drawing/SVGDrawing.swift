/// Draws a graph as a picture that stands for itself: no scripts, no fonts or files from elsewhere.
struct SVGDrawing {
  static let margin = 28

  let graph: TopologyGraph
  let resolved: ResolvedGraph
  let layout: DiagramLayout

  init(_ graph: TopologyGraph) {
    self.graph = graph
    resolved = ResolvedGraph(graph)
    layout = DiagramLayout(Diagram(resolved))
  }

  /// The whole document.
  func text() -> String {
    let legend = SVGLegend(resolved, hasCallsBack: resolved.edges.indices.contains(where: isCallBack))
    let inner = max(layout.width, legend.width, 640)
    let head = SVGHead(graph, width: inner)
    let bodyTop = SVGDrawing.margin + head.height
    let legendTop = bodyTop + layout.height + (layout.height > 0 ? 24 : 0)
    let width = inner + 2 * SVGDrawing.margin
    let height = legendTop + legend.height + SVGDrawing.margin
    var lines = [
      """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" width="\(width)" \
      height="\(height)" role="img" aria-labelledby="graph-title graph-desc">
      """,
      "<title id=\"graph-title\">\(graph.title.xmlEscaped)</title>",
      "<desc id=\"graph-desc\">\(summary.xmlEscaped)</desc>",
      "<style>", SVGStyle.sheet, "</style>",
      "<rect class=\"canvas\" width=\"\(width)\" height=\"\(height)\"/>",
    ]
    func move(_ y: Int, _ content: [String]) {
      lines.append("<g transform=\"translate(\(SVGDrawing.margin) \(y))\">")
      lines += content
      lines.append("</g>")
    }
    move(SVGDrawing.margin, head.lines)
    // A picture narrower than what is around it stands in the middle.
    lines.append("<g transform=\"translate(\((inner - layout.width) / 2) 0)\">")
    move(bodyTop, frames + edges + cards)
    lines.append("</g>")
    move(legendTop, legend.lines)
    lines.append("</svg>")
    return lines.joined(separator: "\n") + "\n"
  }

  /// What a reader who cannot see the picture is told.
  private var summary: String {
    func counted(_ count: Int, _ one: String, _ many: String) -> String {
      "\(count) \(count == 1 ? one : many)"
    }
    let services = resolved.nodes.filter { $0.kind != .outside }
    var text = counted(services.count, "workload", "workloads")
    text += " in " + counted(resolved.groups.count, "namespace", "namespaces")
    text += " with " + counted(resolved.edges.count, "call", "calls") + "."
    for region in graph.regions {
      let clusters = region.clusters.map(\.name).joined(separator: ", ")
      text += " Region \(region.name) (\(region.role)): \(clusters.isEmpty ? "no cluster" : clusters)."
    }
    return text
  }
}

extension TopologyGraph {
  /// The graph as an SVG document, light or dark as the reader's system is.
  public func svg() -> String { SVGDrawing(self).text() }
}
