import KubeModel
import Testing

@testable import MeshSim

/// An index made of a few words.
enum AccessRules {
  /// - Parameter rules: a rule a line: verbs, groups (`core`), resources, names after `=`; paths begin with `/`.
  static func role(_ name: String, namespace: String? = nil, _ rules: String) -> (ResourceKind, KubeObject) {
    let kind: ResourceKind = namespace == nil ? .clusterRole : .role
    var role = KubeObject(kind: kind, namespace: namespace, name: name)
    role.fields["rules"] = .array(BootstrapRoles.rules(rules).map(\.json))
    return (kind, role)
  }

  /// - Parameter subjects: `User:name`, `Group:name` or `ServiceAccount:namespace:name`.
  static func binding(
    _ name: String, namespace: String? = nil, to role: String, clusterRole: Bool = true, _ subjects: String...
  ) -> (ResourceKind, KubeObject) {
    let kind: ResourceKind = namespace == nil ? .clusterRoleBinding : .roleBinding
    var binding = KubeObject(kind: kind, namespace: namespace, name: name)
    binding.fields["roleRef"] = ["kind": clusterRole ? "ClusterRole" : "Role", "name": .string(role)]
    binding.fields["subjects"] = .array(
      subjects.map { text in
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts[0] == "ServiceAccount" else {
          return ["kind": .string(parts[0]), "name": .string(parts[1])]
        }
        let place = parts[1].split(separator: ":").map(String.init)
        return ["kind": "ServiceAccount", "namespace": .string(place[0]), "name": .string(place[1])]
      })
    return (kind, binding)
  }

  static func index(_ objects: [(ResourceKind, KubeObject)]) -> AccessIndex {
    var index = AccessIndex()
    for (kind, object) in objects { index.replace(kind, before: nil, after: object) }
    return index
  }

  /// `verb group resource[/subresource] [name] @namespace`, or `verb /path`.
  static func request(_ text: String, by user: UserInfo) -> RequestAttributes {
    let words = text.split(separator: " ").map(String.init)
    var attributes = RequestAttributes(user: user, verb: words[0])
    guard !words[1].hasPrefix("/") else {
      attributes.isResource = false
      attributes.path = words[1]
      return attributes
    }
    attributes.group = words[1] == "core" ? "" : words[1]
    let resource = words[2].split(separator: "/", maxSplits: 1).map(String.init)
    attributes.resource = resource[0]
    attributes.subresource = resource.count > 1 ? resource[1] : ""
    for word in words.dropFirst(3) {
      if word.hasPrefix("@") {
        attributes.namespace = String(word.dropFirst())
      } else {
        attributes.name = word
      }
    }
    return attributes
  }

  static func user(_ name: String, _ groups: String...) -> UserInfo {
    UserInfo(name: name, groups: groups + ["system:authenticated"])
  }
}
