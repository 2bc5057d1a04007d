extension Gateway {
  /// What Kong measures for Prometheus, by its plug-in `prometheus`.
  public struct Metrics: TopologyValue {
    /// Whether requests and bytes are counted for each consumer; false by default, as it multiplies the series.
    public var perConsumer = false
    /// Whether requests are counted by status code; true by default.
    public var statusCode = true
    /// Whether times are measured; true by default.
    public var latency = true
    /// Whether bytes are counted; true by default.
    public var bandwidth = true
    /// Whether the health of callees is measured; false by default, as the cluster looks after it.
    public var upstreamHealth = false

    /// The defaults.
    public init() {}

    /// Whether anything is measured.
    public var isOn: Bool { perConsumer || statusCode || latency || bandwidth || upstreamHealth }
  }
}

extension Gateway.Metrics: Formed {
  static let form = Form("Gateway.Metrics", "What Kong measures for Prometheus.", blank: Self()) {
    FormField.defaulted(
      "perConsumer", \.perConsumer, .flag, "Whether requests and bytes are counted for each consumer.",
      default: false)
    FormField.defaulted(
      "statusCode", \.statusCode, .flag, "Whether requests are counted by status code.", default: true)
    FormField.defaulted("latency", \.latency, .flag, "Whether times are measured.", default: true)
    FormField.defaulted("bandwidth", \.bandwidth, .flag, "Whether bytes are counted.", default: true)
    FormField.defaulted(
      "upstreamHealth", \.upstreamHealth, .flag, "Whether the health of callees is measured.", default: false)
  }
}
