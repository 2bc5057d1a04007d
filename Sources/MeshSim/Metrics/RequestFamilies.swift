import PromQL

/// Istio's standard metrics of the proxies' counters.
enum RequestFamilies {
  /// Upper bounds of the proxies' histograms: of durations in milliseconds, and of sizes in bytes.
  static let bounds: [Double] = [
    0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 300_000, 600_000,
    1_800_000,
    3_600_000,
  ]
  private static let requestBytes = 256.0
  private static let responseBytes = 1_024.0

  static func families(_ meters: [RequestMeters.Meter]) -> [MetricFamily] {
    var requests = MetricFamily.named("istio_requests_total")
    var histograms = histogramNames.map { name in
      MetricFamily.histogram(name, help: MetricHelp.texts[name] ?? name, bounds: .plain)
    }
    var connections = connectionNames.map(MetricFamily.named)
    for meter in meters where meter.count > 0 {
      let labels = LabelSet(labels(of: meter))
      if meter.subject.kind == .tcp {
        for (index, value) in connectionValues(meter).enumerated() {
          connections[index].set(value, for: labels)
        }
      } else {
        requests.set(Double(meter.count), for: labels)
        for (index, histogram) in RequestFamilies.histograms(meter).enumerated() {
          histograms[index].set(histogram, for: labels)
        }
      }
    }
    return [requests] + histograms + connections
  }

  // MARK: Series

  /// The names of all series of a meter, in the order of `values`.
  static func series(of meter: RequestMeters.Meter) -> [LabelSet] {
    let base = labels(of: meter) + MetricSample.target("istio-proxies")
    func named(_ name: String, _ more: [Label] = []) -> LabelSet {
      LabelSet(base + [Label(name: LabelSet.metricName, value: name)] + more)
    }
    guard meter.subject.kind != .tcp else { return connectionNames.map { named($0) } }
    return [named("istio_requests_total")]
      + histogramNames.flatMap { name in
        (bounds.map(text) + ["+Inf"]).map { named(name + "_bucket", [Label(name: "le", value: $0)]) }
          + [named(name + "_sum"), named(name + "_count")]
      }
  }

  static func values(of meter: RequestMeters.Meter) -> [Double] {
    guard meter.subject.kind != .tcp else { return connectionValues(meter) }
    var values = [Double(meter.count)]
    for histogram in histograms(meter) {
      var total = 0.0
      for count in histogram.counts {
        total += Double(count)
        values.append(total)
      }
      values += [histogram.sum, total]
    }
    return values
  }

  private static func text(_ bound: Double) -> String { bound < 1 ? "\(bound)" : String(Int(bound)) }

  // MARK: Parts

  private static let histogramNames = [
    "istio_request_duration_milliseconds", "istio_request_bytes", "istio_response_bytes",
  ]
  private static let connectionNames = [
    "istio_tcp_connections_opened_total", "istio_tcp_connections_closed_total", "istio_tcp_sent_bytes_total",
    "istio_tcp_received_bytes_total",
  ]

  private static func connectionValues(_ meter: RequestMeters.Meter) -> [Double] {
    let count = Double(meter.count)
    return [count, count, count * responseBytes, count * requestBytes]
  }

  private static func histograms(_ meter: RequestMeters.Meter) -> [Histogram] {
    [durations(meter)]
      + [requestBytes, responseBytes].map { size in
        var histogram = Histogram(bounds: bounds)
        histogram.observe(size, times: UInt64(meter.count))
        return histogram
      }
  }

  /// The durations, each bucket's at the place between its bounds that makes their sum right.
  private static func durations(_ meter: RequestMeters.Meter) -> Histogram {
    var histogram = Histogram(bounds: bounds)
    var (low, width) = (0.0, 0.0)
    for (index, count) in meter.buckets.enumerated() where count > 0 {
      let lower = index == 0 ? 0 : bounds[index - 1]
      low += Double(count) * lower
      width += Double(count) * (bounds[index] - lower)
    }
    let place = width > 0 ? min(1, max(0.01, (meter.seconds * 1_000 - low) / width)) : 1
    for (index, count) in meter.buckets.enumerated() where count > 0 {
      let lower = index == 0 ? 0 : bounds[index - 1]
      histogram.observe(lower + place * (bounds[index] - lower), times: UInt64(count))
    }
    return histogram
  }

  private static func labels(of meter: RequestMeters.Meter) -> [Label] {
    let subject = meter.subject
    var labels = party("source", subject.source) + party("destination", subject.destination)
    labels += [
      ("reporter", meter.isSource ? "source" : "destination"), ("destination_service", subject.host),
      ("destination_service_name", subject.service?.name ?? subject.host),
      ("destination_service_namespace", subject.service?.namespace ?? "unknown"),
      ("request_protocol", subject.kind.rawValue), ("response_flags", meter.flags),
      (
        "connection_security_policy", meter.isSource ? "unknown" : subject.isMutualTLS ? "mutual_tls" : "none"
      ),
    ]
    if subject.kind != .tcp { labels.append(("response_code", String(meter.code))) }
    if subject.kind == .grpc { labels.append(("grpc_response_status", meter.code == 200 ? "0" : "14")) }
    // An identity is only known where both sides have proved theirs.
    return labels.map { name, value in
      Label(name: name, value: name.hasSuffix("_principal") && !subject.isMutualTLS ? "unknown" : value)
    }
  }

  private static func party(_ side: String, _ party: MeterParty) -> [(String, String)] {
    [
      ("\(side)_workload", party.workload), ("\(side)_workload_namespace", party.namespace),
      ("\(side)_principal", party.principal), ("\(side)_app", party.app), ("\(side)_version", party.version),
      ("\(side)_canonical_service", party.canonicalService),
      ("\(side)_canonical_revision", party.canonicalRevision),
      ("\(side)_cluster", party.cluster),
    ]
  }
}
