extension Arrangement {
  /// Swaps neighbours of one lane and layer as long as it saves crossings.
  mutating func transpose() {
    for _ in 0..<4 {
      var hasSwapped = false
      for layer in 0..<scene.layerCount {
        let (before, after) = neighbours(in: layer)
        var row = rows[layer]
        var swapped = false
        for index in row.indices.dropLast() {
          let (upper, lower) = (row[index], row[index + 1])
          guard key(of: upper) == key(of: lower), !scene.items[upper].isBus else { continue }
          let kept =
            inversions(before[upper], before[lower]) + inversions(after[upper], after[lower])
          let turned =
            inversions(before[lower], before[upper]) + inversions(after[lower], after[upper])
          if turned < kept {
            row.swapAt(index, index + 1)
            swapped = true
          }
        }
        guard swapped else { continue }
        hasSwapped = true
        for (index, item) in row.enumerated() where !scene.items[item].isBus {
          scene.items[item].order = Double(index)
        }
        update(layer: layer)
      }
      guard hasSwapped else { return }
    }
  }

  /// The places of what each item of `layer` is connected to, in the layers before and after.
  private func neighbours(in layer: Int) -> (before: [Int: [Int]], after: [Int: [Int]]) {
    var before: [Int: [Int]] = [:]
    var after: [Int: [Int]] = [:]
    if layer > 0 {
      for net in scene.nets[layer - 1] {
        for item in net.right { before[item, default: []] += net.left.map { place(of: $0, in: layer - 1) } }
      }
    }
    if layer < scene.nets.count {
      for net in scene.nets[layer] {
        for item in net.left { after[item, default: []] += net.right.map { place(of: $0, in: layer + 1) } }
      }
    }
    return (before, after)
  }

  /// The crossings of two neighbours' lines, for the places they lead to.
  private func inversions(_ upper: [Int]?, _ lower: [Int]?) -> Int {
    guard let upper, let lower else { return 0 }
    return upper.reduce(0) { sum, place in sum + lower.count { $0 < place } }
  }

  /// Sorts the lanes by the mean place of the lanes they are connected to.
  mutating func sortLanes() {
    var connected: [[Int]] = Array(repeating: [], count: scene.laneCount)
    for bundle in scene.bundles {
      let hub = scene.items[bundle.hub].lane
      for spoke in bundle.spokes where scene.items[spoke].lane != hub {
        connected[hub].append(scene.items[spoke].lane)
        connected[scene.items[spoke].lane].append(hub)
      }
    }
    for _ in 0..<4 {
      let wanted = (0..<scene.laneCount).map { lane -> Double in
        let ranks = [laneRank[lane]] + connected[lane].map { laneRank[$0] }
        return Double(ranks.reduce(0, +)) / Double(ranks.count)
      }
      let order = (0..<scene.laneCount).sorted { (wanted[$0], $0) < (wanted[$1], $1) }
      for (rank, lane) in order.enumerated() { laneRank[lane] = rank }
    }
    update()
  }

  /// Moves lanes up or down, and buses to the other side of their lane, where that costs less.
  mutating func improveLanes(trials: inout Int) {
    var least = cost()
    func isBetter(_ candidate: Arrangement) -> Bool {
      trials -= 1
      let cost = candidate.cost()
      guard cost < least else { return false }
      least = cost
      return true
    }
    let buses = scene.items.indices.filter { scene.items[$0].isBus }
    var hasImproved = true
    while hasImproved, trials > 0 {
      hasImproved = false
      for distance in 1..<max(2, min(4, scene.laneCount)) {
        for rank in 0..<max(0, scene.laneCount - distance) where trials > 0 {
          guard let upper = laneRank.firstIndex(of: rank),
            let lower = laneRank.firstIndex(of: rank + distance)
          else { continue }
          var candidate = self
          candidate.laneRank.swapAt(upper, lower)
          candidate.settleBuses()
          if isBetter(candidate) { (self, hasImproved) = (candidate, true) }
        }
      }
      for bus in buses where trials > 0 {
        var candidate = self
        candidate.scene.items[bus].side = scene.items[bus].side == .above ? .below : .above
        candidate.update()
        if isBetter(candidate) { (self, hasImproved) = (candidate, true) }
      }
    }
  }
}
