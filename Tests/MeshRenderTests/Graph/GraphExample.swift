import MeshRender

/// Graphs to draw.
enum GraphExample {
  /// A small graph with all that a graph can have: each kind of node, policies, a call back, a call of a
  /// workload to itself, a node and an edge in the air, and an empty group.
  static var everything: TopologyGraph {
    var graph = TopologyGraph(title: "everything")
    graph.subtitle = "example.com"
    var region = TopologyGraph.Region(name: "north", role: "primary")
    region.clusters = [.init(name: "main", details: ["pool: 3 × small"])]
    graph.regions = [region]
    graph.groups = ["front", "back", "empty"].map { .init(id: $0, name: $0) }
    let groups: [TopologyGraph.Node.Kind: String] = [
      .gateway: "front", .workload: "back", .database: "back", .cache: "back", .job: "back",
    ]
    graph.nodes = TopologyGraph.Node.Kind.allCases.map {
      .init(id: $0.rawValue, kind: $0, name: "the \($0.rawValue)", group: groups[$0])
    }
    graph.nodes.append(.init(id: "lonely", kind: .workload, name: "lonely", group: "back"))
    for index in graph.nodes.indices where graph.nodes[index].kind == .workload {
      graph.nodes[index].details = ["1.0", "2 pods"]
      graph.nodes[index].shares = [.init(name: "v1", percent: 80), .init(name: "v2", percent: 20)]
    }
    func connect(
      _ source: String, _ target: String, _ spoken: String?, _ port: Int?, _ policies: [String] = []
    ) {
      var edge = TopologyGraph.Edge(from: source, to: target)
      (edge.protocol, edge.port, edge.policies) = (spoken, port, policies)
      edge.perRequest = spoken == "tcp" ? 0.5 : 1
      graph.edges.append(edge)
    }
    connect("outside", "gateway", "https", 443)
    connect("gateway", "workload", "http", 8080, ["mTLS", "GET POST /api/users/*"])
    connect("workload", "database", "tcp", 5432)
    connect("workload", "cache", "tcp", 6379)
    connect("job", "workload", "grpc", 9090)
    connect("workload", "job", "grpc", 9091)
    connect("workload", "workload", nil, nil)
    connect("workload", "external", "https", 443, ["mTLS"])
    connect("workload", "nowhere", "http", 80)
    return graph
  }

  /// Names that try to be something else than names.
  static let hostileNames = [
    "<script>alert(1)</script>", "\"quoted\" 'name'", "a & b &amp; c &#x3c;", "]]> --> <!-- x", "end", "",
    "two\nlines\r\nthree", "n1\"] --> n2[\"x", "back\\slash\\N\\", "\u{0}\u{1}\u{1b}[31m", "\u{202E}gpj.exe",
    String(repeating: "long", count: 3_000), "名前は長い", "👩‍👩‍👧‍👦 family", "e\u{301}", "`*_markdown_*`", "#35;",
    "%%{init: {}}%%", "<b>x</b>\\n", "\u{FFFE}\u{FFFF}",
  ]

  /// Nodes, groups, regions, labels and policies with hostile names, each connected to the next.
  static var hostile: TopologyGraph {
    var graph = TopologyGraph(title: hostileNames.joined())
    graph.subtitle = hostileNames.joined(separator: "\n")
    for (index, name) in hostileNames.enumerated() {
      var region = TopologyGraph.Region(name: name, role: name)
      region.clusters = [.init(name: name, details: [name])]
      graph.regions.append(region)
      graph.groups.append(.init(id: name, name: name))
      var node = TopologyGraph.Node(id: name, kind: .workload, name: name, group: name)
      node.details = [name, name]
      node.shares = [.init(name: name, percent: .max), .init(name: name, percent: .min)]
      graph.nodes.append(node)
      var edge = TopologyGraph.Edge(from: name, to: hostileNames[(index + 1) % hostileNames.count])
      (edge.protocol, edge.policies, edge.perRequest) = (name, [name, name], .nan)
      graph.edges.append(edge)
    }
    return graph
  }
}
