/// The limits of Google Kubernetes Engine, as functions of what a topology declares.
///
/// Sources are Google's pages «IP addresses for VPC-native clusters» (addresses), «Quotas and limits» (sizes)
/// and, for a range's usable addresses, «Subnets» of VPC. Ranges are IPv4; of an IPv6 range no limit is known
/// here, and the functions return `nil`.
public enum GKE {
  /// The addresses of a subnet's primary range that GCP keeps for itself: network, gateway, the second to
  /// last, broadcast.
  public static let reservedAddresses = 4
  /// The fewest and most pods that a node may be set to have.
  public static let podsPerNode = 8...256
  /// The most pods of a node when nothing is said.
  public static let defaultPodsPerNode = 110
  /// The most nodes of a cluster; above 5,000 only for regional clusters and with a raised quota.
  public static let nodesPerCluster = 15_000
  /// The most nodes of a node pool in one zone.
  public static let nodesPerPoolAndZone = 1_000
  /// The most pods of a cluster.
  public static let podsPerCluster = 200_000
  /// The prefix length that a control plane's range must have.
  public static let controlPlanePrefixLength = 28
  /// The prefix lengths that a Services range may have: 65,536 Services down to 16.
  public static let servicesPrefixLengths = 16...28
  /// The number of zones that a regional cluster's nodes are spread over when none are named.
  public static let defaultZones = 3

  /// The most nodes whose addresses fit into a subnet's primary range: 252 for a /24.
  public static func nodes(primaryRange: AddressRange) -> Int? {
    addresses(primaryRange).map { max(0, $0 - reservedAddresses) }
  }

  /// The prefix length of the block of addresses that each node gets for its pods: at least twice as many
  /// addresses as pods, so that a new pod needs not take the address of one that just ended.
  ///
  /// - Returns: 28 for 8 pods to 23 for 256, 24 for the default of 110; `nil` for a number GKE refuses.
  public static func podBlockPrefixLength(podsPerNode: Int) -> Int? {
    guard GKE.podsPerNode.contains(podsPerNode) else { return nil }
    return 32 - (Int.bitWidth - (2 * podsPerNode - 1).leadingZeroBitCount)
  }

  /// The most nodes whose blocks fit into a pods range: 256 for a /16 and the default of 110 pods a node.
  ///
  /// - Returns: 0 when not even one block fits; `nil` for a number of pods GKE refuses.
  public static func nodes(podsRange: AddressRange, podsPerNode: Int) -> Int? {
    guard let addresses = addresses(podsRange),
      let length = podBlockPrefixLength(podsPerNode: podsPerNode)
    else { return nil }
    return addresses >> (32 - length)
  }

  /// The most pods whose nodes' blocks fit into a pods range: 28,160 for a /16 and the default of 110, not
  /// the 65,536 that the range has addresses.
  public static func pods(podsRange: AddressRange, podsPerNode: Int) -> Int? {
    nodes(podsRange: podsRange, podsPerNode: podsPerNode).map { $0 * podsPerNode }
  }

  /// The most Services whose addresses fit into a Services range: all of its addresses.
  public static func services(servicesRange: AddressRange) -> Int? { addresses(servicesRange) }

  /// Whether a control plane can have `range`: exactly a /28 of IPv4.
  public static func isControlPlaneRange(_ range: AddressRange) -> Bool {
    range.family == .ipv4 && range.prefixLength == controlPlanePrefixLength
  }

  private static func addresses(_ range: AddressRange) -> Int? {
    range.family == .ipv4 ? 1 << range.hostBits : nil
  }
}
