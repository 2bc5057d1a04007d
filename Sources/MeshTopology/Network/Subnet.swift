/// A part of a network in one region.
public struct Subnet: TopologyValue {
  /// A further range of a subnet, which pods or Services take their addresses from.
  public struct SecondaryRange: TopologyValue {
    /// The name that clusters refer to.
    public var name: String
    /// The addresses.
    public var range: AddressRange

    /// Creates a secondary range.
    public init(name: String, range: AddressRange) {
      self.name = name
      self.range = range
    }
  }

  /// The name.
  public var name: String
  /// The region.
  public var region: String
  /// The primary range, which nodes take their addresses from.
  public var range: AddressRange
  /// What the subnet is for, in words; none by default.
  public var purpose: String?
  /// The further ranges.
  public var secondaryRanges: [SecondaryRange] = []

  /// A subnet without secondary ranges.
  public init(name: String, region: String, range: AddressRange) {
    self.name = name
    self.region = region
    self.range = range
  }

  /// The secondary range called `name`.
  public func secondaryRange(named name: String) -> SecondaryRange? {
    secondaryRanges.first { $0.name == name }
  }
}
