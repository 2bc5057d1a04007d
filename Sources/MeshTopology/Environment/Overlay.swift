public import KubeModel

/// What is different in one environment: part of the spec of a document, laid over it.
///
/// Mappings are joined key by key, anything else is replaced, and `null` takes a field away.
public struct Overlay: TopologyValue {
  /// The environment it holds in.
  public var environment: String
  /// The kind of the document, such as `Workload`.
  public var kind: String
  /// The name of the document.
  public var name: String
  /// The namespace of the document; `nil` for kinds without one.
  public var namespace: String?
  /// The part of the spec.
  public var spec: JSONValue

  /// Creates an overlay.
  public init(environment: String, kind: String, name: String, namespace: String? = nil, spec: JSONValue) {
    self.environment = environment
    self.kind = kind
    self.name = name
    self.namespace = namespace
    self.spec = spec
  }
}
