import KubeModel

/// ClusterRoles that gather the rules of others, which they select by labels.
enum RoleAggregation {
  /// Brings all of them up to date, until none changes: they may select each other.
  static func follow(_ commit: Commit, in state: inout ClusterState) {
    guard commit.kind == .clusterRole else { return }
    // A role without labels, before and after, is part of no other; it may gather some itself.
    let isPart = !commit.object.labels.isEmpty || commit.before.map { !$0.labels.isEmpty } ?? false
    for role in state.store.list(.clusterRole) where role.fields["aggregationRule"]?.object != nil {
      guard isPart || role.name == commit.object.name else { continue }
      let rules = gathered(for: role, from: state.store.list(.clusterRole))
      guard role.fields["rules"] ?? .null != rules else { continue }
      var changed = role
      changed.fields["rules"] = rules
      state.revise(changed, kind: .clusterRole, manager: "clusterrole-aggregation-controller")
    }
  }

  /// The rules of all roles that `role` selects, in the order of their names, each rule once.
  static func gathered(for role: KubeObject, from all: [KubeObject]) -> JSONValue {
    let selectors = (role[path: "aggregationRule", "clusterRoleSelectors"]?.array ?? [])
      .compactMap(LabelSelector.init(json:))
    var rules: [JSONValue] = []
    for selector in selectors {
      for part in all where part.name != role.name && selector.matches(part.labels) {
        for rule in part.fields["rules"]?.array ?? [] where !rules.contains(rule) { rules.append(rule) }
      }
    }
    return rules.isEmpty ? .null : .array(rules)
  }
}
