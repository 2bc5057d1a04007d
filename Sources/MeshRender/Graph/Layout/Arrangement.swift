/// The order of a scene's items in each layer.
///
/// It follows from the order of the lanes, the side of its lane that each bus runs on, and the order within
/// a lane; so every group stays together, and two groups are in the same order in all layers.
struct Arrangement {
  var scene: Scene
  /// By lane.
  var laneRank: [Int]
  /// The items of each layer, from top to bottom.
  private(set) var rows: [[Int]] = []
  /// A rough height of each item, in rows.
  private(set) var height: [Double] = []
  /// Where each item is in its layers' rows.
  private var places: [[Int]] = []

  init(scene: Scene) {
    self.scene = scene
    laneRank = Array(0..<scene.laneCount)
    update()
  }

  /// Where `item` is in the row of `layer`.
  func place(of item: Int, in layer: Int) -> Int {
    places[item][layer - scene.items[item].layers.lowerBound]
  }

  /// What items of one lane and side have in common, smaller further up.
  func key(of item: Int) -> Int { laneRank[scene.items[item].lane] * 3 + scene.items[item].side.rawValue }

  /// Finds rows and heights anew, after orders, sides or lanes have changed.
  mutating func update() {
    let items = scene.items
    let keys = items.indices.map(key(of:))
    let sorted = items.indices.sorted {
      (keys[$0], items[$0].order, $0) < (keys[$1], items[$1].order, $1)
    }
    rows = Array(repeating: [], count: scene.layerCount)
    places = Array(repeating: [], count: items.count)
    for item in sorted {
      for layer in items[item].layers {
        places[item].append(rows[layer].count)
        rows[layer].append(item)
      }
    }
    stack(sorted, keys: keys)
  }

  /// Sorts the items of `layer` that stand within lanes, after only their orders have changed.
  mutating func update(layer: Int) {
    let row = rows[layer]
    var start = 0
    while start < row.count {
      let key = key(of: row[start])
      var end = start + 1
      while end < row.count, self.key(of: row[end]) == key { end += 1 }
      if end - start > 1, !scene.items[row[start]].isBus {
        let heights = row[start..<end].map { height[$0] }
        let sorted = row[start..<end].sorted { (scene.items[$0].order, $0) < (scene.items[$1].order, $1) }
        for (offset, item) in sorted.enumerated() {
          rows[layer][start + offset] = item
          places[item][0] = start + offset
          height[item] = heights[offset]
        }
      }
      start = end
    }
  }

  /// Puts each lane as high as what is above it in its layers allows, and its items around its middle.
  private mutating func stack(_ sorted: [Int], keys: [Int]) {
    height = Array(repeating: 0, count: scene.items.count)
    var skyline = [Double](repeating: 0, count: scene.layerCount)
    var start = 0
    while start < sorted.count {
      var end = start
      var counts: [Int: Int] = [:]
      while end < sorted.count, keys[sorted[end]] == keys[sorted[start]] {
        for layer in scene.items[sorted[end]].layers { counts[layer, default: 0] += 1 }
        end += 1
      }
      let first = counts.keys.min() ?? 0
      let span = first...(counts.keys.max() ?? first)
      let unit = scene.items[sorted[start]].isBus ? 0.25 : 1
      let tallest = Double(counts.values.max() ?? 0) * unit
      let base = skyline[span].max() ?? 0
      var seen: [Int: Int] = [:]
      for item in sorted[start..<end] {
        let layer = scene.items[item].layers.lowerBound
        let slack = tallest - Double(counts[layer] ?? 0) * unit
        height[item] = base + slack / 2 + Double(seen[layer] ?? 0) * unit
        seen[layer, default: 0] += 1
      }
      for layer in span { skyline[layer] = base + tallest + unit / 2 }
      start = end
    }
  }
}
