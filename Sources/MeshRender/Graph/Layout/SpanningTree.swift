/// A rooted tree over variables, numbered so that each subtree is a range of positions.
struct SpanningTree {
  private(set) var parent: [Int]
  /// The constraint between a variable and its parent.
  private(set) var edge: [Int?]
  /// The surplus of a variable's whole subtree.
  private(set) var sum: [Int]
  /// The variables in postorder, and where each is in it.
  private(set) var order: [Int]
  private(set) var position: [Int]
  private var first: [Int]
  private var children: [[Int]]

  init(count: Int) {
    parent = Array(repeating: -1, count: count)
    edge = Array(repeating: nil, count: count)
    sum = Array(repeating: 0, count: count)
    order = Array(repeating: 0, count: count)
    position = Array(repeating: 0, count: count)
    first = Array(repeating: 0, count: count)
    children = Array(repeating: [], count: count)
  }

  mutating func attach(_ node: Int, to parent: Int, by edge: Int) {
    self.parent[node] = parent
    self.edge[node] = edge
    children[parent].append(node)
  }

  /// Numbers the whole tree and sums up the surplus of its variables.
  mutating func finish(root: Int, surplus: [Int]) {
    _ = number(root, from: 0)
    sum = surplus
    for node in order where parent[node] >= 0 { sum[parent[node]] += sum[node] }
  }

  /// The positions of the subtree of `node`.
  func range(of node: Int) -> ClosedRange<Int> { first[node]...position[node] }

  /// Cuts the subtree of `node` off and hangs it up again at its member `inside`, below `outside`;
  /// returns the number of variables that were touched.
  mutating func replace(edgeAbove node: Int, by newEdge: Int, inside: Int, outside: Int) -> Int {
    let total = sum[node]
    let oldParent = parent[node]
    var touched = 0
    var ancestor = oldParent
    while ancestor >= 0 {
      sum[ancestor] -= total
      ancestor = parent[ancestor]
      touched += 1
    }
    ancestor = outside
    while ancestor >= 0 {
      sum[ancestor] += total
      ancestor = parent[ancestor]
      touched += 1
    }
    var common = oldParent
    while !range(of: common).contains(position[outside]) { common = parent[common] }

    children[oldParent].removeAll { $0 == node }
    var (current, newParent, edgeAbove) = (inside, outside, newEdge)
    var sumBelow = 0
    while true {
      let (next, nextEdge, oldSum) = (parent[current], edge[current], sum[current])
      if current != node { children[next].removeAll { $0 == current } }
      attach(current, to: newParent, by: edgeAbove)
      sum[current] = total - sumBelow
      sumBelow = oldSum
      guard current != node, let nextEdge else { break }
      (newParent, current, edgeAbove) = (current, next, nextEdge)
    }
    return touched + number(common, from: first[common])
  }

  /// Numbers the subtree of `root` in postorder; returns its size.
  private mutating func number(_ root: Int, from start: Int) -> Int {
    var next = start
    var stack = [(node: root, child: 0)]
    first[root] = start
    while let (node, child) = stack.last {
      if child < children[node].count {
        stack[stack.count - 1].child += 1
        let below = children[node][child]
        first[below] = next
        stack.append((below, 0))
      } else {
        position[node] = next
        order[next] = node
        next += 1
        stack.removeLast()
      }
    }
    return next - start
  }
}
