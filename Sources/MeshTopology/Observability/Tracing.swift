internal import KubeModel

/// Where traces go: an OpenTelemetry collector and Jaeger.
public struct Tracing: TopologyValue {
  /// The name; also that of the `Jaeger` object where its operator is asked for.
  public var name: String
  /// The namespace.
  public var namespace: String
  /// The share of requests that are traced; 1 % by default, as in Istio.
  public var sampling: Percent = .one
  /// The version of Jaeger; `1.x` asks Jaeger's operator, which reached its end of life with Jaeger 1.
  public var version = Tracing.defaultVersion
  /// The image of Jaeger; that of `version` by default. The operator of Jaeger 1 chooses its own.
  public var image: ImageReference?
  /// What takes traces in and hands them on.
  public var intake = TraceIntake()
  /// Where traces are kept; in memory by default.
  public var storage = TraceStorage.memory(TraceStorage.Memory())
  /// What shows traces.
  public var query = TraceQuery()

  /// Tracing with the defaults.
  public init(name: String, namespace: String) {
    self.name = name
    self.namespace = namespace
  }

  static let defaultVersion = "2.11.0"
}

extension Tracing: Formed {
  static let form = Form(
    "Tracing", "Where traces go: an OpenTelemetry collector and Jaeger.", blank: Self(name: "", namespace: "")
  ) {
    FormField.defaulted(
      "sampling", \.sampling, .percent, "The share of requests that are traced, in percent.", default: .one)
    FormField.defaulted(
      "version", \.version, .version,
      "The version of Jaeger. `1.x` makes a `Jaeger` object for the operator, which ended with Jaeger 1.",
      default: defaultVersion)
    FormField.optional("image", \.image, .image, "The image of Jaeger; that of `version` by default.")
    FormField.defaulted(
      "collector", \.intake, .form, property: "intake", "What takes traces in and hands them on.",
      default: TraceIntake())
    FormField.defaulted(
      "storage", \.storage, TraceStorage.codec, "Where traces are kept; in memory by default.",
      default: .memory(TraceStorage.Memory()))
    FormField.defaulted("query", \.query, .form, "What shows traces.", default: TraceQuery())
  }.checked { $0.check($1) }

  private func check(_ section: Section) {
    if case .memory = storage, section["query"]?.node["replicas"] != nil, query.replicas > 1 {
      section.reading.report(
        .contradiction, "\(query.replicas) pods with traces in memory, each of which knows only its own",
        at: section.spot("query", "replicas"),
        remedy: "write storage: {elasticsearch: {}}, or remove replicas")
    }
    guard isOperated else { return }
    section["image"]?.report(
      .contradiction, "an image, but the operator of Jaeger \(version) chooses it",
      remedy: "remove it, or write version: \"\(Tracing.defaultVersion)\"")
    if section["collector"]?.node["image"] != nil {
      section.reading.report(
        .contradiction, "an image of the collector, but the operator of Jaeger \(version) chooses it",
        at: section.spot("collector", "image"),
        remedy: "remove it, or write version: \"\(Tracing.defaultVersion)\"")
    }
    if case .service = storage {
      section.reading.report(
        .contradiction, "a storage outside, which is only known to Jaeger 2", at: section.spot("storage"),
        remedy: "write version: \"\(Tracing.defaultVersion)\"")
    }
  }
}

extension Tracing {
  /// Whether the operator of Jaeger 1 looks after it.
  public var isOperated: Bool { version.hasPrefix("1.") }

  /// The image that Jaeger runs.
  public var runningImage: ImageReference {
    image ?? ImageReference(parsing: "jaegertracing/jaeger:\(version)") ?? .unreadable
  }

  /// The workload that takes traces in.
  public var collector: WorkloadReference {
    WorkloadReference(namespace: namespace, name: isOperated ? "\(name)-collector" : "otel-collector")
  }

  /// The labels of the collector's pods; Jaeger's operator labels them in its own way.
  public var collectorLabels: [String: String] {
    isOperated
      ? [MeshLabels.app: "jaeger", MeshLabels.instance: name, "app.kubernetes.io/component": "collector"]
      : [MeshLabels.app: collector.name]
  }

  /// The workload that keeps and shows traces, where no operator looks after it.
  public var jaeger: WorkloadReference { WorkloadReference(namespace: namespace, name: "jaeger") }

  /// The workload that holds the traces, where that is Elasticsearch of the topology's own.
  public var elasticsearch: WorkloadReference {
    WorkloadReference(namespace: namespace, name: "jaeger-elasticsearch")
  }
}
