/// A private network: what GCP calls a VPC network.
///
/// A network has no range of its own; it has subnets, whose ranges must not overlap.
public struct Network: TopologyValue {
  /// The name.
  public var name: String
  /// The provider's project; known from elsewhere by default.
  public var project: String?
  /// The subnets, in the order of writing.
  public var subnets: [Subnet] = []
  /// How nodes without addresses of their own reach the internet, in every region that has such nodes; by
  /// address translation by default. Without it no image comes from outside the provider.
  public var nat: AddressTranslation? = AddressTranslation()
  /// The addresses that the provider's managed services, such as databases, get in this network; none by
  /// default.
  public var privateServicesRange: AddressRange?
  /// The public addresses that are kept for this system; none by default.
  public var reservedAddresses: [ReservedAddress] = []

  /// A network with `subnets`, none by default.
  public init(name: String, subnets: [Subnet] = []) {
    self.name = name
    self.subnets = subnets
  }

  /// The subnet called `name`.
  public func subnet(named name: String) -> Subnet? { subnets.first { $0.name == name } }
}
