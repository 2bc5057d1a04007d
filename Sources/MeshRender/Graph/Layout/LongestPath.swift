/// The least values that keep all distances: each variable as low as those before it allow.
enum LongestPath {
  /// The values of `count` variables; `constraints` must have no cycle.
  static func values(count: Int, constraints: [NetworkSimplex.Constraint]) -> [Int] {
    var outgoing = [[Int]](repeating: [], count: count)
    var missing = [Int](repeating: 0, count: count)
    for (index, constraint) in constraints.enumerated() {
      outgoing[constraint.tail].append(index)
      missing[constraint.head] += 1
    }
    var values = [Int](repeating: 0, count: count)
    var ready = (0..<count).filter { missing[$0] == 0 }
    var next = 0
    while next < ready.count {
      let node = ready[next]
      next += 1
      for index in outgoing[node] {
        let constraint = constraints[index]
        values[constraint.head] = max(values[constraint.head], values[node] + constraint.length)
        missing[constraint.head] -= 1
        if missing[constraint.head] == 0 { ready.append(constraint.head) }
      }
    }
    return values
  }
}
