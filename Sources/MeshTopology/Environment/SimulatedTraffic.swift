/// Requests that come from outside the clusters.
public struct SimulatedTraffic: Hashable, Sendable {
  /// Who receives them.
  public var to: WorkloadReference
  /// How many there are each second on average.
  public var requestsPerSecond: Double

  /// Creates traffic.
  public init(to workload: WorkloadReference, requestsPerSecond: Double) {
    to = workload
    self.requestsPerSecond = requestsPerSecond
  }
}
