import KubeModel

extension KindRules {
  static func access(_ kind: String) -> KindRules {
    var rules = KindRules()
    let isBinding = kind.hasSuffix("Binding")
    let isCluster = kind.hasPrefix("Cluster")
    rules.fillDefaults = { object in if isBinding { AccessCheck.fill(&object) } }
    rules.validate = { object, live, errors in
      if isBinding {
        AccessCheck.binding(object, live, isCluster: isCluster, &errors)
      } else {
        AccessCheck.role(object, isCluster: isCluster, &errors)
      }
    }
    rules.checkName = { NameForm.pathSegment.problems(of: $0, isPrefix: $1) }
    rules.createsOnUpdate = true
    rules.repeatsMetadataOnUpdate = true
    return rules
  }
}

/// Checks roles and who has them.
enum AccessCheck {
  private static let group = "rbac.authorization.k8s.io"

  static func fill(_ binding: inout JSONObject) {
    binding.change("roleRef") { $0.fillText("apiGroup", group) }
    binding.changeEach("subjects") { subject in
      guard subject["apiGroup"]?.isEmptyContent ?? true else { return }
      if subject["kind"] == "User" || subject["kind"] == "Group" { subject["apiGroup"] = .string(group) }
    }
  }

  static func role(_ role: KubeObject, isCluster: Bool, _ errors: inout FieldErrors) {
    for (index, rule) in (role.fields["rules"]?.array ?? []).enumerated() {
      let path = FieldPath("rules")[index]
      if rule.texts("verbs").isEmpty {
        errors.required(path["verbs"], "verbs must contain at least one value")
      }
      let paths = rule.texts("nonResourceURLs")
      let groups = rule.texts("apiGroups")
      let resources = rule.texts("resources")
      if !paths.isEmpty {
        if !isCluster {
          errors.invalid(
            path["nonResourceURLs"], rule["nonResourceURLs"],
            "namespaced rules cannot apply to non-resource URLs")
        }
        if !groups.isEmpty || !resources.isEmpty || !rule.texts("resourceNames").isEmpty {
          errors.invalid(
            path["nonResourceURLs"], rule["nonResourceURLs"],
            "rules cannot apply to both regular resources and non-resource URLs")
        }
        continue
      }
      if groups.isEmpty {
        errors.required(path["apiGroups"], "resource rules must supply at least one api group")
      }
      if resources.isEmpty {
        errors.required(path["resources"], "resource rules must supply at least one resource")
      }
    }
    guard isCluster else { return }
    let path = FieldPath("aggregationRule.clusterRoleSelectors")
    guard let aggregation = role.fields["aggregationRule"], !aggregation.isNull else { return }
    let selectors = aggregation.list("clusterRoleSelectors")
    if selectors.isEmpty {
      errors.required(path, "at least one clusterRoleSelector required if aggregationRule is non-nil")
    }
    for (index, selector) in selectors.enumerated() { errors.selector(path[index], selector) }
  }

  static func binding(
    _ binding: KubeObject, _ live: KubeObject?, isCluster: Bool, _ errors: inout FieldErrors
  ) {
    let role = binding.fields["roleRef"] ?? .null
    let path = FieldPath("roleRef")
    if role.text("apiGroup") != group {
      errors.notSupported(path["apiGroup"], .string(role.text("apiGroup")), [group])
    }
    let kinds = isCluster ? ["ClusterRole"] : ["ClusterRole", "Role"]
    if !kinds.contains(role.text("kind")) {
      errors.notSupported(
        path["kind"], .string(role.text("kind")), isCluster ? ["ClusterRole"] : ["Role", "ClusterRole"])
    }
    let name = role.text("name")
    if name.isEmpty { errors.required(path["name"]) } else { errors.name(path["name"], name, .pathSegment) }
    for (index, subject) in (binding.fields["subjects"]?.array ?? []).enumerated() {
      self.subject(subject, FieldPath("subjects")[index], isCluster: isCluster, &errors)
    }
    if let live, live.fields["roleRef"] != binding.fields["roleRef"] {
      errors.invalid(path, role, "cannot change roleRef")
    }
  }

  private static func subject(
    _ subject: JSONValue, _ path: FieldPath, isCluster: Bool, _ errors: inout FieldErrors
  ) {
    let name = subject.text("name")
    let apiGroup = subject.text("apiGroup")
    if name.isEmpty { errors.required(path["name"]) }
    switch subject.text("kind") {
    case "ServiceAccount":
      if !name.isEmpty { errors.name(path["name"], name, .dnsSubdomain) }
      if !apiGroup.isEmpty { errors.notSupported(path["apiGroup"], .string(apiGroup), [""]) }
      if isCluster, subject.text("namespace").isEmpty { errors.required(path["namespace"]) }
      if !isCluster, subject.text("namespace").isEmpty { errors.required(path["namespace"]) }
    case "User", "Group":
      if apiGroup != group { errors.notSupported(path["apiGroup"], .string(apiGroup), [group]) }
    case let kind: errors.notSupported(path["kind"], .string(kind), ["ServiceAccount", "User", "Group"])
    }
  }
}
