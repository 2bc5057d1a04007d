public import KubeModel

/// Where traces are kept.
public enum TraceStorage: Hashable, Sendable {
  /// In Jaeger's one pod, until it ends.
  case memory(Memory)
  /// In Elasticsearch nodes of the topology's own.
  case elasticsearch(Elasticsearch)
  /// In an Elasticsearch that is already there.
  case service(Service)

  /// Traces in memory.
  public struct Memory: TopologyValue {
    /// The most traces; the oldest go first. 100,000 by default.
    public var maxTraces = 100_000

    /// The default number.
    public init() {}
  }

  /// Elasticsearch nodes of the topology's own: a StatefulSet.
  public struct Elasticsearch: TopologyValue {
    /// The number of nodes; 3 by default, so that one may be lost.
    public var nodes = 3
    /// How much each node holds; 50Gi by default.
    public var size: Quantity = "50Gi"
    /// The storage class; the cluster's default one by default.
    public var storageClass: String?
    /// The image.
    public var image: ImageReference = "docker.elastic.co/elasticsearch/elasticsearch:8.19.0"
    /// What a node asks; 500m and 2Gi, held to 2Gi, by default.
    public var resources = Elasticsearch.defaultResources

    /// Three nodes of 50Gi.
    public init() {}

    static let defaultResources = ComputeResources(cpu: "500m", memory: "2Gi").with { $0.memoryLimit = "2Gi" }
  }

  /// An Elasticsearch that is already there.
  public struct Service: TopologyValue {
    /// Which one: an ExternalService or a Workload.
    public var to: WorkloadReference
    /// Its port; the first one by default.
    public var port: PortReference?
    /// The Secret with the keys `username` and `password`; none by default.
    public var secret: String?

    /// An Elasticsearch that asks for no password.
    public init(to: WorkloadReference) { self.to = to }
  }
}

extension TraceStorage {
  private struct Choice: Formed {
    var memory: Memory?
    var elasticsearch: Elasticsearch?
    var service: Service?
    static let form = Form("TraceStorage", "Where traces are kept.", blank: Self()) {
      FormField.optional("memory", \.memory, .form, "In Jaeger's one pod, until it ends.")
      FormField.optional("elasticsearch", \.elasticsearch, .form, "In Elasticsearch nodes of their own.")
      FormField.optional("service", \.service, .form, "In an Elasticsearch that is already there.")
    }.checked { choice, section in
      if choice.all.count != 1 {
        section.report(
          .contradiction, "traces are kept in one place, not in \(choice.all.count)",
          remedy: "write memory: {}, elasticsearch: {nodes: 3, size: 50Gi}, or service: {to: …}")
      }
    }

    var all: [TraceStorage] {
      [
        memory.map(TraceStorage.memory), elasticsearch.map(TraceStorage.elasticsearch),
        service.map(TraceStorage.service),
      ].compactMap(\.self)
    }
  }

  private static let choice = Codec<Choice>.form

  /// A mapping with one of three fields.
  static let codec = Codec<TraceStorage>(
    read: { field in choice.read(field).flatMap { $0.all.count == 1 ? $0.all[0] : nil } },
    write: { storage in
      switch storage {
      case .memory(let memory): choice.write(Choice(memory: memory))
      case .elasticsearch(let nodes): choice.write(Choice(elasticsearch: nodes))
      case .service(let service): choice.write(Choice(service: service))
      }
    },
    source: { storage in
      switch storage {
      case .memory(let memory): SwiftSource(case: "memory", Codec.form.source(memory))
      case .elasticsearch(let nodes): SwiftSource(case: "elasticsearch", Codec.form.source(nodes))
      case .service(let service): SwiftSource(case: "service", Codec.form.source(service))
      }
    },
    shape: { choice.shape() })
}

extension SwiftSource {
  /// A case of an enumeration with its value.
  init(case name: String, _ value: SwiftSource) {
    var lines = value.lines
    lines[0] = ".\(name)(" + lines[0]
    lines[lines.count - 1] += ")"
    self.init(lines: lines)
  }
}

extension TraceStorage.Memory: Formed {
  static let form = Form("TraceStorage.Memory", "Traces in memory.", blank: Self()) {
    FormField.defaulted(
      "maxTraces", \.maxTraces, .integer(in: 1...10_000_000), "The most traces; the oldest go first.",
      default: 100_000)
  }
}

extension TraceStorage.Elasticsearch: Formed {
  static let form = Form("TraceStorage.Elasticsearch", "Elasticsearch nodes of their own.", blank: Self()) {
    FormField.defaulted("nodes", \.nodes, .integer(in: 1...99), "The number of nodes.", default: 3)
    FormField.defaulted("size", \.size, .quantity(.memory), "How much each node holds.", default: "50Gi")
    FormField.optional(
      "storageClass", \.storageClass, .name(.domain),
      "The storage class; the cluster's default one by default.")
    FormField.defaulted("image", \.image, .image, "The image of Elasticsearch.", default: Self().image)
    FormField.defaulted("resources", \.resources, .form, "What a node asks.", default: defaultResources)
  }.checked { storage, section in
    if storage.nodes == 2 {
      section["nodes"]?.report(
        .contradiction, "two nodes, neither of which can be lost: a majority of two is two",
        remedy: "write nodes: 3, or nodes: 1")
    }
  }
}

extension TraceStorage.Service: Formed {
  static let form = Form(
    "TraceStorage.Service", "An Elasticsearch that is already there.", blank: Self(to: "")
  ) {
    FormField.required(
      "to", \.to, .callee, example: "elasticsearch", "Which one: an ExternalService or a Workload.")
    FormField.optional("port", \.port, .portReference, "Its port; its first one by default.")
    FormField.optional(
      "secret", \.secret, .name(.domain),
      "The Secret with the keys `username` and `password`; none by default.")
  }
}
