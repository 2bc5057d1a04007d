internal import KubeModel
internal import MeshTopology

extension Tracing {
  /// The collector, Jaeger and what holds the traces, or the object that asks Jaeger's operator for them; and
  /// what tells the mesh to trace.
  func parts(of topology: Topology, in cluster: Cluster?) -> PlatformParts {
    let objects = telemetry(of: topology).map {
      RenderedObject(object: $0, workload: nil, concern: .observability)
    }
    if isOperated {
      let object = jaegerObject(labels: Renderer.systemLabels(of: topology))
      return PlatformParts(
        objects: objects + [RenderedObject(object: object, workload: nil, concern: .observability)])
    }
    var workloads = [collectorWorkload, jaegerWorkload(of: topology)]
    if case .elasticsearch(let nodes) = storage { workloads.append(elasticsearchWorkload(nodes)) }
    return PlatformParts(workloads: workloads, objects: objects)
  }
}

/// The ports of OpenTelemetry and Jaeger.
enum TracePort {
  static let otlpGRPC = Workload.Port(name: "otlp-grpc", port: 4317).with { $0.protocol = .grpc }
  static let otlpHTTP = Workload.Port(name: "otlp-http", port: 4318)
  static let query = Workload.Port(name: "query", port: 16686)
  static let queryGRPC = Workload.Port(name: "query-grpc", port: 16685).with { $0.protocol = .grpc }
  static let health = 13133
  static let metrics = 8888
  /// The user that the images of OpenTelemetry's collector and of Jaeger run as.
  static let user = 10001

  /// A port of a container on all its addresses.
  static func everywhere(_ port: Int) -> YAMLTree { .text("0.0.0.0:\(port)") }

  /// Takes traces in OpenTelemetry's protocol.
  static var receivers: YAMLTree {
    .mapping([
      (
        "otlp",
        .mapping([
          (
            "protocols",
            .mapping([
              ("grpc", .mapping([("endpoint", everywhere(otlpGRPC.port))])),
              ("http", .mapping([("endpoint", everywhere(otlpHTTP.port))])),
            ])
          )
        ])
      )
    ])
  }

  /// Serves a collector's own measures to Prometheus.
  static var ownMetrics: YAMLTree {
    let prometheus: YAMLTree = .mapping([("host", .text("0.0.0.0")), ("port", .number(metrics))])
    let reader: YAMLTree = .mapping([
      ("pull", .mapping([("exporter", .mapping([("prometheus", prometheus)]))]))
    ])
    return .mapping([("metrics", .mapping([("readers", .list([reader]))]))])
  }
}
