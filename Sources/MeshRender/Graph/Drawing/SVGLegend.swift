/// What the signs of a picture mean; only those it has.
struct SVGLegend {
  private(set) var lines: [String] = []
  private(set) var width = 0
  private(set) var height = 0

  init(_ graph: ResolvedGraph, hasCallsBack: Bool) {
    guard !graph.nodes.isEmpty else {
      lines = [SVGShape.text("No workloads are declared.", "quiet", x: 0, y: 12)]
      height = 16
      return
    }
    for kind in TopologyGraph.Node.Kind.allCases where graph.nodes.contains(where: { $0.kind == kind }) {
      add(SVGShape.icon(kind, x: width, y: 2), sign: 16, kind.meaning)
    }
    for style in LineStyle.allCases
    where graph.edges.contains(where: { LineStyle(protocol: $0.edge.protocol) == style }) {
      let line = "M\(width) 10h18"
      add(
        """
        <g class="\(style.rawValue)"><path class="line" d="\(line)"/>\
        <path class="tip" d="M\(width + 26) 10l-8 -4v8z"/></g>
        """, sign: 26, style.meaning)
    }
    if hasCallsBack {
      let sign = "<g class=\"unknown\"><path class=\"line turned\" d=\"M\(width) 10h26\"/></g>"
      add(sign, sign: 26, "a call back to a caller")
    }
    if graph.edges.contains(where: { $0.edge.rate != nil }) {
      add(SVGShape.text("×2", "label", x: width, y: 14), sign: 12, "calls for each request")
    }
    if graph.nodes.contains(where: { !$0.shares.isEmpty }) {
      let bar = SVGShape.bar([80, 20], in: Box(x: width, y: 8, width: 30, height: 4))
      add(bar.joined(), sign: 30, "traffic in percent while a canary runs")
    }
    height = 20
    if !graph.emptyGroups.isEmpty {
      let names = graph.emptyGroups.joined(separator: ", ").onOneLine
      let text = TextMetrics.small.fitted("Without workloads: " + names, to: max(width, 600))
      lines.append(SVGShape.text(text, "quiet", x: 0, y: 34))
      height = 38
    }
  }

  private mutating func add(_ shape: String, sign: Int, _ meaning: String) {
    lines.append(shape)
    lines.append(SVGShape.text(meaning, "quiet", x: width + sign + 6, y: 14))
    width += sign + 6 + TextMetrics.small.width(of: meaning) + 20
  }
}
