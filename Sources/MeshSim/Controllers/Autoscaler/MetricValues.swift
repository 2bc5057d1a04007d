import KubeModel

/// Values of metrics that autoscalers read beyond CPU and memory: what an adapter would serve as
/// `custom.metrics.k8s.io` and `external.metrics.k8s.io`.
struct MetricValues: Sendable {
  private var values: [String: Double] = [:]

  /// - Parameter object: `Kind/name` of the object that the metric describes; empty for external metrics, and
  ///   `Pod` for the average over pods.
  subscript(_ metric: String, of object: String, in namespace: String) -> Double? {
    get { values["\(namespace)/\(object)/\(metric)"] }
    set { values["\(namespace)/\(object)/\(metric)"] = newValue }
  }
}
