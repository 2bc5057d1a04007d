public import KubeModel

/// Where logs go: Fluent Bit on each node.
public struct Logging: TopologyValue {
  /// How much Fluent Bit says about itself.
  public enum Level: String, Hashable, Sendable, CaseIterable {
    case off, error, warn, info, debug, trace
  }

  /// What puts the lines of one message together again.
  public enum MultilineParser: String, Hashable, Sendable, CaseIterable {
    case docker, cri, go, java, python, ruby
  }

  /// The name.
  public var name: String
  /// The namespace; its Pod Security level must be `privileged`, as logs lie on the nodes.
  public var namespace: String
  /// The image of Fluent Bit.
  public var image: ImageReference = "fluent/fluent-bit:4.1.1"
  /// The namespaces whose logs are read; all of the topology but its own by default.
  public var namespaces: [String] = []
  /// How often what was read is sent on; 5 s by default.
  public var flush: Duration = .seconds(5)
  /// How much it says about itself; `info` by default.
  public var logLevel = Level.info
  /// How much memory read lines may take before reading pauses; 50 MB by default.
  public var memBufLimit: Quantity = "50M"
  /// How often new files are looked for; 5 s by default.
  public var refreshInterval: Duration = .seconds(5)
  /// Whether a line that is too long is left out, rather than its whole file; true by default.
  public var skipsLongLines = true
  /// Whether files that are there at its start are read from their beginning; false by default.
  public var readsFromHead = false
  /// What puts the lines of one message together again; `docker` and `cri` by default.
  public var multilineParsers: [MultilineParser] = [.docker, .cri]
  /// Whether a message that is JSON becomes fields; true by default.
  public var mergesLog = true
  /// Whether pods choose their parser by the annotation `fluentbit.io/parser`; true by default.
  public var takesParserAnnotation = true
  /// Whether pods opt out by the annotation `fluentbit.io/exclude`; false by default.
  public var takesExcludeAnnotation = false
  /// Parsers that pods may choose; none by default, but Fluent Bit's own `docker` and `cri`.
  public var parsers: [LogParser] = []
  /// Where logs are sent; to Fluent Bit's own output by default.
  public var destination = LogDestination.stdout(LogDestination.Stdout())
  /// What a pod asks of its node; 50m and 128Mi, held to 256Mi, by default.
  public var resources = Logging.defaultResources
  /// The Google service account that it acts as by Workload Identity; none by default.
  public var googleServiceAccount: String?

  /// Logging with the defaults.
  public init(name: String, namespace: String) {
    self.name = name
    self.namespace = namespace
  }

  static let defaultResources = ComputeResources(cpu: "50m", memory: "128Mi").with {
    $0.memoryLimit = "256Mi"
  }
}

extension Logging {
  /// The workload that reads logs.
  public var fluentBit: WorkloadReference { WorkloadReference(namespace: namespace, name: "fluent-bit") }
}
