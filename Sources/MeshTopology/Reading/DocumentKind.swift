/// The kinds of documents, in the order in which their specs are read: what is checked against others comes
/// after them.
enum DocumentKind: String, CaseIterable {
  case topology = "Topology"
  case defaults = "Defaults"
  case network = "Network"
  case namespace = "Namespace"
  case cluster = "Cluster"
  case serviceMesh = "ServiceMesh"
  case externalService = "ExternalService"
  case redisCluster = "RedisCluster"
  case database = "Database"
  case workload = "Workload"
  case gateway = "Gateway"
  case tracing = "Tracing"
  case monitoring = "Monitoring"
  case logging = "Logging"
  case backup = "Backup"
  case environment = "Environment"
  case faultPlan = "FaultPlan"

  /// What a name of this kind must look like.
  var nameRule: NameRule { isCallable ? .workload : .label }

  /// Whether its documents belong to a namespace.
  var isNamespaced: Bool {
    switch self {
    case .topology, .defaults, .network, .namespace, .cluster, .serviceMesh, .environment, .faultPlan: false
    default: true
    }
  }

  /// Whether workloads can call what its documents declare.
  var isCallable: Bool {
    switch self {
    case .workload, .externalService, .redisCluster, .database, .gateway: true
    default: false
    }
  }

  /// Whether a system has one at most.
  var isSingle: Bool {
    switch self {
    case .topology, .serviceMesh, .tracing, .monitoring, .logging, .backup: true
    default: false
    }
  }

  /// Whether its documents may go without a spec.
  var mayLackSpec: Bool { self == .namespace || (isSingle && self != .topology && self != .backup) }

  /// What a spec looks like, for whoever forgot it.
  var example: String {
    switch self {
    case .topology: "{regions: […]}"
    case .defaults: "{workload: {…}}"
    case .network: "{subnets: […]}"
    case .namespace: "{podSecurity: restricted}"
    case .cluster: "{region: asia-northeast1}"
    case .workload: "{image: …}"
    case .externalService: "{hosts: [api.example.com]}"
    case .redisCluster: "{storage: 10Gi}"
    case .database: "{storage: 50Gi}"
    case .gateway: "{routes: […]}"
    case .backup: "{schedules: […]}"
    case .serviceMesh, .tracing, .monitoring, .logging: "{}"
    case .environment: "{clusters: {NAME: {kind: embedded}}}"
    case .faultPlan: "{faults: […]}"
    }
  }

  /// The kind in a sentence.
  var words: String { rawValue.prefix(1).lowercased() + rawValue.dropFirst() }
}
