/// One Kubernetes object of any kind: its JSON with names for the parts that all kinds share.
public struct KubeObject: Hashable, Sendable {
  /// The whole object.
  public var fields: JSONObject

  /// Wraps the members of an object.
  public init(_ fields: JSONObject) { self.fields = fields }

  /// Wraps a JSON object; `nil` for any other value.
  public init?(_ value: JSONValue) {
    guard let fields = value.object else { return nil }
    self.fields = fields
  }

  /// An object of `kind` with nothing but its identity.
  public init(kind: ResourceKind, namespace: String? = nil, name: String) {
    fields = JSONObject()
    fields["apiVersion"] = .string(kind.apiVersion)
    fields["kind"] = .string(kind.kind)
    fields["metadata"] = ["name": .string(name)]
    if let namespace { self.namespace = namespace }
  }

  /// The object as a JSON value.
  public var json: JSONValue { .object(fields) }

  /// `GROUP/VERSION`, or `VERSION` in the core group; empty when absent.
  public var apiVersion: String { fields["apiVersion"]?.string ?? "" }
  /// The kind; empty when absent.
  public var kind: String { fields["kind"]?.string ?? "" }

  /// `metadata.name`; empty when absent.
  public var name: String {
    get { metadata("name")?.string ?? "" }
    set { fields.set(["metadata", "name"], to: .string(newValue)) }
  }

  /// `metadata.namespace`; `nil` for cluster-scoped objects.
  public var namespace: String? {
    get { metadata("namespace")?.string }
    set { fields.set(["metadata", "namespace"], to: newValue.map(JSONValue.string)) }
  }

  /// `metadata.uid`; empty before the server has set it.
  public var uid: String { metadata("uid")?.string ?? "" }
  /// `metadata.resourceVersion`; empty before the server has set it.
  public var resourceVersion: String { metadata("resourceVersion")?.string ?? "" }
  /// `metadata.generation`; 0 when absent.
  public var generation: Int64 { metadata("generation")?.int ?? 0 }
  /// `metadata.deletionTimestamp`, as text.
  public var deletionTimestamp: String? { metadata("deletionTimestamp")?.string }
  /// `metadata.creationTimestamp`, as text.
  public var creationTimestamp: String? { metadata("creationTimestamp")?.string }

  /// `metadata.labels`.
  public var labels: [String: String] {
    get { strings("labels") }
    set { fields.set(["metadata", "labels"], to: .strings(newValue)) }
  }

  /// `metadata.annotations`.
  public var annotations: [String: String] {
    get { strings("annotations") }
    set { fields.set(["metadata", "annotations"], to: .strings(newValue)) }
  }

  /// The value under a path of keys, such as `object[path: "spec", "replicas"]`.
  public subscript(path keys: String...) -> JSONValue? {
    guard let first = keys.first else { return nil }
    return fields[first]?[path: keys.dropFirst()]
  }

  /// Sets the value under a path of keys, making the mappings on the way; `nil` removes it.
  public mutating func set(_ path: String..., to value: JSONValue?) { fields.set(path, to: value) }

  /// Which object this is.
  public var reference: ObjectReference {
    ObjectReference(apiVersion: apiVersion, kind: kind, namespace: namespace, name: name)
  }

  /// The condition of type `type` in `status.conditions`.
  public func condition(_ type: String) -> JSONValue? {
    self[path: "status", "conditions"]?.array?.first { $0["type"]?.string == type }
  }

  /// The owner reference with `controller: true`.
  public var controllerReference: JSONValue? {
    metadata("ownerReferences")?.array?.first { $0["controller"]?.bool == true }
  }

  private func metadata(_ key: String) -> JSONValue? { fields["metadata"]?[key] }

  private func strings(_ key: String) -> [String: String] { metadata(key)?.stringMap ?? [:] }
}

extension JSONValue {
  /// An object of strings.
  public static func strings(_ strings: [String: String]) -> JSONValue {
    .object(JSONObject(strings.lazy.map { ($0.key, .string($0.value)) }))
  }

  /// The members of an object that are strings.
  public var stringMap: [String: String] {
    var strings: [String: String] = [:]
    for member in object?.members ?? [] { strings[member.key] = member.value.string }
    return strings
  }
}

/// The identity of an object within one cluster.
public struct ObjectReference: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// `GROUP/VERSION`, or `VERSION` in the core group.
  public var apiVersion: String
  /// The kind.
  public var kind: String
  /// The namespace; `nil` for cluster-scoped objects.
  public var namespace: String?
  /// The name.
  public var name: String

  /// Creates a reference.
  public init(apiVersion: String, kind: String, namespace: String?, name: String) {
    self.apiVersion = apiVersion
    self.kind = kind
    self.namespace = namespace
    self.name = name
  }

  /// `Deployment production/user-service`.
  public var description: String { "\(kind) \(namespace.map { $0 + "/" } ?? "")\(name)" }

  public static func < (left: ObjectReference, right: ObjectReference) -> Bool {
    (left.namespace ?? "", left.kind, left.name, left.apiVersion)
      < (right.namespace ?? "", right.kind, right.name, right.apiVersion)
  }
}
