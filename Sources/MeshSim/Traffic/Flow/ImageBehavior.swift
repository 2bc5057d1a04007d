import KubeModel

/// How a container of some image behaves in an embedded cluster.
public struct ImageBehavior: Hashable, Sendable {
  /// What can be wrong with an image from the start.
  public enum Failure: String, Hashable, Sendable, CaseIterable {
    /// Nothing.
    case none
    /// The process exits soon after it starts, again and again.
    case crashLoop
    /// The process runs but its readiness probe never succeeds.
    case neverReady
    /// The image cannot be pulled.
    case imagePull
  }

  /// From the bind to a node until the container is ready.
  public var startup: Duration
  /// The most that a single pod takes longer.
  public var startupJitter: Duration
  /// The median of the time to answer.
  public var medianLatency: Duration
  /// The 99th percentile of the time to answer.
  public var p99Latency: Duration
  /// The share of requests that fail with a 5xx status, 0…1.
  public var errorRate: Double
  /// What is wrong from the start.
  public var failure: Failure
  /// CPU time one request costs, which drives autoscaling.
  public var cpuSecondsPerRequest: Double

  /// A behaviour; the defaults are those of a healthy service.
  public init(
    startup: Duration = .seconds(3), startupJitter: Duration = .seconds(1),
    medianLatency: Duration = .milliseconds(20), p99Latency: Duration = .milliseconds(120),
    errorRate: Double = 0.001, failure: Failure = .none, cpuSecondsPerRequest: Double = 0.002
  ) {
    self.startup = startup
    self.startupJitter = startupJitter
    self.medianLatency = medianLatency
    self.p99Latency = p99Latency
    self.errorRate = errorRate
    self.failure = failure
    self.cpuSecondsPerRequest = cpuSecondsPerRequest
  }
}

/// Which behaviour each image has: the first pattern that matches decides.
struct ImageCatalog: Sendable {
  private var entries: [(pattern: ImagePattern, behavior: ImageBehavior)] = []
  private let fallback = ImageBehavior()
  /// Grows with each entry.
  var version: Int { entries.count }

  mutating func add(_ pattern: String, _ behavior: ImageBehavior) {
    entries.append((ImagePattern(pattern), behavior))
  }

  func behavior(of image: String) -> ImageBehavior {
    entries.first { $0.pattern.matches(image) }?.behavior ?? fallback
  }
}
