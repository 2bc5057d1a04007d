import KubeModel

/// The Roles that a control plane makes in its own namespaces, with their bindings.
enum LocalRoles {
  struct Entry {
    var namespace: String
    var role: String
    var rules: String
    var binding: String
    /// Kinds and names; service accounts are those of `kube-system`.
    var subjects: [(kind: String, name: String)]
  }

  private static let managers = [
    ("User", "system:kube-controller-manager"), ("User", "system:kube-scheduler"),
  ]

  static let entries: [Entry] = [
    Entry(
      namespace: "kube-public", role: "system:controller:bootstrap-signer",
      rules: """
        read core configmaps
        update core configmaps=cluster-info
        create,patch,update core,events.k8s.io events
        """,
      binding: "system:controller:bootstrap-signer", subjects: [("ServiceAccount", "bootstrap-signer")]),
    Entry(
      namespace: "kube-system", role: "extension-apiserver-authentication-reader",
      rules: "read core configmaps=extension-apiserver-authentication",
      binding: "system::extension-apiserver-authentication-reader", subjects: managers),
    leaderLocking("kube-controller-manager"), leaderLocking("kube-scheduler"),
    Entry(
      namespace: "kube-system", role: "system:controller:bootstrap-signer", rules: "read core secrets",
      binding: "system:controller:bootstrap-signer", subjects: [("ServiceAccount", "bootstrap-signer")]),
    Entry(
      namespace: "kube-system", role: "system:controller:cloud-provider",
      rules: "create,get,list,watch core configmaps", binding: "system:controller:cloud-provider",
      subjects: [("ServiceAccount", "cloud-provider")]),
    Entry(
      namespace: "kube-system", role: "system:controller:token-cleaner",
      rules: """
        delete,get,list,watch core secrets
        create,patch,update core,events.k8s.io events
        """,
      binding: "system:controller:token-cleaner", subjects: [("ServiceAccount", "token-cleaner")]),
  ]

  private static func leaderLocking(_ component: String) -> Entry {
    let name = "system::leader-locking-\(component)"
    return Entry(
      namespace: "kube-system", role: name,
      rules: """
        create,get,list,update,watch coordination.k8s.io leases
        create,get,list,update,watch coordination.k8s.io leasecandidates
        """,
      binding: name, subjects: [("User", "system:\(component)"), ("ServiceAccount", component)])
  }
}
