/// Finds the edges to turn around so that the rest has no cycle.
///
/// A depth-first walk from the nodes nobody calls, in their order, turns those edges that lead back to a
/// node under way: from where a request comes in, these are the calls back.
enum CycleBreaking {
  /// Whether each edge is to be turned; an edge of a node to itself never is.
  static func turned(nodeCount: Int, edges: [(source: Int, target: Int)]) -> [Bool] {
    var turned = [Bool](repeating: false, count: edges.count)
    var outgoing = [[Int]](repeating: [], count: nodeCount)
    var isCalled = [Bool](repeating: false, count: nodeCount)
    for (index, edge) in edges.enumerated() where edge.source != edge.target {
      outgoing[edge.source].append(index)
      isCalled[edge.target] = true
    }
    enum State { case new, underWay, done }
    var states = [State](repeating: .new, count: nodeCount)
    var stack: [(node: Int, next: Int)] = []
    let starts = (0..<nodeCount).filter { !isCalled[$0] } + (0..<nodeCount).filter { isCalled[$0] }
    for start in starts where states[start] == .new {
      states[start] = .underWay
      stack.append((start, 0))
      while let (node, next) = stack.last {
        guard next < outgoing[node].count else {
          states[node] = .done
          stack.removeLast()
          continue
        }
        stack[stack.count - 1].next += 1
        let edge = outgoing[node][next]
        let target = edges[edge].target
        switch states[target] {
        case .new:
          states[target] = .underWay
          stack.append((target, 0))
        case .underWay: turned[edge] = true
        case .done: break
        }
      }
    }
    return turned
  }
}
