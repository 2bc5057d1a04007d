internal import KubeModel
internal import MeshTopology

extension Tracing {
  /// Jaeger 2, which is an OpenTelemetry collector with extensions: each pod writes traces and shows them.
  func jaegerWorkload(of topology: Topology) -> Workload {
    Workload(name: jaeger.name, namespace: namespace, image: runningImage).with {
      $0.args = ["--config=\(jaegerFile)"]
      $0.files = [
        ConfigurationFile(path: jaegerFile, content: jaegerConfiguration(of: topology).yamlText)
      ]
      $0.ports = [TracePort.query, TracePort.queryGRPC, TracePort.otlpGRPC, TracePort.otlpHTTP]
      $0.health = HealthCheck(path: "/status", port: .number(TracePort.health))
      $0.metrics = MetricsEndpoint(port: TracePort.metrics)
      $0.resources = query.resources
      $0.replicas = query.replicas
      $0.runAsUser = TracePort.user
      $0.hasReadOnlyRoot = true
      switch storage {
      case .memory: $0.replicas = 1
      case .elasticsearch: $0.calls = [Call(to: elasticsearch).with { $0.port = "http" }]
      case .service(let service):
        $0.calls = [Call(to: service.to).with { $0.port = service.port }]
        if let secret = service.secret {
          $0.env["ELASTICSEARCH_USERNAME"] = .secret(name: secret, key: "username")
          $0.env["ELASTICSEARCH_PASSWORD"] = .secret(name: secret, key: "password")
        }
      }
    }
  }

  private var jaegerFile: String { "/etc/jaeger/config.yaml" }

  func jaegerConfiguration(of topology: Topology) -> YAMLTree {
    .mapping([
      (
        "extensions",
        .mapping([
          (
            "healthcheckv2",
            .mapping([
              ("use_v2", .flag(true)),
              ("http", .mapping([("endpoint", TracePort.everywhere(TracePort.health))])),
            ])
          ),
          ("jaeger_storage", .mapping([("backends", .mapping([("main", backend(of: topology))]))])),
          (
            "jaeger_query",
            .mapping([
              ("storage", .mapping([("traces", .text("main"))])),
              ("http", .mapping([("endpoint", TracePort.everywhere(TracePort.query.port))])),
              ("grpc", .mapping([("endpoint", TracePort.everywhere(TracePort.queryGRPC.port))])),
            ])
          ),
        ])
      ),
      ("receivers", TracePort.receivers),
      ("processors", .mapping([("batch", .empty)])),
      (
        "exporters", .mapping([("jaeger_storage_exporter", .mapping([("trace_storage", .text("main"))]))])
      ),
      (
        "service",
        .mapping([
          ("extensions", .texts(["jaeger_storage", "jaeger_query", "healthcheckv2"])),
          (
            "pipelines",
            .mapping([
              (
                "traces",
                .mapping([
                  ("receivers", .texts(["otlp"])), ("processors", .texts(["batch"])),
                  ("exporters", .texts(["jaeger_storage_exporter"])),
                ])
              )
            ])
          ),
          ("telemetry", TracePort.ownMetrics),
        ])
      ),
    ])
  }

  private func backend(of topology: Topology) -> YAMLTree {
    switch storage {
    case .memory(let memory): .mapping([("memory", .mapping([("max_traces", .number(memory.maxTraces))]))])
    case .elasticsearch:
      .mapping([
        (
          "elasticsearch",
          .mapping([
            ("server_urls", .texts(["http://\(elasticsearch.name).\(namespace).svc.cluster.local:9200"]))
          ])
        )
      ])
    case .service(let service): .mapping([("elasticsearch", server(service, in: topology))])
    }
  }

  private func server(_ service: TraceStorage.Service, in topology: Topology) -> YAMLTree {
    let call = Call(to: service.to).with { $0.port = service.port }
    var entries: [(String, YAMLTree)] = [
      ("server_urls", .texts([topology.endpoint(of: call)?.url].compactMap(\.self)))
    ]
    if service.secret != nil {
      let basic: YAMLTree = .mapping([
        ("username", .text("${env:ELASTICSEARCH_USERNAME}")),
        ("password", .text("${env:ELASTICSEARCH_PASSWORD}")),
      ])
      entries.append(("auth", .mapping([("basic", basic)])))
    }
    return .mapping(entries)
  }
}
