extension DiagramLayout {
  /// The most steps of each optimization, so that the time is bounded.
  private static let work = 1_500_000

  /// Lays out `diagram` in layers from left to right: callers left of those they call.
  ///
  /// The steps are those of Sugiyama, Tagawa and Toda, “Methods for Visual Understanding of Hierarchical
  /// System Structures” (1981): break cycles, give layers, order each layer, place, route. Lines run at
  /// right angles, upright parts only between layers and level parts at heights of their own, so none
  /// touches a node it does not belong to. The same diagram always gives the same layout.
  package init(_ diagram: Diagram) {
    guard !diagram.nodes.isEmpty else {
      groups = Array(repeating: nil, count: diagram.groupCount)
      return
    }
    let turned = CycleBreaking.turned(
      nodeCount: diagram.nodes.count, edges: diagram.edges.map { ($0.source, $0.target) })
    let layers = Layering.layers(of: diagram, turned: turned, work: DiagramLayout.work)
    let scene = Scene(diagram: diagram, layers: layers, turned: turned)
    let arrangement = Arrangement.arranged(scene)
    let ports = Ports(arrangement)
    let vertical = VerticalPlacement(arrangement, ports: ports, work: DiagramLayout.work)
    let routes = Routes(scene: arrangement.scene, ports: ports, vertical: vertical)
    let columns = routes.horizontal.columns

    nodes = diagram.nodes.indices.map { node in
      let column = columns[layers[node]]
      return Box(
        x: column.nodes, y: vertical.tops[node], width: column.width, height: ports.heights[node])
    }
    groups = zip(scene.groupSpans, vertical.frames).map { span, frame in
      guard let span, let frame else { return nil }
      let left = columns[span.lowerBound].start
      return Box(
        x: left, y: frame.lowerBound, width: columns[span.upperBound].end - left,
        height: frame.upperBound - frame.lowerBound)
    }
    self.routes = routes.routes
    let boxes = nodes + groups.compactMap(\.self)
    let points = self.routes.flatMap(\.points)
    width = max(columns.last?.end ?? 0, points.map(\.x).max() ?? 0)
    height = max(boxes.map(\.bottom).max() ?? 0, points.map(\.y).max() ?? 0)
  }
}
