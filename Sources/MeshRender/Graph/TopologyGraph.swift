/// A system as a picture shows it: groups of nodes, and the edges between them.
///
/// It says nothing of where things are drawn; a topology is one source of it, and whoever knows of more
/// kinds of things adds nodes and edges. An edge between nodes that are not there is left out of drawings,
/// and of several nodes or groups with one `id` the first counts.
public struct TopologyGraph: Hashable, Sendable {
  /// What the picture is of.
  public var title: String
  /// More about the whole, such as its domain; none by default.
  public var subtitle: String?
  /// Where the system runs, in the order of showing.
  public var regions: [Region] = []
  /// The frames around nodes, in the order of showing.
  public var groups: [Group] = []
  /// The nodes.
  public var nodes: [Node] = []
  /// The edges.
  public var edges: [Edge] = []

  /// A picture of nothing but its title.
  public init(title: String) { self.title = title }
}

extension TopologyGraph {
  /// A frame around nodes, such as a namespace.
  public struct Group: Hashable, Sendable {
    /// What nodes refer to.
    public var id: String
    /// What is shown.
    public var name: String

    /// Creates a group.
    public init(id: String, name: String) {
      self.id = id
      self.name = name
    }
  }

  /// A region, for the strip at the head of a picture.
  public struct Region: Hashable, Sendable {
    /// The name.
    public var name: String
    /// What it is for, such as `primary`.
    public var role: String
    /// The clusters in it.
    public var clusters: [Cluster] = []

    /// A region without clusters.
    public init(name: String, role: String) {
      self.name = name
      self.role = role
    }
  }

  /// A cluster of a region.
  public struct Cluster: Hashable, Sendable {
    /// The name.
    public var name: String
    /// A line each, such as a node pool.
    public var details: [String]

    /// Creates a cluster.
    public init(name: String, details: [String] = []) {
      self.name = name
      self.details = details
    }
  }
}
