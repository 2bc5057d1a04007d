internal import KubeModel
internal import MeshTopology

extension Importing {
  /// Takes ServiceAccounts over to the workloads that act as them.
  mutating func placeAccounts() {
    for source in all("", "ServiceAccount") {
      var users = workloads.values.filter {
        $0.namespace == source.namespace && $0.serviceAccount == source.name
      }
      if users.isEmpty {
        // An account of its own for a workload that no manifest declares.
        let names = [
          source.name, source.name.replacingSuffix("-sa"), source.name.replacingSuffix("-service-account"),
        ]
        users = workloads.values.filter {
          $0.namespace == source.namespace && names.contains($0.name) && isInferred($0.reference)
        }
        for user in users {
          workloads[user.reference]?.serviceAccount = source.name
          assume(
            user.reference.workloadPath + " serviceAccount",
            "\(source.words) is taken for its own, by its name")
        }
      }
      guard !users.isEmpty else { continue }
      let google = source.root["metadata", "annotations", "iam.gke.io/gcp-service-account"]?.text
      source.root["automountServiceAccountToken"]?.take()
      source.root["metadata", "labels"]?.take()
      for user in users.sorted(by: { $0.reference < $1.reference }) {
        if let google { workloads[user.reference]?.googleServiceAccount = google }
        place(source, at: user.reference.workloadPath, "serviceAccount")
      }
    }
  }

  /// Takes roles that are bound to workloads' accounts over to their permissions.
  mutating func placePermissions() {
    let group = "rbac.authorization.k8s.io"
    for kind in ["RoleBinding", "ClusterRoleBinding"] {
      for binding in all(group, kind) {
        placeBinding(binding, isWide: kind == "ClusterRoleBinding", group: group)
      }
    }
  }

  private mutating func placeBinding(_ binding: Source, isWide: Bool, group: String) {
    let roleKind = binding.root["roleRef", "kind"]?.peek ?? ""
    let roleName = binding.root["roleRef", "name"]?.peek ?? ""
    let space = roleKind == "ClusterRole" ? "" : binding.namespace
    guard let role = only(group, roleKind, WorkloadReference(namespace: space, name: roleName)) else {
      let isBuiltIn =
        roleKind == "ClusterRole" && ["view", "edit", "admin", "cluster-admin"].contains(roleName)
      if !isBuiltIn {
        contradict(
          binding.place,
          "\(binding.words) binds the \(roleKind) \(roleName), which is not among the manifests")
      }
      return
    }
    let subjects = binding.root["subjects"]?.elements ?? []
    var users: [WorkloadReference] = []
    for subject in subjects {
      guard subject["kind"]?.peek == "ServiceAccount", let name = subject["name"]?.peek else { return }
      let namespace = subject["namespace"]?.peek ?? binding.namespace
      let found = workloads.values.filter { $0.namespace == namespace && $0.serviceAccount == name }
      // A subject that is no workload of the topology would lose what it may do.
      guard !found.isEmpty, isWide || namespace == binding.namespace else { return }
      users += found.map(\.reference)
    }
    guard !users.isEmpty, role.root["aggregationRule"] == nil else { return }
    let rules = (role.root["rules"]?.elements ?? []).compactMap { permission($0, isWide: isWide) }
    for user in Set(users).sorted() {
      let known = workloads[user]?.permissions ?? []
      workloads[user]?.permissions += rules.filter { !known.contains($0) }
      place(binding, at: user.workloadPath, "permissions")
      place(role, at: user.workloadPath, "permissions")
    }
    for part in [
      binding.root["subjects"], binding.root["roleRef"], role.root["metadata", "labels"],
      binding.root["metadata", "labels"],
    ] { part?.take() }
  }

  private mutating func permission(_ rule: Part, isWide: Bool) -> Permission? {
    guard rule["nonResourceURLs"] == nil else {
      drop(rule, "a permission of the topology is about resources")
      return nil
    }
    var permission = Permission(resources: rule["resources"]?.texts ?? [], verbs: rule["verbs"]?.texts ?? [])
    rule.take()
    permission.groups = rule["apiGroups"]?.elements.map { $0.peek ?? "" } ?? [""]
    permission.names = rule["resourceNames"]?.texts ?? []
    permission.isClusterWide = isWide
    return permission
  }
}

extension String {
  /// The text without an ending; unchanged where it ends in another way.
  func replacingSuffix(_ suffix: String) -> String {
    hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
  }
}
