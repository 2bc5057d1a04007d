/// A private network: what GCP calls a VPC network.
///
/// A network has no range of its own; it has subnets, whose ranges must not overlap.
public struct Network: Hashable, Sendable {
  /// The name.
  public var name: String
  /// The subnets, in the order of writing.
  public var subnets: [Subnet] = []

  /// A network without subnets.
  public init(name: String) { self.name = name }

  /// The subnet called `name`.
  public func subnet(named name: String) -> Subnet? { subnets.first { $0.name == name } }
}
