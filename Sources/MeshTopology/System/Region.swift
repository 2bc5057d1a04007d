/// A place on Earth that clusters run in.
public struct Region: Hashable, Sendable {
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
