/// How requests to a workload are spread over its pods.
public struct Traffic: Hashable, Sendable {
  /// How the proxy picks a pod for a request (Istio's `LoadBalancerSettings.SimpleLB`).
  public enum LoadBalancer: String, Hashable, Sendable, CaseIterable {
    /// The one with fewer open requests of two picked at random.
    case leastRequest
    /// One after the other.
    case roundRobin
    /// Any.
    case random
    /// The address that the caller chose.
    case passthrough
  }

  /// What the subset of the stable pods is called; `stable` by default.
  public var stableSubset = MeshLabels.stable
  /// What the subset of the canary's pods is called; `canary` by default.
  public var canarySubset = MeshLabels.canary
  /// The share that a canary gets while it runs; 20 % by default. At rest it gets nothing.
  public var canaryWeight: Weight = .firstStep
  /// Requests that go to one subset whatever the weights say; none by default.
  public var headerRoutes: [HeaderRoute] = []
  /// How the proxy picks a pod; `leastRequest` by default, as Istio does.
  public var loadBalancer: LoadBalancer = .leastRequest
  /// How much a caller's proxy may have under way; unbounded by default.
  public var connectionPool: ConnectionPool?
  /// How long a request may take, with all its retries; unbounded by default.
  public var timeout: Duration?
  /// How often a failed request is tried again; as Istio does by default (twice).
  public var retries: Retries?

  /// The defaults.
  public init() {}
}
