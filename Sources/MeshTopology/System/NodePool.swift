/// A group of equal nodes.
public struct NodePool: TopologyValue {
  /// The name.
  public var name: String
  /// The provider's machine type, such as `e2-standard-4`.
  public var machineType: String
  /// The size of each node's boot disk in GiB; 100 by default, as in GKE.
  public var diskSizeGb = 100
  /// The kind of each node's boot disk; balanced by default, as in GKE.
  public var diskType = DiskType.balanced
  /// The number of nodes in all zones together; 3 by default. Without meaning when `autoscaling` is there.
  ///
  /// GKE counts the nodes of one zone. A total that the zones cannot share evenly is rounded up.
  public var nodes = 3
  /// How the number of nodes follows the load; it does not by default.
  public var autoscaling: Autoscaling?
  /// The zones; those of the cluster by default.
  public var zones: [String] = []
  /// The most pods of a node, 8...256; 110 by default, as in GKE.
  public var maxPodsPerNode = GKE.defaultPodsPerNode
  /// The secondary range of the subnet that pods take their addresses from; the cluster's by default.
  public var podsRange: String?
  /// Whether the provider may take nodes away at any time; never by default.
  public var interruption = Interruption.never
  /// The e-mail address of the service account of the nodes; the project's default one by default, which may
  /// do far more than a node needs.
  public var serviceAccount: String?
  /// The labels of the nodes, which pods choose them by; none by default.
  public var labels: [String: String] = [:]
  /// What keeps pods off the nodes unless they tolerate it; nothing by default.
  public var taints: [Taint] = []
  /// Whether nodes start nothing but signed code; true by default. Unsigned kernel modules need it off.
  public var hasSecureBoot = true
  /// How nodes are replaced by those of a new version.
  public var upgrade = Upgrade()

  /// A node pool with the defaults.
  public init(name: String, machineType: String) {
    self.name = name
    self.machineType = machineType
  }
}

extension NodePool {
  /// The most nodes in all zones together.
  public var maximumNodes: Int { autoscaling.map { Swift.max($0.max, $0.min) } ?? nodes }

  /// A kind of boot disk.
  public enum DiskType: String, Hashable, Sendable, CaseIterable {
    /// Spinning disks.
    case standard = "pd-standard"
    /// Solid-state, at a moderate price.
    case balanced = "pd-balanced"
    /// Solid-state, fast.
    case ssd = "pd-ssd"
    /// Solid-state, for machine types that take no other.
    case hyperdisk = "hyperdisk-balanced"
  }

  /// Whether the provider may take nodes away.
  public enum Interruption: String, Hashable, Sendable, CaseIterable {
    /// Nodes stay.
    case never
    /// Nodes are cheap, and may go at half a minute's notice.
    case spot
    /// As `spot`, and gone after a day at the latest.
    case preemptible
  }

  /// The bounds of a number of nodes that follows the load.
  public struct Autoscaling: TopologyValue {
    /// The fewest nodes in all zones together.
    public var min: Int
    /// The most nodes in all zones together.
    public var max: Int

    /// Creates bounds.
    public init(min: Int, max: Int) {
      self.min = min
      self.max = max
    }
  }

  /// What keeps pods off a node unless they tolerate it.
  public struct Taint: TopologyValue {
    /// What happens to pods that do not tolerate a taint.
    public enum Effect: String, Hashable, Sendable, CaseIterable {
      /// They are not placed there.
      case noSchedule = "NoSchedule"
      /// They are placed there when nowhere else has room.
      case preferNoSchedule = "PreferNoSchedule"
      /// They are not placed there, and those that run there go.
      case noExecute = "NoExecute"
    }

    /// The key.
    public var key: String
    /// The value; empty by default.
    public var value: String
    /// What happens to pods that do not tolerate it.
    public var effect: Effect

    /// Creates a taint.
    public init(key: String, value: String = "", effect: Effect) {
      self.key = key
      self.value = value
      self.effect = effect
    }
  }

  /// How nodes are replaced by those of a new version.
  public struct Upgrade: TopologyValue {
    /// The number of nodes more than usual; 1 by default, as in GKE. They need addresses, too.
    public var maxSurge = 1
    /// The number of nodes fewer than usual; none by default, as in GKE.
    public var maxUnavailable = 0

    /// The defaults.
    public init() {}
  }
}
