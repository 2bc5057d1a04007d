/// A group of equal nodes.
public struct NodePool: Hashable, Sendable {
  /// The name.
  public var name: String
  /// The provider's machine type, such as `e2-standard-4`.
  public var machineType: String
  /// The size of each node's boot disk in GiB; 100 by default, as in GKE.
  public var diskSizeGb = 100
  /// The number of nodes; 3 by default.
  public var nodes = 3

  /// A node pool with the defaults.
  public init(name: String, machineType: String) {
    self.name = name
    self.machineType = machineType
  }
}
