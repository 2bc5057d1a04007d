/// A Service by its namespace and name.
public struct ServiceName: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The namespace.
  public var namespace: String
  /// The name.
  public var name: String

  /// Creates a name.
  public init(namespace: String, name: String) {
    self.namespace = namespace
    self.name = name
  }

  public var description: String { "\(namespace)/\(name)" }

  /// The name in the cluster's DNS.
  public var host: String { "\(name).\(namespace).svc.cluster.local" }

  public static func < (left: ServiceName, right: ServiceName) -> Bool {
    (left.namespace, left.name) < (right.namespace, right.name)
  }
}
