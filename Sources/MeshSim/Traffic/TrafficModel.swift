import KubeModel
import Seams

/// A Service by its namespace and name.
public struct ServiceName: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The namespace.
  public var namespace: String
  /// The name.
  public var name: String

  /// Creates a name.
  public init(namespace: String, name: String) {
    self.namespace = namespace
    self.name = name
  }

  public var description: String { "\(namespace)/\(name)" }

  public static func < (left: ServiceName, right: ServiceName) -> Bool {
    (left.namespace, left.name) < (right.namespace, right.name)
  }
}

/// Who sends how many requests to whom.
public struct TrafficPlan: Sendable {
  /// Requests from outside, a second, by the Service they go to.
  public var sources: [ServiceName: Double]
  /// The calls that one request to a Service causes: the callee and how many calls a request.
  public var calls: [ServiceName: [(callee: ServiceName, perRequest: Double)]]

  /// Creates a plan.
  public init(
    sources: [ServiceName: Double] = [:],
    calls: [ServiceName: [(callee: ServiceName, perRequest: Double)]] = [:]
  ) {
    self.sources = sources
    self.calls = calls
  }
}

/// The requests in a cluster and what has been measured of them.
struct TrafficModel {
  struct SeriesKey: Hashable, Comparable {
    let namespace: String
    let workload: String
    let version: String

    static func < (left: SeriesKey, right: SeriesKey) -> Bool {
      (left.namespace, left.workload, left.version) < (right.namespace, right.workload, right.version)
    }
  }

  var plan = TrafficPlan()
  private(set) var routes: [ServiceName: ServiceRoutes]?
  private var series: [SeriesKey: RequestSeries] = [:]
  private var recommendations: [ObjectKey: [(time: Timestamp, replicas: Int)]] = [:]
  /// Requests for which no ready pod was there, by the Service they were sent to.
  private(set) var unroutable: [ServiceName: Int] = [:]
  private var latencyShares: [LatencyDistribution: [Double]] = [:]

  var isFlowing: Bool { !plan.sources.isEmpty }

  mutating func noticeChange(of kind: ResourceKind) {
    switch kind {
    case .pod, .service, .virtualService, .destinationRule: routes = nil
    default: break
    }
  }

  mutating func setRoutes(_ routes: [ServiceName: ServiceRoutes]) { self.routes = routes }

  // MARK: Measuring

  mutating func record(_ statistics: RequestStatistics, for key: SeriesKey, at second: Int64) {
    series[key, default: RequestSeries(firstSecond: second - 1)].add(statistics, at: second)
  }

  mutating func recordUnroutable(_ count: Int, at service: ServiceName) {
    unroutable[service, default: 0] += count
  }

  /// What happened to a workload's requests after `start` and up to `end`, all versions together.
  func statistics(namespace: String, workload: String, after start: Timestamp, to end: Timestamp)
    -> RequestStatistics
  {
    let (first, last) = (start.wholeSecond, end.wholeSecond)
    return series.filter { $0.key.namespace == namespace && $0.key.workload == workload }
      .reduce(RequestStatistics()) { $0 + $1.value.statistics(after: first, to: last) }
  }

  /// Requests a second; 0 before there is enough data.
  func requestRate(of deployment: ObjectKey, over window: Duration, now: Timestamp) -> Double {
    let start = now - window
    let requests = statistics(
      namespace: deployment.namespace, workload: deployment.name, after: start, to: now
    ).requests
    return Double(requests) / window.inSeconds
  }

  /// Whether a workload has been measured for at least `window`.
  func hasHistory(of deployment: ObjectKey, over window: Duration, now: Timestamp) -> Bool {
    series.contains {
      $0.key.namespace == deployment.namespace && $0.key.workload == deployment.name
        && $0.value.start <= (now - window).wholeSecond
    }
  }

  /// The shares of the latency buckets of a behaviour.
  mutating func shares(of behavior: ImageBehavior) -> [Double] {
    let distribution = LatencyDistribution(median: behavior.medianLatency, p99: behavior.p99Latency)
    if let known = latencyShares[distribution] { return known }
    let cumulative = RequestStatistics.bounds.map(distribution.share(within:)) + [1]
    let shares = zip(cumulative, [0] + cumulative).map { $0 - $1 }
    latencyShares[distribution] = shares
    return shares
  }

  // MARK: Autoscaling

  /// Remembers a recommendation and gives the highest of the window. What is there `atFirst` counts as
  /// recommended, or an autoscaler would scale down before it has seen a whole window.
  mutating func recommend(
    _ replicas: Int, for key: ObjectKey, atFirst current: Int, window: Duration, now: Timestamp
  ) -> Int {
    let known = recommendations[key] ?? [(now, current)]
    let recent = known.filter { $0.time > now - window } + [(now, replicas)]
    recommendations[key] = recent
    return recent.map(\.replicas).max() ?? replicas
  }

  mutating func forgetRecommendations(of key: ObjectKey) { recommendations[key] = nil }
}

extension Timestamp {
  var wholeSecond: Int64 { microseconds / 1_000_000 }
}
