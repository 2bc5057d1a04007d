/// Finds whole numbers that keep their distances and lie close together: for each constraint
/// `value[head] - value[tail] >= length`, with the least sum of weighted differences.
///
/// The network simplex method of Gansner, Koutsofios, North and Vo, “A Technique for Drawing Directed
/// Graphs” (1993), section 2.3. The value of cutting a tree edge is the surplus of weights of the nodes on
/// one side, so it is kept as a sum over subtrees. The work is bounded; what has been reached by then holds
/// all distances.
package struct NetworkSimplex {
  /// One distance to keep.
  package struct Constraint {
    package var tail: Int
    package var head: Int
    package var length: Int
    package var weight: Int

    package init(tail: Int, head: Int, length: Int, weight: Int) {
      self.tail = tail
      self.head = head
      self.length = length
      self.weight = weight
    }
  }

  private let constraints: [Constraint]
  private let incident: [[Int]]
  private var values: [Int]
  private var tree: SpanningTree
  private var work: Int

  /// The values for `count` variables, the smallest 0; `constraints` must have no cycle.
  ///
  /// - Parameter work: The most steps to take; fewer than the number of variables leaves the first guess.
  package static func solve(count: Int, constraints: [Constraint], work: Int) -> [Int] {
    guard count > 0 else { return [] }
    // One more variable holds together what no constraint connects.
    let all = constraints + (0..<count).map { Constraint(tail: count, head: $0, length: 0, weight: 0) }
    var solver = NetworkSimplex(count: count + 1, constraints: all, work: work)
    if count <= work, solver.growTree() { solver.improve() }
    let values = solver.values.dropLast()
    let least = values.min() ?? 0
    return values.map { $0 - least }
  }

  private init(count: Int, constraints: [Constraint], work: Int) {
    self.constraints = constraints
    self.work = work
    var incident = [[Int]](repeating: [], count: count)
    for (index, constraint) in constraints.enumerated() {
      incident[constraint.tail].append(index)
      incident[constraint.head].append(index)
    }
    self.incident = incident
    values = LongestPath.values(count: count, constraints: constraints)
    tree = SpanningTree(count: count)
  }

  private func slack(_ index: Int) -> Int {
    let constraint = constraints[index]
    return values[constraint.head] - values[constraint.tail] - constraint.length
  }

  /// Connects all variables by constraints without slack; `false` when that takes too much work.
  private mutating func growTree() -> Bool {
    let root = values.count - 1
    var isIn = [Bool](repeating: false, count: values.count)
    var members = [root]
    isIn[root] = true
    var reached = 0
    while true {
      while reached < members.count {
        let node = members[reached]
        reached += 1
        for index in incident[node] where slack(index) == 0 {
          let other = constraints[index].tail == node ? constraints[index].head : constraints[index].tail
          guard !isIn[other] else { continue }
          isIn[other] = true
          members.append(other)
          tree.attach(other, to: node, by: index)
        }
      }
      guard members.count < values.count else { break }
      work -= constraints.count
      guard work > 0 else { return false }
      var best: (index: Int, slack: Int)?
      for index in constraints.indices
      where isIn[constraints[index].tail] != isIn[constraints[index].head] {
        let slack = slack(index)
        if slack < best?.slack ?? .max { best = (index, slack) }
      }
      guard let best else { return false }
      let shift = isIn[constraints[best.index].tail] ? best.slack : -best.slack
      work -= members.count
      for member in members { values[member] += shift }
      // The new constraint without slack is found from the member it touches.
      let (tail, head) = (constraints[best.index].tail, constraints[best.index].head)
      let (member, other) = isIn[tail] ? (tail, head) : (head, tail)
      isIn[other] = true
      members.append(other)
      tree.attach(other, to: member, by: best.index)
    }
    var surplus = [Int](repeating: 0, count: values.count)
    for constraint in constraints {
      surplus[constraint.tail] += constraint.weight
      surplus[constraint.head] -= constraint.weight
    }
    tree.finish(root: root, surplus: surplus)
    return true
  }

  private mutating func improve() {
    var start = 0
    while work > 0, let node = leaving(from: &start) { pivot(node) }
  }

  /// The value of cutting the tree above `node`; negative when the edge there had better be longer.
  private func cut(above node: Int) -> Int {
    guard let index = tree.edge[node] else { return 0 }
    return constraints[index].tail == node ? tree.sum[node] : -tree.sum[node]
  }

  private mutating func leaving(from start: inout Int) -> Int? {
    var best: (node: Int, value: Int)?
    var found = 0
    for step in 0..<values.count {
      work -= 1
      let node = (start + step) % values.count
      let value = cut(above: node)
      guard value < 0 else { continue }
      if value < best?.value ?? 0 { best = (node, value) }
      found += 1
      if found == 30 {
        start = (node + 1) % values.count
        break
      }
    }
    return best?.node
  }

  private mutating func pivot(_ node: Int) {
    guard let index = tree.edge[node] else { return }
    let movesDown = constraints[index].head == node
    let range = tree.range(of: node)
    var best: (index: Int, slack: Int)?
    for position in range {
      let member = tree.order[position]
      work -= incident[member].count
      for candidate in incident[member] {
        let constraint = constraints[candidate]
        let (from, to) = movesDown ? (constraint.tail, constraint.head) : (constraint.head, constraint.tail)
        guard from == member, !range.contains(tree.position[to]) else { continue }
        let slack = slack(candidate)
        if slack < best?.slack ?? .max { best = (candidate, slack) }
      }
    }
    guard let best else {
      // Nothing holds the rest: only possible for weights that pull without end, which none do.
      work = 0
      return
    }
    for position in range { values[tree.order[position]] += movesDown ? best.slack : -best.slack }
    let entering = constraints[best.index]
    let isTailInside = range.contains(tree.position[entering.tail])
    work -= tree.replace(
      edgeAbove: node, by: best.index, inside: isTailInside ? entering.tail : entering.head,
      outside: isTailInside ? entering.head : entering.tail)
  }
}
