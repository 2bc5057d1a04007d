import KubeModel

/// The roles and bindings that every control plane makes for itself.
enum BootstrapPolicy {
  /// In the order in which they are made.
  static let objects: [KubeObject] = entries.map(\.1)

  /// The same with their kinds.
  static let entries: [(ResourceKind, KubeObject)] = clusterRoles + clusterBindings + localRoles

  private static var clusterRoles: [(ResourceKind, KubeObject)] {
    let simple =
      BootstrapRoles.texts.map { entry in
        clusterRole(entry.name, rules: BootstrapRoles.rules(entry.rules), aggregateTo: entry.aggregateTo)
      }
      + ControllerRoles.texts.map { entry in
        clusterRole(entry.name, rules: BootstrapRoles.rules(entry.rules), aggregateTo: nil)
      }
    // What a control plane's aggregation makes of these three before anyone looks.
    let gathering = ["view", "edit", "admin"].reduce(into: simple) { roles, name in
      let next = ["view": "edit", "edit": "admin"]
      var role = clusterRole(name, rules: [], aggregateTo: next[name])
      role.fields["aggregationRule"] = [
        "clusterRoleSelectors": [
          ["matchLabels": [BootstrapPolicy.aggregationLabel(name): "true"]]
        ]
      ]
      role.fields["rules"] = RoleAggregation.gathered(for: role, from: roles.sorted { $0.name < $1.name })
      roles.append(role)
    }
    return gathering.map { (.clusterRole, $0) }
  }

  private static func aggregationLabel(_ name: String) -> String {
    "rbac.authorization.k8s.io/aggregate-to-\(name)"
  }

  private static func clusterRole(_ name: String, rules: [PolicyRule], aggregateTo target: String?)
    -> KubeObject
  {
    var role = named(.clusterRole, name)
    if let target { role.labels[aggregationLabel(target)] = "true" }
    role.fields["rules"] = .array(rules.map(\.json))
    return role
  }

  private static let clusterBindings: [(ResourceKind, KubeObject)] = (subjects + controllers).map {
    name, subjects in
    var binding = named(.clusterRoleBinding, name)
    bind(&binding, role: "ClusterRole", name, to: subjects)
    return (.clusterRoleBinding, binding)
  }

  private static let controllers = ControllerRoles.texts.map { entry in
    (entry.name, [("ServiceAccount", String(entry.name.dropFirst(ControllerRoles.prefix.count)))])
  }

  private static let subjects: [(String, [(String, String)])] = [
    ("cluster-admin", [("Group", "system:masters")]),
    ("system:basic-user", [("Group", "system:authenticated")]),
    ("system:discovery", [("Group", "system:authenticated")]),
    ("system:kube-controller-manager", [("User", "system:kube-controller-manager")]),
    ("system:kube-dns", [("ServiceAccount", "kube-dns")]),
    ("system:kube-scheduler", [("User", "system:kube-scheduler")]),
    ("system:monitoring", [("Group", "system:monitoring")]), ("system:node", []),
    ("system:node-proxier", [("User", "system:kube-proxy")]),
    (
      "system:public-info-viewer", [("Group", "system:authenticated"), ("Group", "system:unauthenticated")]
    ),
    ("system:service-account-issuer-discovery", [("Group", "system:serviceaccounts")]),
    ("system:volume-scheduler", [("User", "system:kube-scheduler")]),
  ]

  private static var localRoles: [(ResourceKind, KubeObject)] {
    LocalRoles.entries.flatMap { entry -> [(ResourceKind, KubeObject)] in
      var role = named(.role, entry.role, namespace: entry.namespace)
      role.fields["rules"] = .array(BootstrapRoles.rules(entry.rules).map(\.json))
      var binding = named(.roleBinding, entry.binding, namespace: entry.namespace)
      bind(&binding, role: "Role", entry.role, to: entry.subjects)
      return [(.role, role), (.roleBinding, binding)]
    }
  }

  private static func bind(
    _ binding: inout KubeObject, role kind: String, _ role: String, to subjects: [(String, String)]
  ) {
    let group = "rbac.authorization.k8s.io"
    binding.fields["roleRef"] = ["apiGroup": .string(group), "kind": .string(kind), "name": .string(role)]
    guard !subjects.isEmpty else { return }
    binding.fields["subjects"] = .array(
      subjects.map { kind, name in
        kind == "ServiceAccount"
          ? ["kind": "ServiceAccount", "name": .string(name), "namespace": "kube-system"]
          : ["apiGroup": .string(group), "kind": .string(kind), "name": .string(name)]
      })
  }

  private static func named(_ kind: ResourceKind, _ name: String, namespace: String? = nil) -> KubeObject {
    var object = KubeObject(kind: kind, namespace: namespace, name: name)
    object.annotations = ["rbac.authorization.kubernetes.io/autoupdate": "true"]
    object.labels = ["kubernetes.io/bootstrapping": "rbac-defaults"]
    return object
  }
}
