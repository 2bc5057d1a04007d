/// A type of the model that has documents of its own.
protocol DocumentValue: Formed {
  /// The kind of its documents.
  static var kind: DocumentKind { get }
  /// The value that a document's header gives, before its spec is read.
  init(header document: Document)
  /// The name in the header.
  var name: String { get }
  /// The namespace in the header; empty for kinds without one.
  var headerNamespace: String { get }
  /// The values of a topology.
  static func all(in topology: Topology) -> [Self]
  /// Puts values into a topology.
  static func put(_ values: [Self], into topology: inout Topology)
}

extension DocumentValue {
  var headerNamespace: String { "" }
}

extension DocumentKind {
  /// The type whose documents these are.
  var type: any DocumentValue.Type {
    switch self {
    case .topology: Topology.self
    case .defaults: Defaults.self
    case .network: Network.self
    case .namespace: Namespace.self
    case .cluster: Cluster.self
    case .workload: Workload.self
    case .serviceMesh: ServiceMesh.self
    case .externalService: ExternalService.self
    case .gateway: Gateway.self
    case .redisCluster: RedisCluster.self
    case .database: Database.self
    case .tracing: Tracing.self
    case .monitoring: Monitoring.self
    case .logging: Logging.self
    case .backup: Backup.self
    case .environment: Environment.self
    }
  }
}

extension Topology: DocumentValue {
  static let kind = DocumentKind.topology
  init(header document: Document) { self.init(name: document.name) }
  static func all(in topology: Topology) -> [Topology] { [topology] }
  static func put(_ values: [Topology], into topology: inout Topology) {
    if let system = values.first { topology = system }
  }
}

extension Network: DocumentValue {
  static let kind = DocumentKind.network
  init(header document: Document) { self.init(name: document.name) }
  static func all(in topology: Topology) -> [Network] { topology.networks }
  static func put(_ values: [Network], into topology: inout Topology) {
    topology.networks = values.sorted { $0.name < $1.name }
  }
}

extension Namespace: DocumentValue {
  static let kind = DocumentKind.namespace
  init(header document: Document) { self.init(name: document.name) }
  static func all(in topology: Topology) -> [Namespace] { topology.namespaces }
  static func put(_ values: [Namespace], into topology: inout Topology) {
    topology.namespaces = values.sorted { $0.name < $1.name }
  }
}

extension Cluster: DocumentValue {
  static let kind = DocumentKind.cluster
  init(header document: Document) { self.init(name: document.name, region: "") }
  static func all(in topology: Topology) -> [Cluster] { topology.clusters }
  static func put(_ values: [Cluster], into topology: inout Topology) {
    topology.clusters = values.sorted { $0.name < $1.name }
  }
}

extension Workload: DocumentValue {
  static let kind = DocumentKind.workload
  init(header document: Document) {
    self.init(name: document.name, namespace: document.namespace, image: .unreadable)
  }
  var headerNamespace: String { namespace }
  static func all(in topology: Topology) -> [Workload] { topology.workloads }
  static func put(_ values: [Workload], into topology: inout Topology) {
    topology.workloads = values.sorted { $0.reference < $1.reference }
  }
}

extension Environment: DocumentValue {
  static let kind = DocumentKind.environment
  init(header document: Document) { self.init(name: document.name) }
  static func all(in topology: Topology) -> [Environment] { topology.environments }
  static func put(_ values: [Environment], into topology: inout Topology) {
    topology.environments = values.sorted { $0.name < $1.name }
  }
}

extension ServiceMesh: DocumentValue {
  static let kind = DocumentKind.serviceMesh
  init(header document: Document) { self.init(name: document.name) }
  static func all(in topology: Topology) -> [ServiceMesh] { topology.serviceMesh.map { [$0] } ?? [] }
  static func put(_ values: [ServiceMesh], into topology: inout Topology) {
    topology.serviceMesh = values.first
  }
}

extension ExternalService: DocumentValue {
  static let kind = DocumentKind.externalService
  init(header document: Document) { self.init(name: document.name, namespace: document.namespace) }
  var headerNamespace: String { namespace }
  static func all(in topology: Topology) -> [ExternalService] { topology.externalServices }
  static func put(_ values: [ExternalService], into topology: inout Topology) {
    topology.externalServices = values.sorted { $0.reference < $1.reference }
  }
}

extension Gateway: DocumentValue {
  static let kind = DocumentKind.gateway
  init(header document: Document) { self.init(name: document.name, namespace: document.namespace) }
  var headerNamespace: String { namespace }
  static func all(in topology: Topology) -> [Gateway] { topology.gateways }
  static func put(_ values: [Gateway], into topology: inout Topology) {
    topology.gateways = values.sorted { $0.reference < $1.reference }
  }
}

extension RedisCluster: DocumentValue {
  static let kind = DocumentKind.redisCluster
  init(header document: Document) { self.init(name: document.name, namespace: document.namespace) }
  var headerNamespace: String { namespace }
  static func all(in topology: Topology) -> [RedisCluster] { topology.redisClusters }
  static func put(_ values: [RedisCluster], into topology: inout Topology) {
    topology.redisClusters = values.sorted { $0.reference < $1.reference }
  }
}

extension Database: DocumentValue {
  static let kind = DocumentKind.database
  init(header document: Document) { self.init(name: document.name, namespace: document.namespace) }
  var headerNamespace: String { namespace }
  static func all(in topology: Topology) -> [Database] { topology.databases }
  static func put(_ values: [Database], into topology: inout Topology) {
    topology.databases = values.sorted { $0.reference < $1.reference }
  }
}

extension Tracing: DocumentValue {
  static let kind = DocumentKind.tracing
  init(header document: Document) { self.init(name: document.name, namespace: document.namespace) }
  var headerNamespace: String { namespace }
  static func all(in topology: Topology) -> [Tracing] { topology.tracing.map { [$0] } ?? [] }
  static func put(_ values: [Tracing], into topology: inout Topology) { topology.tracing = values.first }
}

extension Monitoring: DocumentValue {
  static let kind = DocumentKind.monitoring
  init(header document: Document) { self.init(name: document.name, namespace: document.namespace) }
  var headerNamespace: String { namespace }
  static func all(in topology: Topology) -> [Monitoring] { topology.monitoring.map { [$0] } ?? [] }
  static func put(_ values: [Monitoring], into topology: inout Topology) {
    topology.monitoring = values.first
  }
}

extension Logging: DocumentValue {
  static let kind = DocumentKind.logging
  init(header document: Document) { self.init(name: document.name, namespace: document.namespace) }
  var headerNamespace: String { namespace }
  static func all(in topology: Topology) -> [Logging] { topology.logging.map { [$0] } ?? [] }
  static func put(_ values: [Logging], into topology: inout Topology) { topology.logging = values.first }
}

extension Backup: DocumentValue {
  static let kind = DocumentKind.backup
  init(header document: Document) { self.init(name: document.name, namespace: document.namespace) }
  var headerNamespace: String { namespace }
  static func all(in topology: Topology) -> [Backup] { topology.backup.map { [$0] } ?? [] }
  static func put(_ values: [Backup], into topology: inout Topology) { topology.backup = values.first }
}

extension Defaults: DocumentValue {
  static let kind = DocumentKind.defaults
  init(header document: Document) { self.init(name: document.name) }
  static func all(in topology: Topology) -> [Defaults] { [] }
  static func put(_ values: [Defaults], into topology: inout Topology) {}
}
