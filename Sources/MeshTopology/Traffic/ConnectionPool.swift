/// How much a caller's proxy may have under way towards a workload
/// (Istio's `ConnectionPoolSettings`, whose defaults hold for what is not given).
public struct ConnectionPool: TopologyValue {
  /// The most TCP connections.
  public var maxConnections: Int?
  /// How long making a connection may take.
  public var connectTimeout: Duration?
  /// The most requests that wait for a connection.
  public var http1MaxPendingRequests: Int?
  /// The most requests under way at once.
  public var http2MaxRequests: Int?
  /// The most requests that one connection serves before it is closed.
  public var maxRequestsPerConnection: Int?
  /// How long a connection may lie idle.
  public var idleTimeout: Duration?

  /// No bounds but Istio's.
  public init() {}
}

extension ConnectionPool: Formed {
  private static let count = Codec<Int>.integer(in: 1...2_147_483_647)

  static let form = Form("ConnectionPool", "How much a caller's proxy may have under way.", blank: Self()) {
    FormField.optional("maxConnections", \.maxConnections, count, "The most TCP connections.")
    FormField.optional(
      "connectTimeout", \.connectTimeout, .duration(), "How long making a connection may take.")
    FormField.optional(
      "http1MaxPendingRequests", \.http1MaxPendingRequests, count,
      "The most requests that wait for a connection.")
    FormField.optional("http2MaxRequests", \.http2MaxRequests, count, "The most requests under way at once.")
    FormField.optional(
      "maxRequestsPerConnection", \.maxRequestsPerConnection, count,
      "The most requests that one connection serves before it is closed.")
    FormField.optional("idleTimeout", \.idleTimeout, .duration(), "How long a connection may lie idle.")
  }
}
