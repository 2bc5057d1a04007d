public import PromQL
import Seams

extension SimulatedCluster {
  /// All metrics as they are now, in the text format that Prometheus scrapes.
  public var metricsText: String { withState { MetricsExposition.text(of: &$0) } }

  /// Keeps metrics from now on, one sample every 15 s of the cluster's time, so that queries have a past to look at.
  ///
  /// Nothing is kept before this is called or something is queried.
  ///
  /// - Parameter retention: how long samples are kept.
  public func keepMetrics(retention: Duration = .seconds(6 * 3_600)) {
    withState { $0.keepMetrics(retention: retention) }
  }

  /// Answers Prometheus' query API (`/api/v1/query`, `/api/v1/query_range`, …) from the metrics that were kept. The
  /// first question begins to keep them.
  ///
  /// - Parameters:
  ///   - path: without the query, such as `/api/v1/query`.
  ///   - parameters: of the URL's query and a posted form.
  public func query(path: String, parameters: QueryParameters = QueryParameters()) -> QueryAnswer {
    let (store, now) = withState { ($0.keptMetrics(), $0.trueNow) }
    // Answered outside of the lock: the store is a value, and a query may take a while.
    return QueryAPI().answer(to: path, parameters, in: store, at: now)
  }
}

extension ClusterState {
  /// Begins to keep metrics, with a first scrape at once; nothing happens when they are kept already.
  mutating func keepMetrics(retention: Duration) {
    guard traffic.keeper == nil else { return }
    traffic.refresh(store, images, faults)
    traffic.keeper = ClusterMonitor(retention: retention)
    scrapeMetrics()
    schedule(.traffic, at: Timestamp(seconds: now.wholeSecond + 1))
  }
}
