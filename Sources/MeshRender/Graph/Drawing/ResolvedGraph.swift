/// A graph whose references lead somewhere: each edge to two nodes, each group with nodes.
struct ResolvedGraph {
  var nodes: [TopologyGraph.Node] = []
  /// The group of each node.
  var groupOfNode: [Int?] = []
  var groups: [TopologyGraph.Group] = []
  var edges: [(edge: TopologyGraph.Edge, source: Int, target: Int)] = []
  /// The names of the groups without nodes.
  var emptyGroups: [String] = []

  init(_ graph: TopologyGraph) {
    var seen: Set<String> = []
    var known: [String: Int] = [:]
    for node in graph.nodes where known[node.id] == nil {
      known[node.id] = nodes.count
      nodes.append(node)
    }
    let used = Set(nodes.compactMap(\.group))
    var groupIndex: [String: Int] = [:]
    for group in graph.groups where seen.insert(group.id).inserted {
      if used.contains(group.id) {
        groupIndex[group.id] = groups.count
        groups.append(group)
      } else {
        emptyGroups.append(group.name)
      }
    }
    groupOfNode = nodes.map { $0.group.flatMap { groupIndex[$0] } }
    for edge in graph.edges {
      guard let source = known[edge.source], let target = known[edge.target] else { continue }
      edges.append((edge, source, target))
    }
  }

  /// The nodes of `group`, or those in none.
  func members(of group: Int?) -> [Int] { nodes.indices.filter { groupOfNode[$0] == group } }
}
