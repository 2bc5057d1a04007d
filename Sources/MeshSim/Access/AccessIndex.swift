import KubeModel

/// Roles and bindings in a form in which a question costs no more than the bindings of one user.
///
/// It follows the commits of these kinds one by one; nothing else changes it.
struct AccessIndex: Sendable {
  struct Role: Sendable {
    let kind: String
    let name: String
  }

  struct Binding: Sendable {
    let name: String
    /// Empty for a ClusterRoleBinding.
    let namespace: String
    let role: Role
    let subject: Subject

    /// How the reason of a decision names it.
    var description: String {
      let own = namespace.isEmpty ? "ClusterRoleBinding \"\(name)\"" : "RoleBinding \"\(name)/\(namespace)\""
      return "\(own) of \(role.kind) \"\(role.name)\" to \(subject.description)"
    }
  }

  enum Subject: Hashable, Sendable {
    case user(String)
    case group(String)
    case serviceAccount(namespace: String, name: String)

    var description: String {
      switch self {
      case .user(let name): "User \"\(name)\""
      case .group(let name): "Group \"\(name)\""
      case .serviceAccount(let namespace, let name): "ServiceAccount \"\(name)/\(namespace)\""
      }
    }
  }

  private var clusterRoles: [String: [PolicyRule]] = [:]
  private var roles: [ObjectKey: [PolicyRule]] = [:]
  /// By namespace, empty for those of the whole cluster; ordered by name.
  private var bindings: [String: [Subject: [Binding]]] = [:]

  // MARK: Following

  /// Takes in a change of an object; other kinds than roles and bindings are ignored.
  mutating func replace(_ kind: ResourceKind, before: KubeObject?, after: KubeObject?) {
    guard let object = after ?? before else { return }
    switch kind {
    case .clusterRole: clusterRoles[object.name] = after.map(PolicyRule.rules)
    case .role: roles[object.key] = after.map(PolicyRule.rules)
    case .clusterRoleBinding, .roleBinding:
      if let before { remove(before) }
      if let after { add(after) }
    default: break
    }
  }

  private mutating func remove(_ object: KubeObject) {
    let namespace = object.namespace ?? ""
    for subject in AccessIndex.subjects(of: object) {
      bindings[namespace]?[subject]?.removeAll { $0.name == object.name }
      if bindings[namespace]?[subject]?.isEmpty == true { bindings[namespace]?[subject] = nil }
    }
  }

  private mutating func add(_ object: KubeObject) {
    let namespace = object.namespace ?? ""
    let role = Role(
      kind: object[path: "roleRef", "kind"]?.string ?? "", name: object[path: "roleRef", "name"]?.string ?? ""
    )
    for subject in AccessIndex.subjects(of: object) {
      var list = bindings[namespace]?[subject] ?? []
      let index = list.firstIndex { $0.name > object.name } ?? list.endIndex
      list.insert(Binding(name: object.name, namespace: namespace, role: role, subject: subject), at: index)
      bindings[namespace, default: [:]][subject] = list
    }
  }

  private static func subjects(of binding: KubeObject) -> [Subject] {
    (binding.fields["subjects"]?.array ?? []).compactMap { subject in
      let name = subject["name"]?.string ?? ""
      switch subject["kind"]?.string {
      case "User": return .user(name)
      case "Group": return .group(name)
      case "ServiceAccount":
        let namespace = subject["namespace"]?.string ?? ""
        return .serviceAccount(namespace: namespace.isEmpty ? binding.namespace ?? "" : namespace, name: name)
      default: return nil
      }
    }
  }

  // MARK: Asking

  /// The bindings of a user that hold in a namespace, those of the whole cluster first; ends when `visit` says so.
  func visit(_ user: UserInfo, namespace: String, _ visit: (Binding, [PolicyRule]?) -> Bool) {
    var subjects: [Subject] = [.user(user.name)]
    if let account = user.serviceAccount {
      subjects.append(.serviceAccount(namespace: account.namespace, name: account.name))
    }
    subjects += user.groups.map(Subject.group)
    for space in namespace.isEmpty ? [""] : ["", namespace] {
      guard let all = bindings[space] else { continue }
      for subject in subjects {
        for binding in all[subject] ?? [] {
          guard visit(binding, rules(of: binding.role, namespace: space)) else { return }
        }
      }
    }
  }

  /// The rules of a role that a binding in a namespace names; nil when it is not there.
  func rules(of role: Role, namespace: String) -> [PolicyRule]? {
    role.kind == "ClusterRole"
      ? clusterRoles[role.name] : roles[ObjectKey(namespace: namespace, name: role.name)]
  }

  /// The rules that a user holds in a namespace, or in the whole cluster where it is empty.
  func rules(heldBy user: UserInfo, namespace: String) -> [PolicyRule] {
    var held: [PolicyRule] = []
    visit(user, namespace: namespace) { _, rules in
      held += rules ?? []
      return true
    }
    return held
  }
}
