/// Sends the requests that carry a header to one subset.
public struct HeaderRoute: Hashable, Sendable {
  /// The header's name, in small letters.
  public var header: String
  /// The value it must have.
  public var exact: String
  /// The subset that gets the request.
  public var subset: String

  /// Creates a route.
  public init(header: String, exact: String, subset: String) {
    self.header = header
    self.exact = exact
    self.subset = subset
  }
}
