/// Finds how far right the columns, the labels beside them and the channels between them are.
struct HorizontalPlacement {
  /// One layer: nodes with the room for labels on both sides, and for the frames that begin or end here.
  struct Column {
    /// The left border of frames that begin here.
    var start = 0
    /// The left side of nodes.
    var nodes = 0
    var width = 0
    /// The right border of frames that end here.
    var end = 0
  }

  private(set) var columns: [Column]

  init(_ scene: Scene, tracks: [Int], ports: Ports) {
    columns = Array(repeating: Column(), count: scene.layerCount)
    var before = [Int](repeating: Spacing.arrow + 4, count: scene.layerCount)
    var after = [Int](repeating: 4, count: scene.layerCount)
    for (node, shape) in scene.diagram.nodes.enumerated() {
      columns[scene.layers[node]].width = max(columns[scene.layers[node]].width, shape.width)
    }
    func reserve(_ width: Int, _ room: inout Int) {
      if width > 0 { room = max(room, width + 2 * Spacing.labelMargin) }
    }
    for bundle in scene.bundles {
      for edge in bundle.edges.map({ scene.diagram.edges[$0] }) {
        let atTarget = max(edge.endLabel, edge.endNote) + Spacing.arrow
        let (source, target) = (scene.layers[edge.source], scene.layers[edge.target])
        if bundle.comesFromLeft {
          reserve(edge.startLabel, &after[source])
          reserve(atTarget, &before[target])
        } else {
          reserve(edge.startLabel, &before[source])
          reserve(atTarget, &after[target])
        }
      }
    }
    for index in ports.loops.keys {
      let edge = scene.diagram.edges[index]
      reserve(edge.endLabel + Spacing.loop, &after[scene.layers[edge.source]])
    }
    var begins = [Bool](repeating: false, count: scene.layerCount)
    var ends = begins
    for case let span? in scene.groupSpans {
      begins[span.lowerBound] = true
      ends[span.upperBound] = true
    }
    var x = 0
    for layer in columns.indices {
      columns[layer].start = x
      columns[layer].nodes = x + (begins[layer] ? Spacing.groupPadding : 0) + before[layer]
      let right = columns[layer].nodes + columns[layer].width
      columns[layer].end = right + after[layer] + (ends[layer] ? Spacing.groupPadding : 0)
      guard tracks.indices.contains(layer) else { continue }
      x =
        columns[layer].end + 2 * Spacing.channelMargin
        + max(0, tracks[layer] - 1) * Spacing.betweenTracks
    }
  }

  /// Where `track` is in the channel to the right of `layer`.
  func x(ofTrack track: Int, after layer: Int) -> Int {
    columns[layer].end + Spacing.channelMargin + track * Spacing.betweenTracks
  }
}
