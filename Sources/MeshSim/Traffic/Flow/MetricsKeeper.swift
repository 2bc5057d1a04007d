import Seams

/// What keeps a cluster's metrics for queries, once somebody has asked.
protocol MetricsKeeper: Sendable {
  /// Takes one sample of every metric.
  mutating func scrape(_ state: ClusterState)
}

extension ClusterState {
  /// Seconds between two scrapes, as with Prometheus where nothing is said.
  static let scrapeInterval: Int64 = 15

  mutating func scrapeMetrics() {
    guard var keeper = traffic.keeper else { return }
    traffic.keeper = nil  // gives up this reference, so that the samples are not copied
    keeper.scrape(self)
    traffic.keeper = keeper
  }
}
