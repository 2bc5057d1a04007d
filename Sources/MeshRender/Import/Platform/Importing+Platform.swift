internal import KubeModel
internal import MeshTopology

extension Importing {
  /// Places what is not a workload of its own: caches, databases, and what traces, measures, logs and backs up.
  mutating func placePlatform() {
    placeMesh()
    placeClusters()
    for set in pods where set.role == .redis { placeRedis(set) }
    placeDatabases()
    placeTracing()
    placeCollector()
    placeMonitoring()
    placeLogging()
    placeBackup()
  }

  /// What `Service`s, accounts and budgets of a part of the platform say is rendered anew.
  mutating func placeSurroundings(of set: PodSet, at path: String) {
    for service in all("", "Service")
    where service.namespace == set.namespace && !settled.contains(service.index) {
      let selector = service.root["spec", "selector"]?.labels ?? [:]
      guard !selector.isEmpty, selector.allSatisfy({ set.labels[$0.key] == $0.value }) else { continue }
      service.root["spec"]?.take()
      service.root["metadata", "labels"]?.take()
      place(service, at: path, "its Service")
    }
    for kind in ["PodDisruptionBudget"] {
      for budget in all("policy", kind) where budget.namespace == set.namespace {
        guard
          selected(by: budget.root["spec", "selector"], in: set.namespace).contains(where: {
            $0.target == set.target
          })
        else { continue }
        budget.root["spec"]?.take()
        budget.root["metadata", "labels"]?.take()
        place(budget, at: path, "its disruption budget")
      }
    }
    let account = set.spec?["serviceAccountName"]?.text ?? "default"
    if let source = only("", "ServiceAccount", WorkloadReference(namespace: set.namespace, name: account)),
      !settled.contains(source.index)
    {
      source.root["metadata", "labels"]?.take()
      source.root["automountServiceAccountToken"]?.take()
      place(source, at: path, "its service account")
    }
    placeRoles(of: account, in: set.namespace, at: path)
  }

  private mutating func placeRoles(of account: String, in namespace: String, at path: String) {
    let group = "rbac.authorization.k8s.io"
    for kind in ["RoleBinding", "ClusterRoleBinding"] {
      for binding in all(group, kind) where !settled.contains(binding.index) {
        let subjects = binding.root["subjects"]?.elements ?? []
        let isOwn =
          !subjects.isEmpty
          && subjects.allSatisfy {
            $0["name"]?.peek == account && ($0["namespace"]?.peek ?? binding.namespace) == namespace
          }
        guard isOwn else { continue }
        for part in [binding.root["subjects"], binding.root["roleRef"], binding.root["metadata", "labels"]] {
          part?.take()
        }
        place(binding, at: path, "its permissions")
        let role = binding.root["roleRef", "kind"]?.peek ?? ""
        let name = binding.root["roleRef", "name"]?.peek ?? ""
        let space = role == "ClusterRole" ? "" : binding.namespace
        if let source = only(group, role, WorkloadReference(namespace: space, name: name)),
          !settled.contains(source.index)
        {
          source.root["rules"]?.take()
          source.root["metadata", "labels"]?.take()
          place(source, at: path, "its permissions")
        }
      }
    }
  }
}
