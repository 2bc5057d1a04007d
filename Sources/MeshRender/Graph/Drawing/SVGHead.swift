/// The head of a picture: its title, and the regions with their clusters.
struct SVGHead {
  private(set) var lines: [String] = []
  private(set) var height = 0

  init(_ graph: TopologyGraph, width: Int) {
    let title = TextMetrics.title.fitted(graph.title.onOneLine, to: width)
    lines.append(SVGShape.text(title, "title", x: 0, y: 18))
    height = 32
    if let subtitle = graph.subtitle {
      let text = TextMetrics.small.fitted(subtitle.onOneLine, to: width)
      lines.append(SVGShape.text(text, "quiet", x: 0, y: 38))
      height = 48
    }
    guard !graph.regions.isEmpty else {
      height += 16
      return
    }
    var x = 0
    var rowHeight = 0
    for region in graph.regions {
      let card = RegionCard(region)
      if x > 0, x + card.width > width {
        x = 0
        height += rowHeight + 12
        rowHeight = 0
      }
      lines += card.lines(x: x, y: height)
      x += card.width + 12
      rowHeight = max(rowHeight, card.height)
    }
    height += rowHeight
    if graph.regions.reduce(0, { $0 + $1.clusters.count }) > 1 {
      lines.append(SVGShape.text("Every cluster has all that is shown below.", "quiet", x: 0, y: height + 18))
      height += 22
    }
    height += 24
  }
}

/// One region of the head.
private struct RegionCard {
  private static let widest = 300

  let name: String
  let role: String
  let isPrimary: Bool
  let rows: [(text: String, isStrong: Bool)]

  init(_ region: TopologyGraph.Region) {
    name = TextMetrics.name.fitted(region.name.onOneLine, to: RegionCard.widest)
    role = TextMetrics.label.fitted(region.role.onOneLine, to: 120)
    isPrimary = region.role == "primary"
    rows = region.clusters.flatMap { cluster in
      [(TextMetrics.smallBold.fitted(cluster.name.onOneLine, to: RegionCard.widest), true)]
        + cluster.details.map { (TextMetrics.small.fitted($0.onOneLine, to: RegionCard.widest), false) }
    }
  }

  private var nameWidth: Int { TextMetrics.name.width(of: name) }
  private var roleWidth: Int { TextMetrics.label.width(of: role) + 14 }

  var width: Int {
    let texts = rows.map {
      ($0.isStrong ? TextMetrics.smallBold : TextMetrics.small).width(of: $0.text)
    }
    return max(nameWidth + 10 + roleWidth, texts.max() ?? 0) + 28
  }

  var height: Int { 34 + rows.count * 16 + (rows.isEmpty ? 0 : 6) }

  func lines(x: Int, y: Int) -> [String] {
    let badge = Box(x: x + 14 + nameWidth + 10, y: y + 10, width: roleWidth, height: 16)
    var lines = [
      SVGShape.rectangle(Box(x: x, y: y, width: width, height: height), "group", radius: 8),
      SVGShape.text(name, "name", x: x + 14, y: y + 22),
      SVGShape.rectangle(badge, isPrimary ? "primary" : "rest", radius: 8),
      SVGShape.text(role, isPrimary ? "label primary-text" : "label", x: badge.x + 7, y: badge.y + 12),
    ]
    for (index, row) in rows.enumerated() {
      lines.append(
        SVGShape.text(row.text, row.isStrong ? "strong" : "quiet", x: x + 14, y: y + 42 + index * 16))
    }
    return lines
  }
}
