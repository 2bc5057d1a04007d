/// Something that workloads can call.
public protocol Callee: Sendable {
  /// The name; also that of its Service.
  var name: String { get }
  /// The namespace.
  var namespace: String { get }
  /// The ports that can be called.
  var ports: [Workload.Port] { get }
}

extension Callee {
  /// Which one this is.
  public var reference: WorkloadReference { WorkloadReference(namespace: namespace, name: name) }

  /// The DNS name of its Service within the cluster.
  public var host: String { "\(name).\(namespace).svc.cluster.local" }

  /// The port that `reference` names; the first one for `nil`.
  public func port(_ reference: PortReference?) -> Workload.Port? {
    switch reference {
    case nil: ports.first
    case .name(let name): ports.first { $0.name == name }
    case .number(let number): ports.first { $0.port == number }
    }
  }
}

extension Workload: Callee {}
