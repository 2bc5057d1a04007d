internal import KubeModel

/// What takes traces in: OpenTelemetry's collector, as many pods as there is load.
public struct TraceIntake: TopologyValue {
  /// The image of the collector.
  public var image: ImageReference = "otel/opentelemetry-collector:0.138.0"
  /// The fewest pods; 1 by default.
  public var minReplicas = 1
  /// The most pods; 3 by default.
  public var maxReplicas = 3
  /// What a pod asks of its node; 200m and 512Mi, held to 1Gi, by default.
  public var resources = TraceIntake.defaultResources

  /// The defaults.
  public init() {}

  static let defaultResources = ComputeResources(cpu: "200m", memory: "512Mi").with { $0.memoryLimit = "1Gi" }
}

extension TraceIntake: Formed {
  static let form = Form("TraceIntake", "What takes traces in and hands them on.", blank: Self()) {
    FormField.defaulted(
      "image", \.image, .image, "The image of OpenTelemetry's collector.", default: Self().image)
    FormField.defaulted("minReplicas", \.minReplicas, .integer(in: 1...100), "The fewest pods.", default: 1)
    FormField.defaulted("maxReplicas", \.maxReplicas, .integer(in: 1...100), "The most pods.", default: 3)
    FormField.defaulted(
      "resources", \.resources, .form,
      "What a pod asks of its node. It refuses traces before it reaches the limit of memory.",
      default: defaultResources)
  }.checked { intake, section in
    if intake.minReplicas > intake.maxReplicas {
      section[section.has("maxReplicas") ? "maxReplicas" : "minReplicas"]?.report(
        .contradiction, "maxReplicas \(intake.maxReplicas) is below minReplicas \(intake.minReplicas)",
        remedy: "raise maxReplicas to \(intake.minReplicas) or more, or lower minReplicas")
    }
  }
}

/// What shows traces: Jaeger's user interface and API.
public struct TraceQuery: TopologyValue {
  /// The number of pods; 2 by default, 1 when traces are kept in memory.
  public var replicas = 2
  /// What a pod asks of its node; 100m and 256Mi, held to 1Gi, by default.
  public var resources = TraceQuery.defaultResources

  /// The defaults.
  public init() {}

  static let defaultResources = ComputeResources(cpu: "100m", memory: "256Mi").with { $0.memoryLimit = "1Gi" }
}

extension TraceQuery: Formed {
  static let form = Form("TraceQuery", "What shows traces.", blank: Self()) {
    FormField.defaulted(
      "replicas", \.replicas, .integer(in: 1...100),
      "The number of pods; one when traces are kept in memory.",
      default: 2)
    FormField.defaulted(
      "resources", \.resources, .form, "What a pod asks of its node.", default: defaultResources)
  }
}
