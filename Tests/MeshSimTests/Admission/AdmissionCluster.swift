import KubeModel
import Seams
import Testing

@testable import MeshSim

/// A cluster behind the API, and writes to it as a user's requests would be admitted.
struct AdmissionCluster {
  var state = ClusterState(name: "c", seed: 1, now: Timestamp(seconds: 1_000_000))
  private(set) var warnings: [String] = []

  init(namespaceLabels: [String: String] = [:]) {
    var namespace = KubeObject(kind: .namespace, name: "n")
    namespace.labels = namespaceLabels
    state.create(namespace, kind: .namespace, manager: nil)
  }

  /// Stores an object without asking anyone.
  mutating func add(_ kind: ResourceKind, _ name: String, _ json: String) throws {
    state.create(try object(kind, name, json), kind: kind, manager: nil)
  }

  func object(_ kind: ResourceKind, _ name: String, _ json: String) throws -> KubeObject {
    var object = try #require(KubeObject(try JSONValue(json: json)))
    object.fields["apiVersion"] = .string(kind.apiVersion)
    object.fields["kind"] = .string(kind.kind)
    object.name = name
    if kind.isNamespaced { object.namespace = "n" }
    return object
  }

  func stored(_ kind: ResourceKind, _ name: String) throws -> KubeObject {
    try #require(state.store.get(kind, ObjectKey(namespace: kind.isNamespaced ? "n" : "", name: name)))
  }

  /// Admits an object and stores it.
  ///
  /// - Returns: the message of the refusal, or nil.
  @discardableResult
  mutating func submit(
    _ kind: ResourceKind, _ name: String, _ json: String, subresource: String = "",
    by user: UserInfo = .administrator
  ) throws -> String? {
    var object = try object(kind, name, json)
    let old = state.store.get(kind, object.key)
    var attributes = RequestAttributes(
      user: user, verb: old == nil ? "create" : "update", group: kind.group, version: kind.version,
      resource: kind.plural,
      subresource: subresource)
    attributes.namespace = object.namespace ?? ""
    warnings = []
    do throws(StatusError) {
      try Admission.admit(&object, old: old, attributes, in: state, warnings: &warnings)
    } catch { return error.message }
    if let old {
      object.set("metadata", "uid", to: .string(old.uid))
      state.update(object, kind: kind, manager: nil)
    } else {
      state.create(object, kind: kind, manager: nil)
    }
    return nil
  }
}
