public import KubeModel

/// The kinds of Google's Config Connector that infrastructure is made of.
extension ResourceKind {
  /// A network without addresses of its own.
  public static let computeNetwork = compute("ComputeNetwork", "computenetworks")
  /// A part of a network in one region.
  public static let computeSubnetwork = compute("ComputeSubnetwork", "computesubnetworks")
  /// A kept address, or a kept range of them.
  public static let computeAddress = compute("ComputeAddress", "computeaddresses")
  /// What address translation is part of.
  public static let computeRouter = compute("ComputeRouter", "computerouters")
  /// Address translation.
  public static let computeRouterNAT = compute("ComputeRouterNAT", "computerouternats")
  /// Who may reach which nodes.
  public static let computeFirewall = compute("ComputeFirewall", "computefirewalls")
  /// A network's link to the provider's managed services.
  public static let serviceNetworkingConnection = ResourceKind(
    group: "servicenetworking.cnrm.cloud.google.com", version: "v1beta1", kind: "ServiceNetworkingConnection",
    plural: "servicenetworkingconnections")
  /// A cluster.
  public static let containerCluster = container("ContainerCluster", "containerclusters")
  /// A group of equal nodes.
  public static let containerNodePool = container("ContainerNodePool", "containernodepools")

  /// The kinds of infrastructure, in the order of applying.
  public static let infrastructure: [ResourceKind] = [
    .computeNetwork, .computeSubnetwork, .computeAddress, .serviceNetworkingConnection, .computeRouter,
    .computeRouterNAT, .computeFirewall, .containerCluster, .containerNodePool,
  ]

  private static func compute(_ kind: String, _ plural: String) -> ResourceKind {
    ResourceKind(group: "compute.cnrm.cloud.google.com", version: "v1beta1", kind: kind, plural: plural)
  }

  private static func container(_ kind: String, _ plural: String) -> ResourceKind {
    ResourceKind(group: "container.cnrm.cloud.google.com", version: "v1beta1", kind: kind, plural: plural)
  }
}
