import KubeModel

/// Keeps the status of quotas: what is used is known right after every commit.
enum QuotaUsage {
  static func follow(_ commit: Commit, in state: inout ClusterState) {
    guard commit.kind.isNamespaced, state.store.count(of: .resourceQuota) > 0 else { return }
    let after = commit.change == .deleted ? nil : commit.object
    if commit.kind == .resourceQuota, let quota = after,
      quota.fields["spec"]?["hard"] != quota[path: "status", "hard"]
    {
      recount(quota, in: &state)
    }
    let before = commit.before
    for quota in state.store.list(.resourceQuota, namespace: commit.object.namespace ?? "") {
      let scope = QuotaScope(quota)
      func usage(_ object: KubeObject?) -> ResourceAmounts {
        guard let object, scope.counts(object, commit.kind) else { return ResourceAmounts() }
        return QuotaMeasure.usage(of: object, commit.kind)
      }
      // A quota made or changed just now has counted this object already.
      if commit.kind == .resourceQuota, quota.name == commit.object.name { continue }
      apply(from: usage(before), to: usage(after), quota, in: &state)
    }
  }

  private static func apply(
    from before: ResourceAmounts, to after: ResourceAmounts, _ quota: KubeObject, in state: inout ClusterState
  ) {
    var used = ResourceAmounts(quota[path: "status", "used"])
    var isChanged = false
    for name in Set(before.names).union(after.names) where used[name] != nil {
      let change = (after[name] ?? .zero) - (before[name] ?? .zero)
      guard !change.isZero else { continue }
      used[name] = (used[name] ?? .zero) + change
      isChanged = true
    }
    guard isChanged else { return }
    var changed = quota
    changed.set("status", "used", to: used.json)
    write(changed, in: &state)
  }

  /// Counts everything anew, for a quota that is new or limits something else.
  private static func recount(_ quota: KubeObject, in state: inout ClusterState) {
    let scope = QuotaScope(quota)
    let names = quota[path: "spec", "hard"]?.object?.members.map(\.key) ?? []
    let known = state.api.catalogue.all.map(\.storage)
    var used = ResourceAmounts()
    var totals: [ResourceKind: ResourceAmounts] = [:]
    for name in names {
      let kinds = QuotaMeasure.kinds(countedBy: name, among: known)
      guard !kinds.isEmpty else { continue }
      used[name] = .zero
      for kind in kinds {
        let total =
          totals[kind]
          ?? state.store.list(kind, namespace: quota.namespace ?? "").filter { scope.counts($0, kind) }
          .reduce(ResourceAmounts()) { $0 + QuotaMeasure.usage(of: $1, kind) }
        totals[kind] = total
        used[name] = (used[name] ?? .zero) + (total[name] ?? .zero)
      }
    }
    var changed = quota
    changed.set("status", "hard", to: quota[path: "spec", "hard"])
    changed.set("status", "used", to: used.names.isEmpty ? nil : used.json)
    write(changed, in: &state)
  }

  private static func write(_ quota: KubeObject, in state: inout ClusterState) {
    state.revise(quota, kind: .resourceQuota, manager: "kube-controller-manager", subresource: "status")
  }
}
