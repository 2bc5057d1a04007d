extension Arrangement {
  /// How many pairs of lines cross, if they were straight.
  func crossings() -> Int { scene.nets.indices.reduce(0) { $0 + crossings(inChannel: $1) } }

  /// How far lines lead up or down, in rows.
  func climb() -> Double {
    var sum = 0.0
    for net in scene.nets.joined() {
      for left in net.left {
        for right in net.right { sum += abs(height[left] - height[right]) }
      }
    }
    return sum
  }

  /// The crossings between layer `channel` and the next.
  func crossings(inChannel channel: Int) -> Int {
    var lines: [(left: Int, right: Int)] = []
    for net in scene.nets[channel] {
      for left in net.left {
        for right in net.right {
          lines.append((place(of: left, in: channel), place(of: right, in: channel + 1)))
        }
      }
    }
    lines.sort { $0 < $1 }
    var seen = PrefixCounts(count: rows[channel + 1].count)
    var crossings = 0
    for (index, line) in lines.enumerated() {
      crossings += index - seen.count(upTo: line.right)
      seen.add(line.right)
    }
    return crossings
  }
}

/// Counts numbers by how many are at most some bound (a Fenwick tree).
struct PrefixCounts {
  private var sums: [Int]

  init(count: Int) { sums = Array(repeating: 0, count: count + 1) }

  mutating func add(_ number: Int) {
    var index = number + 1
    while index < sums.count {
      sums[index] += 1
      index += index & -index
    }
  }

  func count(upTo number: Int) -> Int {
    var index = number + 1
    var sum = 0
    while index > 0 {
      sum += sums[index]
      index -= index & -index
    }
    return sum
  }
}
