public import MeshRender
public import MeshTopology

extension Mesh {
  /// The declared clusters that are part of the environment, by name.
  public var clusters: [Cluster] {
    topology.clusters.filter { environment.access(to: $0.name) != nil }
  }

  /// The objects that a cluster is to have, in the order of applying.
  public func objects(for cluster: Cluster) -> [RenderedObject] {
    Renderer(topology: topology).objects(for: cluster)
  }

  /// All workloads that run in the primary cluster: those that are declared, and those that gateways, caches and
  /// other parts of the platform consist of.
  public func workloads() -> [Workload] {
    topology.primaryCluster.map { Renderer(topology: topology).workloads(in: $0) } ?? topology.workloads
  }

  /// Everything that a cluster is to have, as files of a folder.
  public func folder(for cluster: Cluster) -> [RenderedFile] {
    Renderer(topology: topology).folder(for: cluster)
  }

  /// The networks, clusters and node pools, as objects of Config Connector in the order of applying.
  public func infrastructure() -> [RenderedObject] { Renderer(topology: topology).infrastructure() }

  /// The networks, clusters and node pools, as files of a folder.
  public func infrastructureFolder() -> [RenderedFile] {
    Renderer(topology: topology).infrastructureFolder()
  }

  /// How many nodes, pods and Services each cluster has room for, and what bounds it first.
  public func capacity() -> Capacity {
    let renderer = Renderer(topology: topology)
    return Capacity(of: inEnvironment) { renderer.workloads(in: $0) }
  }

  /// The topology as a drawing.
  public func graph() -> TopologyGraph {
    var graph = TopologyGraph(topology: inEnvironment)
    let words = [topology.domain, "environment \(environment.name)"].compactMap(\.self)
    graph.subtitle = words.joined(separator: " · ")
    return graph
  }

  /// The topology with those clusters only that are part of the environment.
  private var inEnvironment: Topology { topology.with { $0.clusters = clusters } }
}
