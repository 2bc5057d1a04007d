internal import KubeModel
internal import MeshTopology

extension Tracing {
  /// OpenTelemetry's collector: it takes traces in, holds them back when memory gets short, and hands them
  /// on to Jaeger in batches.
  var collectorWorkload: Workload {
    Workload(name: collector.name, namespace: namespace, image: intake.image).with {
      $0.args = ["--config=\(collectorFile)"]
      $0.files = [ConfigurationFile(path: collectorFile, content: collectorConfiguration.yamlText)]
      $0.ports = [TracePort.otlpGRPC, TracePort.otlpHTTP]
      $0.health = HealthCheck(path: "/", port: .number(TracePort.health))
      $0.metrics = MetricsEndpoint(port: TracePort.metrics)
      $0.resources = intake.resources
      $0.autoscaling = Autoscaling(min: intake.minReplicas, max: intake.maxReplicas)
      $0.runAsUser = TracePort.user
      $0.hasReadOnlyRoot = true
      if let limit = intake.resources.memoryLimit {
        // Go frees memory in time when it knows how much there is.
        $0.env["GOMEMLIMIT"] = .text("\(Int(limit.value * 0.8 / 0x1p20))MiB")
      }
      $0.calls = [Call(to: jaeger).with { $0.port = .name(TracePort.otlpGRPC.name) }]
    }
  }

  private var collectorFile: String { "/etc/otelcol/config.yaml" }

  var collectorConfiguration: YAMLTree {
    .mapping([
      ("receivers", TracePort.receivers),
      (
        "processors",
        .mapping([
          (
            "memory_limiter",
            .mapping([
              ("check_interval", .text("1s")), ("limit_percentage", .number(80)),
              ("spike_limit_percentage", .number(25)),
            ])
          ),
          ("batch", .mapping([("timeout", .text("1s")), ("send_batch_size", .number(8192))])),
        ])
      ),
      (
        "exporters",
        .mapping([
          (
            "otlp/jaeger",
            .mapping([
              ("endpoint", .text("\(jaegerHost):\(TracePort.otlpGRPC.port)")),
              // Within the mesh the proxies encrypt.
              ("tls", .mapping([("insecure", .flag(true))])),
            ])
          )
        ])
      ),
      (
        "extensions",
        .mapping([("health_check", .mapping([("endpoint", TracePort.everywhere(TracePort.health))]))])
      ),
      (
        "service",
        .mapping([
          ("extensions", .texts(["health_check"])),
          (
            "pipelines",
            .mapping([
              (
                "traces",
                .mapping([
                  ("receivers", .texts(["otlp"])),
                  // Refusing comes first, so that what is refused takes no more memory.
                  ("processors", .texts(["memory_limiter", "batch"])),
                  ("exporters", .texts(["otlp/jaeger"])),
                ])
              )
            ])
          ),
          ("telemetry", TracePort.ownMetrics),
        ])
      ),
    ])
  }

  private var jaegerHost: String { "\(jaeger.name).\(namespace).svc.cluster.local" }
}
