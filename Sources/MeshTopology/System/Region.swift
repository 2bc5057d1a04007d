/// A place on Earth that clusters run in.
public struct Region: TopologyValue {
  /// What a region is for.
  public enum Role: String, Hashable, Sendable, CaseIterable {
    /// Serves the users.
    case primary
    /// Stands by, and serves the users after a failover.
    case recovery
  }

  /// The provider's name of the region, such as `asia-northeast1`.
  public var name: String
  /// What the region is for.
  public var role: Role

  /// Creates a region.
  public init(name: String, role: Role) {
    self.name = name
    self.role = role
  }
}

extension Region: Formed {
  static let form = Form(
    "Region", "A place on Earth that clusters run in.", blank: Self(name: "", role: .recovery)
  ) {
    FormField.required(
      "name", \.name, .name(.label), example: "asia-northeast1", "The provider's name of the region.")
    FormField.required(
      "role", \.role, .choice, example: "primary", "Whether it serves the users or stands by.")
  }

  /// The regions of a system, exactly one of which is the primary.
  static let list = Codec<[Region]>.list(of: .form, unique: [Unique("region", key: "name") { $0.name }])
    .verified { regions, field in
      let primaries = regions.filter { $0.role == .primary }.count
      if primaries != 1, field.elementCount == regions.count {
        field.report(
          .contradiction,
          primaries == 0 ? "no region has the role primary" : "\(primaries) regions have the role primary",
          remedy: "give it to exactly one region")
      }
      return true
    }
}
