/// Draws the lines of an arranged scene whose heights are known, and places their labels.
struct Routes {
  private(set) var routes: [DiagramLayout.Route]
  private(set) var horizontal: HorizontalPlacement
  private let scene: Scene
  private let ports: Ports
  private let vertical: VerticalPlacement
  private var channels: [ChannelRouting] = []
  /// The track of the way between two items through a channel.
  private var tracks: [[Way: Int]] = []

  private struct Way: Hashable {
    var bundle: Int
    var left: Int
    var right: Int
  }

  init(scene: Scene, ports: Ports, vertical: VerticalPlacement) {
    self.scene = scene
    self.ports = ports
    self.vertical = vertical
    func height(of item: Int, _ sides: [[Int: Int]], bundle: Int) -> Int {
      vertical.tops[item] + (scene.items[item].isNode ? sides[item][bundle] ?? 0 : 0)
    }
    for nets in scene.nets {
      let heights = nets.map { net in
        ChannelRouting.Net(
          left: net.left.map { height(of: $0, ports.right, bundle: net.bundle) },
          right: net.right.map { height(of: $0, ports.left, bundle: net.bundle) })
      }
      let channel = ChannelRouting(heights)
      var tracks: [Way: Int] = [:]
      for (net, track) in zip(nets, channel.tracks) {
        for left in net.left {
          for right in net.right { tracks[Way(bundle: net.bundle, left: left, right: right)] = track }
        }
      }
      channels.append(channel)
      self.tracks.append(tracks)
    }
    horizontal = HorizontalPlacement(scene, tracks: channels.map(\.count), ports: ports)
    routes = scene.diagram.edges.map { _ in DiagramLayout.Route(points: [], bundle: 0) }
    for bundle in scene.bundles.indices { draw(bundle) }
    for edge in ports.loops.keys.sorted() { drawLoop(edge) }
  }

  /// Where the line of `bundle` meets the left or right side of `node`.
  private func port(of bundle: Int, at node: Int, isRight: Bool) -> Point {
    let column = horizontal.columns[scene.layers[node]]
    let side = isRight ? ports.right[node] : ports.left[node]
    return Point(
      x: column.nodes + (isRight ? column.width : 0), y: vertical.tops[node] + (side[bundle] ?? 0))
  }

  private mutating func draw(_ index: Int) {
    let bundle = scene.bundles[index]
    let tip = port(of: index, at: bundle.hub, isRight: !bundle.comesFromLeft)
    var labelled: Set<Int> = []
    for (position, edge) in bundle.edges.enumerated() {
      let shape = scene.diagram.edges[edge]
      let start = port(of: index, at: shape.source, isRight: bundle.comesFromLeft)
      var points = [start]
      var (layer, item) = (scene.layers[shape.source], shape.source)
      while layer != scene.layers[bundle.hub] {
        let next = bundle.comesFromLeft ? layer + 1 : layer - 1
        let channel = min(layer, next)
        let trunk = bundle.trunkItem(of: shape.source, in: next)
        let y = trunk.map { vertical.tops[$0] } ?? tip.y
        let far = trunk ?? bundle.hub
        let way =
          bundle.comesFromLeft
          ? Way(bundle: index, left: item, right: far) : Way(bundle: index, left: far, right: item)
        if let last = points.last, last.y != y, let track = tracks[channel][way] {
          let x = horizontal.x(ofTrack: track, after: channel)
          points.append(Point(x: x, y: last.y))
          points.append(Point(x: x, y: y))
        }
        (layer, item) = (next, far)
      }
      points.append(tip)
      routes[edge].points = points
      routes[edge].bundle = index
      let direction = bundle.comesFromLeft ? 1 : -1
      if labelled.insert(shape.source).inserted {
        routes[edge].startLabel = label(shape.startLabel, at: start, direction: direction, gap: 0)
      }
      guard position == 0 else { continue }
      let edges = bundle.edges.map { scene.diagram.edges[$0] }
      routes[edge].endLabel = label(
        edges.map(\.endLabel).max() ?? 0, at: tip, direction: -direction, gap: Spacing.arrow)
      routes[edge].endNote = label(
        edges.map(\.endNote).max() ?? 0, at: tip, direction: -direction, gap: Spacing.arrow,
        linesBelow: edges.map(\.endNoteLines).max() ?? 0)
    }
  }

  /// The room of a label beside `point`, on the side away from the node.
  private func label(
    _ width: Int, at point: Point, direction: Int, gap: Int, linesBelow: Int = 0
  ) -> Box? {
    guard width > 0 else { return nil }
    let near = point.x + direction * (gap + Spacing.labelMargin)
    return Box(
      x: direction > 0 ? near : near - width,
      y: linesBelow > 0 ? point.y + 1 : point.y - Spacing.labelHeight, width: width,
      height: linesBelow > 0 ? linesBelow * Spacing.noteLine : Spacing.labelHeight - 1)
  }

  private mutating func drawLoop(_ edge: Int) {
    guard let loop = ports.loops[edge] else { return }
    let shape = scene.diagram.edges[edge]
    let column = horizontal.columns[scene.layers[shape.source]]
    let top = vertical.tops[shape.source]
    let right = column.nodes + column.width
    let out = Point(x: right, y: top + loop.out)
    let back = Point(x: right, y: top + loop.back)
    routes[edge].bundle = scene.bundles.count + edge
    routes[edge].points = [
      out, Point(x: right + Spacing.loop, y: out.y), Point(x: right + Spacing.loop, y: back.y), back,
    ]
    guard shape.endLabel > 0 else { return }
    routes[edge].endLabel = Box(
      x: right + Spacing.loop + Spacing.labelMargin, y: (out.y + back.y - Spacing.labelHeight) / 2,
      width: shape.endLabel, height: Spacing.labelHeight - 1)
  }
}
