/// Finds how far down everything is: items keep their order and distances, groups hold their own items and
/// nothing else, and lines are as straight as that allows.
struct VerticalPlacement {
  /// The top of each item; of a part of a trunk, its line.
  private(set) var tops: [Int]
  /// The top and the bottom of each group's frame; `nil` for one without nodes.
  private(set) var frames: [ClosedRange<Int>?]

  init(_ arrangement: Arrangement, ports: Ports, work: Int) {
    let scene = arrangement.scene
    var separation = Separation(arrangement, heights: ports.heights)
    separation.addRows()
    separation.addPull(ports: ports)
    let values = NetworkSimplex.solve(
      count: separation.count, constraints: separation.constraints, work: work)
    tops = Array(values[..<scene.items.count])
    frames = separation.spans.enumerated().map { group, span in
      guard span != nil else { return nil }
      return values[separation.top(of: group)]...values[separation.bottom(of: group)]
    }
  }
}

/// The distances that items and frames keep in each layer, and what draws them together.
private struct Separation {
  let arrangement: Arrangement
  let heights: [Int]
  /// The layers that each group's frame is in.
  let spans: [ClosedRange<Int>?]
  var constraints: [NetworkSimplex.Constraint] = []
  private(set) var count: Int

  init(_ arrangement: Arrangement, heights: [Int]) {
    self.arrangement = arrangement
    self.heights = heights
    spans = arrangement.scene.groupSpans
    count = arrangement.scene.items.count + 2 * spans.count
  }

  func top(of group: Int) -> Int { arrangement.scene.items.count + 2 * group }
  func bottom(of group: Int) -> Int { top(of: group) + 1 }

  private mutating func keep(_ tail: Int, _ head: Int, _ length: Int, weight: Int = 0) {
    constraints.append(.init(tail: tail, head: head, length: length, weight: weight))
  }

  private func height(of item: Int) -> Int { arrangement.scene.items[item].isNode ? heights[item] : 0 }

  /// What stands in a layer: an item outside of groups, or a group's frame with its items there.
  private enum Block {
    case item(Int)
    case group(Int, [Int])
  }

  mutating func addRows() {
    let scene = arrangement.scene
    let groups = spans.indices.filter { spans[$0] != nil }
      .sorted { arrangement.laneRank[$0] < arrangement.laneRank[$1] }
    for group in groups { keep(top(of: group), bottom(of: group), 0, weight: 1) }
    for layer in 0..<scene.layerCount {
      var blocks: [(key: Int, block: Block)] = []
      var members: [Int: [Int]] = [:]
      for item in arrangement.rows[layer] {
        let lane = scene.items[item].lane
        if lane < spans.count, !scene.items[item].isBus {
          members[lane, default: []].append(item)
        } else {
          blocks.append((arrangement.key(of: item), .item(item)))
        }
      }
      for group in groups where spans[group]?.contains(layer) == true {
        let key = arrangement.laneRank[group] * 3 + Scene.Side.within.rawValue
        let place = blocks.firstIndex { $0.key > key } ?? blocks.count
        blocks.insert((key, .group(group, members[group] ?? [])), at: place)
      }
      for (upper, lower) in zip(blocks, blocks.dropFirst()) { separate(upper.block, lower.block) }
      for case (_, .group(let group, let items)) in blocks { enclose(items, in: group) }
    }
  }

  private mutating func separate(_ upper: Block, _ lower: Block) {
    switch (upper, lower) {
    case (.item(let above), .item(let below)): keep(above, below, height(of: above) + gap(above, below))
    case (.item(let above), .group(let group, _)):
      keep(above, top(of: group), height(of: above) + Spacing.betweenLines)
    case (.group(let group, _), .item(let below)): keep(bottom(of: group), below, Spacing.betweenLines)
    case (.group(let above, _), .group(let below, _)):
      keep(bottom(of: above), top(of: below), Spacing.betweenGroups)
    }
  }

  private func gap(_ above: Int, _ below: Int) -> Int {
    let items = arrangement.scene.items
    return items[above].isNode && items[below].isNode ? Spacing.betweenNodes : Spacing.betweenLines
  }

  private mutating func enclose(_ items: [Int], in group: Int) {
    guard let first = items.first, let last = items.last else { return }
    keep(top(of: group), first, Spacing.groupTitle + Spacing.groupPadding / 2)
    for (above, below) in zip(items, items.dropFirst()) {
      keep(above, below, height(of: above) + gap(above, below))
    }
    keep(last, bottom(of: group), height(of: last) + Spacing.groupPadding)
  }

  /// Draws the ends of each line to one height, the more the more of it is trunk.
  mutating func addPull(ports: Ports) {
    let scene = arrangement.scene
    for net in scene.nets.joined() {
      for left in net.left {
        for right in net.right where left != right {
          let ends = [left, right].count { scene.items[$0].isNode }
          let weight = [8, 4, 3][ends]
          let leftPort = scene.items[left].isNode ? ports.right[left][net.bundle] ?? 0 : 0
          let rightPort = scene.items[right].isNode ? ports.left[right][net.bundle] ?? 0 : 0
          keep(count, left, -leftPort, weight: weight)
          keep(count, right, -rightPort, weight: weight)
          count += 1
        }
      }
    }
    // The bottom of all is drawn to the top, for what no line holds.
    let end = count
    let start = count + 1
    count += 2
    for item in scene.items.indices {
      keep(item, end, height(of: item))
      keep(start, item, 0)
    }
    for group in spans.indices where spans[group] != nil {
      keep(bottom(of: group), end, 0)
      keep(start, top(of: group), 0)
    }
    keep(start, end, 0, weight: 1)
  }
}

extension Scene {
  /// The layers that each group has nodes in, from its first to its last.
  var groupSpans: [ClosedRange<Int>?] {
    var spans = [ClosedRange<Int>?](repeating: nil, count: diagram.groupCount)
    for (node, shape) in diagram.nodes.enumerated() {
      guard let group = shape.group else { continue }
      let layer = layers[node]
      let span = spans[group] ?? layer...layer
      spans[group] = min(span.lowerBound, layer)...max(span.upperBound, layer)
    }
    return spans
  }
}
