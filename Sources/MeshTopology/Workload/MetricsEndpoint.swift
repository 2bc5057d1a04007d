/// Where a workload serves its own measures for Prometheus.
public struct MetricsEndpoint: TopologyValue {
  /// The container's port.
  public var port: Int
  /// The path; `/metrics` by default.
  public var path = "/metrics"

  /// An endpoint at the usual path.
  public init(port: Int) { self.port = port }
}

extension MetricsEndpoint: Formed {
  static let form = Form(
    "MetricsEndpoint", "Where a workload serves its own measures for Prometheus.", blank: Self(port: 0)
  ) {
    FormField.required("port", \.port, .port, example: "9090", "The container's port.")
    FormField.defaulted("path", \.path, .path("/metrics"), "The path.", default: "/metrics")
  }
}
