extension TopologyGraph {
  /// One thing that calls or is called.
  public struct Node: Hashable, Sendable {
    /// What the node is, and so its icon.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
      /// Who uses the system from outside.
      case outside
      /// A service of the system.
      case workload
      /// A way into the system.
      case gateway
      /// Keeps data.
      case database
      /// Keeps copies of data.
      case cache
      /// Runs and ends.
      case job
      /// A service that others run.
      case external
    }

    /// What edges refer to.
    public var id: String
    /// What the node is.
    public var kind: Kind
    /// What is shown first.
    public var name: String
    /// The group it is in; in none by default.
    public var group: String?
    /// Short facts such as the version, shown in one line.
    public var details: [String] = []
    /// How its traffic is split between versions, in percent; not at all by default.
    public var shares: [Share] = []

    /// A node without further facts.
    public init(id: String, kind: Kind, name: String, group: String? = nil) {
      self.id = id
      self.kind = kind
      self.name = name
      self.group = group
    }
  }

  /// The part of a node's traffic that one version gets.
  public struct Share: Hashable, Sendable {
    /// The version or subset.
    public var name: String
    /// The part in percent.
    public var percent: Int

    /// Creates a share.
    public init(name: String, percent: Int) {
      self.name = name
      self.percent = percent
    }
  }
}
