import KubeModel

/// Nobody grants rights that they do not hold, unless they may `escalate` roles or `bind` them.
enum Escalation {
  /// - Throws: 403 with the rights that are missing; 404 for a binding to a role that is not there.
  static func check(
    _ object: KubeObject, old: KubeObject?, _ attributes: RequestAttributes, in state: ClusterState
  )
    throws(StatusError)
  {
    let user = attributes.user
    guard attributes.group == "rbac.authorization.k8s.io", !user.isSuperuser, attributes.subresource.isEmpty
    else {
      return
    }
    let namespace = object.namespace ?? ""
    switch attributes.resource {
    case "roles", "clusterroles":
      guard
        old == nil || old?.fields["rules"] != object.fields["rules"]
          || old?.fields["aggregationRule"] != object.fields["aggregationRule"]
      else { return }
      if may("escalate", attributes.resource, object.name, namespace, user, in: state) { return }
      var wanted = PolicyRule.rules(of: object)
      if object.fields["aggregationRule"]?.object != nil {
        // What will be aggregated is not known; it takes all rights to ask for it.
        wanted += [
          PolicyRule(verbs: ["*"], apiGroups: ["*"], resources: ["*"]),
          PolicyRule(verbs: ["*"], nonResourceURLs: ["*"]),
        ]
      }
      try confirm(wanted, object, attributes, in: state)
    case "rolebindings", "clusterrolebindings":
      guard
        old == nil || old?.fields["subjects"] != object.fields["subjects"]
          || old?.fields["roleRef"] != object.fields["roleRef"]
      else { return }
      let kind = object[path: "roleRef", "kind"]?.string ?? ""
      let name = object[path: "roleRef", "name"]?.string ?? ""
      if may("bind", kind == "Role" ? "roles" : "clusterroles", name, namespace, user, in: state) { return }
      let role = AccessIndex.Role(kind: kind, name: name)
      guard let rules = state.access.index.rules(of: role, namespace: namespace) else {
        throw .notFound(kind == "Role" ? .role : .clusterRole, name)
      }
      try confirm(rules, object, attributes, in: state)
    default: break
    }
  }

  private static func may(
    _ verb: String, _ resource: String, _ name: String, _ namespace: String, _ user: UserInfo,
    in state: ClusterState
  ) -> Bool {
    var question = RequestAttributes(
      user: user, verb: verb, group: "rbac.authorization.k8s.io", version: "v1")
    question.resource = resource
    question.name = name
    question.namespace = namespace
    return Authorizer().decide(question, in: state).isAllowed
  }

  private static func confirm(
    _ wanted: [PolicyRule], _ object: KubeObject, _ attributes: RequestAttributes, in state: ClusterState
  ) throws(StatusError) {
    let user = attributes.user
    let held = state.access.index.rules(heldBy: user, namespace: object.namespace ?? "")
    let missing = wanted.flatMap(\.parts).filter { part in !held.contains { $0.covers(part) } }
    guard !missing.isEmpty else { return }
    let lines = Set(PolicyRule.compact(missing).map(\.description)).sorted()
    throw .forbidden(
      group: attributes.group, resource: attributes.resource, name: object.name,
      "user \"\(user.name)\" (groups=\(PolicyRule.quoted(user.groups))) is attempting to grant RBAC permissions "
        + "not currently held:\n" + lines.joined(separator: "\n"))
  }
}
