/// A person and a time, as a commit states them; neither is proven.
public struct GitSignature: Hashable, Sendable {
  /// The person's name.
  public let name: String
  /// The person's address.
  public let email: String
  /// When, in seconds since 1970-01-01T00:00:00Z.
  public let seconds: Int64
  /// The person's time zone, in minutes east of UTC.
  public let offsetMinutes: Int
}
