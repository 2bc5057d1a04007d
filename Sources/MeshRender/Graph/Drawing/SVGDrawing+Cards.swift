extension SVGDrawing {
  /// The frames of the groups, with their names.
  var frames: [String] {
    zip(resolved.groups, layout.groups).flatMap { group, box -> [String] in
      guard let box else { return [] }
      let name = TextMetrics.smallBold.fitted(group.name.onOneLine, to: box.width - 24)
      return [
        SVGShape.rectangle(box, "group", radius: 10),
        SVGShape.text(name, "strong quiet", x: box.x + 14, y: box.y + 20),
      ]
    }
  }

  /// The nodes.
  var cards: [String] {
    zip(resolved.nodes, layout.nodes).flatMap { node, box in card(of: node, in: box) }
  }

  private func card(of node: TopologyGraph.Node, in box: Box) -> [String] {
    let card = NodeCard(node)
    var y = box.y + (box.height - card.textHeight) / 2
    let left = box.x + NodeCard.textStart
    let full = [node.name, node.kind.meaning] + node.details
    var lines = [
      "<g class=\"\(node.kind.rawValue)\"><title>\(full.joined(separator: ", ").xmlEscaped)</title>",
      SVGShape.rectangle(box, "card", radius: 7),
      SVGShape.icon(node.kind, x: box.x + NodeCard.padding, y: box.y + (box.height - NodeCard.icon) / 2),
      SVGShape.text(card.name, "name", x: left, y: y + 14),
    ]
    y += 18
    if !card.details.isEmpty {
      lines.append(SVGShape.text(card.details, "quiet", x: left, y: y + 14))
      y += 18
    }
    if !card.shares.isEmpty {
      lines.append(SVGShape.text(card.shares, "strong", x: left, y: y + 14))
      let bar = Box(x: left, y: y + 19, width: box.right - NodeCard.padding - left, height: 4)
      lines += SVGShape.bar(card.percents, in: bar)
    }
    lines.append("</g>")
    return lines
  }
}

/// The pieces that drawings are made of.
enum SVGShape {
  static func rectangle(_ box: Box, _ style: String, radius: Int) -> String {
    """
    <rect class="\(style)" x="\(box.x)" y="\(box.y)" width="\(box.width)" height="\(box.height)" \
    rx="\(radius)"/>
    """
  }

  /// Text that begins at `x` and stands on `y`.
  static func text(_ text: String, _ style: String, x: Int, y: Int) -> String {
    "<text class=\"\(style)\" x=\"\(x)\" y=\"\(y)\">\(text.xmlEscaped)</text>"
  }

  static func icon(_ kind: TopologyGraph.Node.Kind, x: Int, y: Int) -> String {
    "<path class=\"icon\" transform=\"translate(\(x) \(y))\" d=\"\(kind.iconPath)\"/>"
  }

  /// A bar whose parts are as long as their shares of 100; every other one is strong.
  static func bar(_ percents: [Int], in box: Box) -> [String] {
    var lines = [rectangle(box, "rest", radius: 2)]
    var sum = 0
    for (index, percent) in percents.enumerated() {
      let (start, end) = (min(100, sum), min(100, sum + percent))
      sum += percent
      guard index.isMultiple(of: 2), end > start else { continue }
      let part = Box(
        x: box.x + box.width * start / 100, y: box.y, width: box.width * (end - start) / 100,
        height: box.height)
      lines.append(rectangle(part, "share", radius: 2))
    }
    return lines
  }
}
