/// A public address that is kept for a system, whatever uses it at the moment.
public struct ReservedAddress: TopologyValue {
  /// The name.
  public var name: String
  /// The region of the load balancer that may have it; `nil` for a global load balancer.
  public var region: String?

  /// An address in a region, or a global one.
  public init(name: String, region: String? = nil) {
    self.name = name
    self.region = region
  }
}
