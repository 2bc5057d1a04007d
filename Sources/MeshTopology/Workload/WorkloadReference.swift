/// Which workload is meant.
public struct WorkloadReference: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The namespace.
  public var namespace: String
  /// The name.
  public var name: String

  /// Creates a reference.
  public init(namespace: String, name: String) {
    self.namespace = namespace
    self.name = name
  }

  /// `namespace/name`.
  public var description: String { "\(namespace)/\(name)" }

  public static func < (left: WorkloadReference, right: WorkloadReference) -> Bool {
    (left.namespace, left.name) < (right.namespace, right.name)
  }
}
