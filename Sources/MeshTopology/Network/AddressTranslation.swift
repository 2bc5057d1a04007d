/// How the nodes of a region share public addresses to reach the internet: what GCP calls Cloud NAT.
public struct AddressTranslation: TopologyValue {
  /// The number of reserved addresses in each region, for others to put on their lists; none by default, and
  /// the provider then takes addresses as it needs them.
  public var addresses = 0
  /// The number of ports kept for each node, and so of its connections to one destination at a time; 64 by
  /// default, as in GCP.
  public var portsPerNode = 64

  /// The defaults.
  public init() {}
}
