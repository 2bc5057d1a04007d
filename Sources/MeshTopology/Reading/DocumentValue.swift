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
    case .faultPlan: FaultPlan.self
    }
  }
}

/// A kind of which a topology may have any number.
protocol ListedValue: DocumentValue {
  /// Where a topology keeps them, by namespace and name.
  static var list: any WritableKeyPath<Topology, [Self]> & Sendable { get }
}

extension ListedValue {
  static func all(in topology: Topology) -> [Self] { topology[keyPath: list] }
  static func put(_ values: [Self], into topology: inout Topology) {
    topology[keyPath: list] = values.sorted {
      ($0.headerNamespace, $0.name) < ($1.headerNamespace, $1.name)
    }
  }
}

/// A kind of which a topology has one at most.
protocol SingleValue: DocumentValue {
  /// Where a topology keeps it.
  static var single: any WritableKeyPath<Topology, Self?> & Sendable { get }
}

extension SingleValue {
  static func all(in topology: Topology) -> [Self] { topology[keyPath: single].map { [$0] } ?? [] }
  static func put(_ values: [Self], into topology: inout Topology) {
    topology[keyPath: single] = values.first
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

extension Defaults: DocumentValue {
  static let kind = DocumentKind.defaults
  init(header document: Document) { self.init(name: document.name) }
  static func all(in topology: Topology) -> [Defaults] { [] }
  static func put(_ values: [Defaults], into topology: inout Topology) {}
}

extension Network: ListedValue {
  static let kind = DocumentKind.network
  static let list: any WritableKeyPath<Topology, [Network]> & Sendable = \.networks
  init(header document: Document) { self.init(name: document.name) }
}

extension Namespace: ListedValue {
  static let kind = DocumentKind.namespace
  static let list: any WritableKeyPath<Topology, [Namespace]> & Sendable = \.namespaces
  init(header document: Document) { self.init(name: document.name) }
}

extension Cluster: ListedValue {
  static let kind = DocumentKind.cluster
  static let list: any WritableKeyPath<Topology, [Cluster]> & Sendable = \.clusters
  init(header document: Document) { self.init(name: document.name, region: "") }
}

extension ExternalService: ListedValue {
  static let kind = DocumentKind.externalService
  static let list: any WritableKeyPath<Topology, [ExternalService]> & Sendable = \.externalServices
  var headerNamespace: String { namespace }
  init(header document: Document) { self.init(name: document.name, namespace: document.namespace) }
}

extension RedisCluster: ListedValue {
  static let kind = DocumentKind.redisCluster
  static let list: any WritableKeyPath<Topology, [RedisCluster]> & Sendable = \.redisClusters
  var headerNamespace: String { namespace }
  init(header document: Document) { self.init(name: document.name, namespace: document.namespace) }
}

extension Database: ListedValue {
  static let kind = DocumentKind.database
  static let list: any WritableKeyPath<Topology, [Database]> & Sendable = \.databases
  var headerNamespace: String { namespace }
  init(header document: Document) { self.init(name: document.name, namespace: document.namespace) }
}

extension Workload: ListedValue {
  static let kind = DocumentKind.workload
  static let list: any WritableKeyPath<Topology, [Workload]> & Sendable = \.workloads
  var headerNamespace: String { namespace }
  init(header document: Document) {
    self.init(name: document.name, namespace: document.namespace, image: .unreadable)
  }
}

extension Gateway: ListedValue {
  static let kind = DocumentKind.gateway
  static let list: any WritableKeyPath<Topology, [Gateway]> & Sendable = \.gateways
  var headerNamespace: String { namespace }
  init(header document: Document) { self.init(name: document.name, namespace: document.namespace) }
}

extension Environment: ListedValue {
  static let kind = DocumentKind.environment
  static let list: any WritableKeyPath<Topology, [Environment]> & Sendable = \.environments
  init(header document: Document) { self.init(name: document.name) }
}

extension ServiceMesh: SingleValue {
  static let kind = DocumentKind.serviceMesh
  static let single: any WritableKeyPath<Topology, ServiceMesh?> & Sendable = \.serviceMesh
  init(header document: Document) { self.init(name: document.name) }
}

extension Tracing: SingleValue {
  static let kind = DocumentKind.tracing
  static let single: any WritableKeyPath<Topology, Tracing?> & Sendable = \.tracing
  var headerNamespace: String { namespace }
  init(header document: Document) { self.init(name: document.name, namespace: document.namespace) }
}

extension Monitoring: SingleValue {
  static let kind = DocumentKind.monitoring
  static let single: any WritableKeyPath<Topology, Monitoring?> & Sendable = \.monitoring
  var headerNamespace: String { namespace }
  init(header document: Document) { self.init(name: document.name, namespace: document.namespace) }
}

extension Logging: SingleValue {
  static let kind = DocumentKind.logging
  static let single: any WritableKeyPath<Topology, Logging?> & Sendable = \.logging
  var headerNamespace: String { namespace }
  init(header document: Document) { self.init(name: document.name, namespace: document.namespace) }
}

extension Backup: SingleValue {
  static let kind = DocumentKind.backup
  static let single: any WritableKeyPath<Topology, Backup?> & Sendable = \.backup
  var headerNamespace: String { namespace }
  init(header document: Document) { self.init(name: document.name, namespace: document.namespace) }
}
