/// What kind of metric a family is.
public struct MetricType: Hashable, Sendable {
  /// As it is written after `# TYPE`.
  public let name: String

  /// A number that only grows, or starts again at zero.
  public static let counter = MetricType(name: "counter")
  /// A number that goes up and down.
  public static let gauge = MetricType(name: "gauge")
  /// Observations counted in buckets.
  public static let histogram = MetricType(name: "histogram")
}

/// A metric with all its series at one moment, as a target exposes it.
public struct MetricFamily: Hashable, Sendable {
  /// The name; a counter's ends in `_total` where it is the modern kind.
  public let name: String
  /// What it counts or measures, in one line.
  public let help: String
  /// What kind of metric it is.
  public let type: MetricType
  /// How the bounds of buckets are written.
  public let boundStyle: BoundStyle
  private(set) var values: [LabelSet: Double] = [:]
  private(set) var histograms: [LabelSet: Histogram] = [:]

  /// How the bounds of buckets are written: it matters, because they are values of a label.
  public enum BoundStyle: Hashable, Sendable {
    /// Without an exponent: `1800000`, as Envoy writes them.
    case plain
    /// From a million on with an exponent: `1.8e+06`, as Go's client does.
    case short
  }

  private init(_ name: String, _ help: String, _ type: MetricType, _ boundStyle: BoundStyle) {
    self.name = name
    self.help = help
    self.type = type
    self.boundStyle = boundStyle
  }

  /// An empty family of counters.
  public static func counter(_ name: String, help: String) -> MetricFamily {
    MetricFamily(name, help, .counter, .short)
  }

  /// An empty family of gauges.
  public static func gauge(_ name: String, help: String) -> MetricFamily {
    MetricFamily(name, help, .gauge, .short)
  }

  /// An empty family of histograms with classic buckets.
  public static func histogram(_ name: String, help: String, bounds: BoundStyle = .short) -> MetricFamily {
    MetricFamily(name, help, .histogram, bounds)
  }

  /// Sets the value of a counter or gauge.
  public mutating func set(_ value: Double, for labels: LabelSet = LabelSet()) {
    values[labels.withoutName] = value
  }

  /// Sets the observations of a histogram.
  public mutating func set(_ histogram: Histogram, for labels: LabelSet = LabelSet()) {
    histograms[labels.without([LabelSet.metricName, "le"])] = histogram
  }
}

/// Observations counted in buckets.
public struct Histogram: Hashable, Sendable {
  /// The upper bounds, ascending, without the infinite one.
  public let bounds: [Double]
  /// How many observations are at or below each bound and above the one before; the last are above all.
  public private(set) var counts: [UInt64]
  /// The sum of the observations.
  public private(set) var sum = 0.0

  /// Creates a histogram without observations.
  ///
  /// - Parameter bounds: in any order; what is not finite is left out, because there is always one infinite.
  public init(bounds: [Double]) {
    self.bounds = Set(bounds.filter(\.isFinite)).sorted()
    counts = [UInt64](repeating: 0, count: self.bounds.count + 1)
  }

  /// How many observations there are.
  public var count: UInt64 { counts.reduce(0, +) }

  /// Counts observations of one value.
  public mutating func observe(_ value: Double, times: UInt64 = 1) {
    counts[bounds.firstIndex { value <= $0 } ?? bounds.count] += times
    sum += value * Double(times)
  }
}
