/// How much a caller's proxy may have under way towards a workload
/// (Istio's `ConnectionPoolSettings`, whose defaults hold for what is not given).
public struct ConnectionPool: Hashable, Sendable {
  /// The most TCP connections.
  public var maxConnections: Int?
  /// The most requests that wait for a connection.
  public var http1MaxPendingRequests: Int?
  /// The most requests that one connection serves before it is closed.
  public var maxRequestsPerConnection: Int?

  /// No bounds but Istio's.
  public init() {}
}
