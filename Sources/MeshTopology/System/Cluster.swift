/// A Kubernetes cluster.
public struct Cluster: Hashable, Sendable {
  /// The name.
  public var name: String
  /// The region it runs in.
  public var region: String
  /// The network its nodes are in.
  public var network: String?
  /// The subnet its nodes take their addresses from.
  public var subnetwork: String?
  /// The secondary range of the subnet that pods take their addresses from.
  public var podsRange: String?
  /// The secondary range of the subnet that Services take their addresses from.
  public var servicesRange: String?
  /// The addresses of the control plane, which no subnet may hold.
  public var controlPlaneRange: AddressRange?
  /// The groups of equal nodes.
  public var nodePools: [NodePool] = []

  /// A cluster of which only name and region are known.
  public init(name: String, region: String) {
    self.name = name
    self.region = region
  }
}
