extension SVGDrawing {
  /// The lines, one bundle after the other, and then all labels.
  var edges: [String] {
    var bundles: [[Int]] = []
    var places: [Int: Int] = [:]
    for (edge, route) in layout.routes.enumerated() {
      let place = places[route.bundle] ?? bundles.count
      if place == bundles.count {
        places[route.bundle] = place
        bundles.append([])
      }
      bundles[place].append(edge)
    }
    var lines: [String] = []
    for bundle in bundles {
      // The halo parts a bundle from those it crosses, but not its own lines from each other.
      lines += bundle.map { "<path class=\"halo\" d=\"\(path(of: $0))\"/>" }
      lines += bundle.map(line(of:))
    }
    return lines + layout.routes.indices.flatMap(labels(of:))
  }

  private func style(of edge: Int) -> LineStyle { LineStyle(protocol: resolved.edges[edge].edge.protocol) }

  /// Whether a line leads from right to left, to one that calls its source.
  func isCallBack(_ index: Int) -> Bool {
    let points = layout.routes[index].points
    return resolved.edges[index].source != resolved.edges[index].target
      && points.last?.x ?? 0 < points.first?.x ?? 0
  }

  private func line(of index: Int) -> String {
    let (edge, source, target) = resolved.edges[index]
    return """
      <g class="call \(style(of: index).rawValue)"><title>\(description(of: edge, source, target).xmlEscaped)\
      </title><path class="line\(isCallBack(index) ? " turned" : "")" d="\(path(of: index))"/>\
      <path class="tip" d="\(tip(of: index))"/></g>
      """
  }

  private func description(of edge: TopologyGraph.Edge, _ source: Int, _ target: Int) -> String {
    var text = "\(resolved.nodes[source].name) calls \(resolved.nodes[target].name)"
    if !edge.label.isEmpty { text += " on \(edge.label)" }
    if let perRequest = edge.perRequest { text += ", \(perRequest.shortDescription) per request" }
    if !edge.policies.isEmpty { text += "; \(edge.policies.joined(separator: ", "))" }
    return text
  }

  private func labels(of index: Int) -> [String] {
    let route = layout.routes[index]
    let text = EdgeText(resolved.edges[index].edge)
    let rows =
      [(text.label, route.endLabel, 0), (text.rate, route.startLabel, 0)]
      + text.notes.enumerated().map { ($1, route.endNote, $0 * Spacing.noteLine) }
    let lines = rows.compactMap { text, box, offset -> String? in
      guard let box else { return nil }
      // A label on the left of a node stands close to it.
      let nearest = box == route.startLabel ? route.points.first : route.points.last
      let isOnLeft = box.right < nearest?.x ?? 0
      let y = box.y + 11 + offset
      return isOnLeft
        ? SVGShape.text(text, "label end", x: box.right, y: y) : SVGShape.text(text, "label", x: box.x, y: y)
    }
    guard !lines.isEmpty else { return [] }
    return ["<g class=\"\(style(of: index).rawValue)\">"] + lines + ["</g>"]
  }

  private func tip(of index: Int) -> String {
    let points = layout.routes[index].points
    guard let end = points.last, points.count >= 2 else { return "" }
    let direction = points[points.count - 2].x <= end.x ? -1 : 1
    return "M\(end.x) \(end.y)l\(direction * 8) -4v8z"
  }

  /// The line with rounded corners, ending where the arrow's tip begins.
  private func path(of index: Int) -> String {
    var points: [Point] = []
    for point in layout.routes[index].points where points.last != point { points.append(point) }
    guard let start = points.first, let end = points.last, points.count >= 2 else { return "" }
    points[points.count - 1].x += points[points.count - 2].x <= end.x ? -6 : 6
    var path = "M\(start.x) \(start.y)"
    for (before, (corner, after)) in zip(points, zip(points.dropFirst(), points.dropFirst(2))) {
      let reach = min(6, distance(before, corner) / 2, distance(corner, after) / 2)
      let first = step(from: corner, to: before, by: reach)
      let last = step(from: corner, to: after, by: reach)
      path += "L\(first.x) \(first.y)Q\(corner.x) \(corner.y) \(last.x) \(last.y)"
    }
    guard let last = points.last else { return path }
    return path + "L\(last.x) \(last.y)"
  }

  private func distance(_ one: Point, _ other: Point) -> Int { abs(one.x - other.x) + abs(one.y - other.y) }

  private func step(from point: Point, to other: Point, by length: Int) -> Point {
    Point(
      x: point.x + (other.x - point.x).signum() * length, y: point.y + (other.y - point.y).signum() * length)
  }
}
