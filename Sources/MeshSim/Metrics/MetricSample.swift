import PromQL

/// One value of a metric, as an exporter gives it.
struct MetricSample: Sendable {
  let name: String
  let labels: LabelSet
  let value: Double

  init(_ name: String, _ labels: [(String, String)], _ value: Double) {
    self.name = name
    self.labels = LabelSet(labels.map { Label(name: $0, value: $1) })
    self.value = value
  }

  /// The labels with the metric's name and those of the target that it is scraped from.
  func series(job: String) -> LabelSet {
    LabelSet(labels.labels + [Label(name: LabelSet.metricName, value: name)] + MetricSample.target(job))
  }

  /// What a scrape adds to each series of a job.
  static func target(_ job: String) -> [Label] {
    [Label(name: "job", value: job), Label(name: "instance", value: "embedded")]
  }
}

extension MetricFamily {
  /// An empty family of the kind that a metric's name tells.
  static func named(_ name: String) -> MetricFamily {
    let help = MetricHelp.texts[name] ?? "\(name)."
    return name.hasSuffix("_total") ? .counter(name, help: help) : .gauge(name, help: help)
  }
}

/// What metrics count, where their names do not say it.
enum MetricHelp {
  static let texts = [
    "istio_requests_total": "Requests that a proxy has handled.",
    "istio_request_duration_milliseconds": "How long requests took.",
    "istio_request_bytes": "Sizes of requests' bodies.",
    "istio_response_bytes": "Sizes of responses' bodies.",
    "istio_tcp_connections_opened_total": "Connections that were opened.",
    "istio_tcp_connections_closed_total": "Connections that were closed.",
    "istio_tcp_sent_bytes_total": "Bytes sent in responses over connections.",
    "istio_tcp_received_bytes_total": "Bytes received in requests over connections.",
    "container_cpu_usage_seconds_total": "CPU time that a container has used.",
    "container_memory_working_set_bytes": "Memory of a container that cannot be taken away.",
    "kong_http_requests_total": "Requests that the gateway has answered, by service, route and status.",
    "up": "Whether the last scrape succeeded.",
  ]
}
