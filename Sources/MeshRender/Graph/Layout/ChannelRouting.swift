/// Gives the upright parts of lines between two neighbouring layers their tracks, so that no two lie on
/// each other and few are crossed.
struct ChannelRouting {
  /// The heights at which one bundle's lines enter and leave the channel.
  struct Net: Hashable {
    var left: [Int]
    var right: [Int]

    var reach: ClosedRange<Int> {
      let all = left + right
      let first = all.first ?? 0
      return all.reduce(first, min)...all.reduce(first, max)
    }
    var isStraight: Bool { reach.count == 1 }
  }

  /// The track of each net, from the left; `nil` for a straight one.
  private(set) var tracks: [Int?]
  /// The number of tracks.
  private(set) var count = 0

  init(_ nets: [Net]) {
    tracks = Array(repeating: nil, count: nets.count)
    let reaches = nets.map(\.reach)
    var order = nets.indices.filter { !nets[$0].isStraight }
      .sorted { (reaches[$0].lowerBound, $0) < (reaches[$1].lowerBound, $1) }
    // Swapping neighbours is quadratic; a channel so full cannot be read anyway.
    if order.count <= 120 { ChannelRouting.sort(&order, nets: nets, reaches: reaches) }
    var placed: [Int] = []
    for net in order {
      var track = 0
      for other in placed {
        let needsOrder =
          ChannelRouting.areClose(reaches[other], reaches[net])
          || ChannelRouting.overlaps(first: nets[net], second: nets[other]) > 0
        if needsOrder, let taken = tracks[other] { track = max(track, taken + 1) }
      }
      tracks[net] = track
      count = max(count, track + 1)
      placed.append(net)
    }
  }

  private static func areClose(_ one: ClosedRange<Int>, _ other: ClosedRange<Int>) -> Bool {
    one.lowerBound <= other.upperBound + Spacing.labelMargin
      && other.lowerBound <= one.upperBound + Spacing.labelMargin
  }

  private static func sort(_ order: inout [Int], nets: [Net], reaches: [ClosedRange<Int>]) {
    func cost(_ first: Int, _ second: Int) -> Int {
      nets[first].right.count { reaches[second].contains($0) }
        + nets[second].left.count { reaches[first].contains($0) }
        + 100 * overlaps(first: nets[first], second: nets[second])
    }
    for _ in 0..<order.count {
      var hasSwapped = false
      for index in order.indices.dropLast() {
        let (first, second) = (order[index], order[index + 1])
        guard cost(second, first) < cost(first, second) else { continue }
        order.swapAt(index, index + 1)
        hasSwapped = true
      }
      guard hasSwapped else { return }
    }
  }

  /// How many lines would lie on each other with the track of `first` left of that of `second`.
  private static func overlaps(first: Net, second: Net) -> Int {
    first.right.reduce(0) { sum, right in sum + second.left.count { abs($0 - right) < 4 } }
  }
}
