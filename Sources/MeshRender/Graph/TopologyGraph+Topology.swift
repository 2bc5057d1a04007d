public import MeshTopology

extension TopologyGraph {
  /// The workloads of `topology` in their namespaces, who calls whom, and who is reached from outside.
  public init(topology: Topology) {
    self.init(title: topology.name)
    subtitle = topology.domain
    regions = topology.regions.map { region in
      var shown = Region(name: region.name, role: region.role.rawValue)
      shown.clusters = topology.clusters.filter { $0.region == region.name }.map { cluster in
        Cluster(name: cluster.name, details: cluster.nodePools.map(\.shownInGraph))
      }
      return shown
    }
    let workloads = topology.workloads + Renderer.platform(of: topology, in: nil).workloads
    let others: [Node] =
      topology.databases.map(\.shownInGraph) + topology.externalServices.map(\.shownInGraph)
    nodes = workloads.map(\.shownInGraph)
    let known = Set(nodes.map(\.id))
    nodes += others.filter { !known.contains($0.id) }
    for index in nodes.indices { nodes[index].kind = topology.graphKind(of: nodes[index]) }

    let inUse = Set(nodes.compactMap(\.group))
    let declared = topology.namespaces.map(\.name)
    groups = (declared + inUse.subtracting(declared).sorted()).map { Group(id: $0, name: $0) }
    addUsers(of: workloads, domain: topology.domain)
    addCalls(of: workloads, in: topology)
  }

  private mutating func addUsers(of workloads: [Workload], domain: String?) {
    let exposed = workloads.filter(\.isExposed)
    guard !exposed.isEmpty else { return }
    // A workload's id has a slash, so this one is free.
    var users = Node(id: "outside", kind: .outside, name: "Users")
    users.details = domain.map { [$0] } ?? []
    nodes.insert(users, at: 0)
    for workload in exposed {
      let ports: [Workload.Port?] = workload.ports.isEmpty ? [nil] : workload.ports
      edges += ports.map { Edge(from: users.id, to: workload.reference.description, port: $0) }
    }
  }

  private mutating func addCalls(of workloads: [Workload], in topology: Topology) {
    let renderer = Renderer(topology: topology)
    for workload in workloads {
      // The nodes of a cache talk to each other; a drawing of who calls whom need not say so.
      for call in workload.calls where call.to != workload.reference {
        var edge = Edge(
          from: workload.reference.description, to: call.to.description,
          port: renderer.callee(call.to)?.port(call.port))
        edge.perRequest = call.perRequest
        edge.policies =
          [call.methods.map(\.rawValue).joined(separator: " ")].filter { !$0.isEmpty } + call.paths
        edges.append(edge)
      }
    }
  }
}

extension Topology {
  /// What is known of a node beyond the name of its image.
  fileprivate func graphKind(of node: TopologyGraph.Node) -> TopologyGraph.Node.Kind {
    func isNamed(_ callee: some Callee) -> Bool { callee.reference.description == node.id }
    if gateways.contains(where: isNamed) { return .gateway }
    if redisClusters.contains(where: isNamed) { return .cache }
    if databases.contains(where: isNamed) { return .database }
    return node.kind
  }
}

extension Database {
  fileprivate var shownInGraph: TopologyGraph.Node {
    TopologyGraph.Node(id: reference.description, kind: .database, name: name, group: namespace)
  }
}

extension ExternalService {
  fileprivate var shownInGraph: TopologyGraph.Node {
    var node = TopologyGraph.Node(id: reference.description, kind: .external, name: name, group: namespace)
    node.details = hosts
    return node
  }
}

extension TopologyGraph.Edge {
  fileprivate init(from source: String, to target: String, port: Workload.Port?) {
    self.init(from: source, to: target)
    self.protocol = port?.protocol.rawValue
    self.port = port?.port
  }
}

extension NodePool {
  fileprivate var shownInGraph: String {
    "\(name): \(autoscaling.map { "\($0.min)–\($0.max)" } ?? "\(nodes)") × \(machineType)"
  }
}

extension Workload {
  fileprivate var shownInGraph: TopologyGraph.Node {
    let repository = image.repository.split(separator: "/").last.map(String.init) ?? ""
    var node = TopologyGraph.Node(
      id: reference.description, kind: TopologyGraph.Node.Kind(image: repository), name: name,
      group: namespace)
    let fixed = replicas == 1 ? "1 pod" : "\(replicas) pods"
    let pods =
      controller == .daemonSet ? "on each node" : autoscaling.map { "\($0.min)–\($0.max) pods" } ?? fixed
    node.details = [image.version, pods]
    if traffic != nil || rollout != nil {
      let subsets = traffic ?? Traffic()
      let canary = traffic?.canaryWeight ?? rollout?.steps.first ?? .firstStep
      node.shares = [
        TopologyGraph.Share(name: subsets.stableSubset, percent: canary.complement.percent),
        TopologyGraph.Share(name: subsets.canarySubset, percent: canary.percent),
      ]
    }
    return node
  }
}

extension TopologyGraph.Node.Kind {
  /// What an image of this name is known for; a plain workload when it is not known.
  fileprivate init(image: String) {
    switch image {
    case "kong", "nginx", "envoy", "traefik", "haproxy", "caddy": self = .gateway
    case "postgres", "postgresql", "mysql", "mariadb", "mongo", "cassandra", "cockroach", "elasticsearch",
      "opensearch", "clickhouse", "minio":
      self = .database
    case "redis", "valkey", "memcached", "dragonfly": self = .cache
    default: self = .workload
    }
  }
}
