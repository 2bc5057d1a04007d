/// Gives each node of a diagram its layer, so that lines lead to later layers and are short, and groups
/// are narrow.
enum Layering {
  /// The layers of the nodes, from 0; lines of which `turned` is true lead the other way.
  static func layers(of diagram: Diagram, turned: [Bool], work: Int) -> [Int] {
    let count = diagram.nodes.count
    var isConnected = [Bool](repeating: false, count: count)
    var constraints: [NetworkSimplex.Constraint] = []
    for (edge, isTurned) in zip(diagram.edges, turned) where edge.source != edge.target {
      let (tail, head) = isTurned ? (edge.target, edge.source) : (edge.source, edge.target)
      let group = diagram.nodes[tail].group
      let isInner = group != nil && group == diagram.nodes[head].group
      constraints.append(.init(tail: tail, head: head, length: 1, weight: isInner ? 2 : 1))
      isConnected[tail] = true
      isConnected[head] = true
    }
    // Two more variables for each group, left and right of its nodes, pull it together.
    for (node, shape) in diagram.nodes.enumerated() where isConnected[node] {
      guard let group = shape.group else { continue }
      let left = count + 2 * group
      constraints.append(.init(tail: left, head: node, length: 0, weight: 0))
      constraints.append(.init(tail: node, head: left + 1, length: 0, weight: 0))
    }
    for group in 0..<diagram.groupCount {
      let left = count + 2 * group
      constraints.append(.init(tail: left, head: left + 1, length: 0, weight: 3))
    }
    let values = NetworkSimplex.solve(
      count: count + 2 * diagram.groupCount, constraints: constraints, work: work)
    var layers = Array(values[..<count])
    let least = (0..<count).filter { isConnected[$0] }.map { layers[$0] }.min() ?? 0
    for node in 0..<count { layers[node] = isConnected[node] ? layers[node] - least : 0 }
    stagger(&layers, of: diagram, turned: turned)
    spread(&layers, of: diagram, isConnected: isConnected)
    return layers
  }

  /// The most nodes of a group in one layer, as far as it depends on nodes that call nobody.
  private static let tallest = 10

  /// Moves nodes that call nobody on to later layers where a group would become a tower.
  private static func stagger(_ layers: inout [Int], of diagram: Diagram, turned: [Bool]) {
    var isLeaf = [Bool](repeating: false, count: diagram.nodes.count)
    for (edge, isTurned) in zip(diagram.edges, turned) { isLeaf[isTurned ? edge.source : edge.target] = true }
    for (edge, isTurned) in zip(diagram.edges, turned) {
      isLeaf[isTurned ? edge.target : edge.source] = false
    }
    for group in 0..<diagram.groupCount {
      let members = diagram.nodes.indices.filter { diagram.nodes[$0].group == group }
      // A square of nodes is as readable as it gets.
      let limit = max(tallest, squareRoot(members.count) + 2)
      var columns = Dictionary(grouping: members) { layers[$0] }
      var layer = columns.keys.min() ?? 0
      while let nodes = columns[layer] {
        let leaves = nodes.filter { isLeaf[$0] }
        let excess = leaves.suffix(max(0, min(leaves.count, nodes.count - limit)))
        for node in excess { layers[node] = layer + 1 }
        if !excess.isEmpty { columns[layer + 1, default: []] += excess }
        layer += 1
        while columns[layer] == nil, layer < columns.keys.max() ?? 0 { layer += 1 }
      }
    }
  }

  /// Spreads the nodes without lines over the columns of their group, and over more when there are many.
  private static func spread(_ layers: inout [Int], of diagram: Diagram, isConnected: [Bool]) {
    var lonely: [Int?: [Int]] = [:]
    var columns: [Int?: [Int: Int]] = [:]
    for (node, shape) in diagram.nodes.enumerated() {
      if isConnected[node] {
        columns[shape.group, default: [:]][layers[node], default: 0] += 1
      } else {
        lonely[shape.group, default: []].append(node)
      }
    }
    for (group, nodes) in lonely {
      var used = columns[group] ?? [:]
      let first = used.keys.min() ?? 0
      let last = max(used.keys.max() ?? 0, first + squareRoot(nodes.count) - 1)
      for node in nodes {
        guard let column = (first...last).min(by: { (used[$0] ?? 0) < (used[$1] ?? 0) }) else { continue }
        layers[node] = column
        used[column, default: 0] += 1
      }
    }
  }

  /// The least number whose square is at least `number`.
  private static func squareRoot(_ number: Int) -> Int {
    var root = 1
    while root * root < number { root += 1 }
    return root
  }
}
