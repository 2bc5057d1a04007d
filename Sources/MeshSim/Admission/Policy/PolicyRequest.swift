import KubeModel

/// A write as admission policies see it.
struct PolicyRequest: Sendable {
  enum Operation: String, Sendable {
    case create = "CREATE"
    case update = "UPDATE"
    case delete = "DELETE"
  }

  let attributes: RequestAttributes
  let kind: ResourceKind
  /// `nil` for a deletion.
  let object: KubeObject?
  /// `nil` for a creation.
  let old: KubeObject?
  let isDryRun: Bool
  /// The namespace that the object is in; `nil` for objects in none.
  let namespace: KubeObject?

  init(
    _ attributes: RequestAttributes, _ kind: ResourceKind, object: KubeObject?, old: KubeObject?,
    isDryRun: Bool, in state: ClusterState
  ) {
    self.attributes = attributes
    self.kind = kind
    self.object = object
    self.old = old
    self.isDryRun = isDryRun
    let name = object?.namespace ?? old?.namespace ?? ""
    namespace = name.isEmpty ? nil : state.store.get(.namespace, ObjectKey(namespace: "", name: name))
  }

  var operation: String {
    (object == nil ? Operation.delete : old == nil ? .create : .update).rawValue
  }

  var name: String { object?.name ?? old?.name ?? attributes.name }

  /// The labels that object selectors look at: those of the new and of the old object.
  var labels: [[String: String]?] { [object, old].compactMap { $0?.labels } }

  /// The labels that namespace selectors look at; a namespace is selected by its own.
  var namespaceLabels: [String: String]? {
    kind == .namespace ? (object ?? old)?.labels : namespace?.labels
  }

  /// The variables of every expression of a policy.
  var variables: [(name: String, value: CELValue)] {
    [
      ("object", CELValue(object?.json ?? .null)), ("oldObject", CELValue(old?.json ?? .null)),
      ("request", CELValue(description)), ("namespaceObject", CELValue(namespace?.json ?? .null)),
    ]
  }

  private var description: JSONValue {
    let kindJSON: JSONValue = [
      "group": .string(kind.group), "version": .string(kind.version), "kind": .string(kind.kind),
    ]
    let resource: JSONValue = [
      "group": .string(attributes.group), "version": .string(attributes.version),
      "resource": .string(attributes.resource),
    ]
    var request: JSONValue = [
      "kind": kindJSON, "resource": resource, "requestKind": kindJSON, "requestResource": resource,
      "name": .string(name), "operation": .string(operation), "dryRun": .bool(isDryRun),
      "userInfo": attributes.user.json(),
    ]
    if let namespace = object?.namespace ?? old?.namespace { request["namespace"] = .string(namespace) }
    if !attributes.subresource.isEmpty {
      request["subResource"] = .string(attributes.subresource)
      request["requestSubResource"] = .string(attributes.subresource)
    }
    return request
  }
}
