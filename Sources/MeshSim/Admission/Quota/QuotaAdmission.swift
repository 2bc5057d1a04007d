import KubeModel

/// Refuses what would use more than a quota of the namespace allows.
enum QuotaAdmission {
  static func admit(
    _ object: KubeObject, old: KubeObject?, _ attributes: RequestAttributes, in state: ClusterState
  )
    throws(StatusError)
  {
    guard let namespace = object.namespace, state.store.count(of: .resourceQuota) > 0 else { return }
    let kind = ResourceKind(
      group: attributes.group, version: attributes.version, kind: object.kind, plural: attributes.resource)
    // Others only count how many there are, which an update does not change.
    guard old == nil || kind == .service || kind == .persistentVolumeClaim else { return }
    for quota in state.store.list(.resourceQuota, namespace: namespace)
    where QuotaScope(quota).counts(object, kind) {
      try check(object, old: old, kind, quota)
    }
  }

  private static func check(_ object: KubeObject, old: KubeObject?, _ kind: ResourceKind, _ quota: KubeObject)
    throws(StatusError)
  {
    let hard = ResourceAmounts(quota[path: "status", "hard"])
    let used = ResourceAmounts(quota[path: "status", "used"])
    if kind == .pod { try checkContainers(object, hard, quota) }
    let before = old.map { QuotaMeasure.usage(of: $0, kind) } ?? ResourceAmounts()
    var requested = ResourceAmounts()
    let wanted = QuotaMeasure.usage(of: object, kind)
    for name in wanted.names where hard[name] != nil {
      let change = (wanted[name] ?? .zero) - (before[name] ?? .zero)
      if old == nil || change > .zero { requested[name] = change }
    }
    guard requested.names.contains(where: { !(requested[$0]?.isZero ?? true) }) else { return }
    let unknown = requested.names.filter { used[$0] == nil }
    guard unknown.isEmpty else {
      throw Admission.refusal(
        object, kind, "status unknown for quota: \(quota.name), resources: \(unknown.joined(separator: ","))")
    }
    let total = used + requested
    let exceeded = requested.names.filter { (total[$0] ?? .zero) > (hard[$0] ?? .zero) }
    guard !exceeded.isEmpty else { return }
    throw Admission.refusal(
      object, kind,
      "exceeded quota: \(quota.name), requested: \(requested.text(of: exceeded)), used: \(used.text(of: exceeded)), "
        + "limited: \(hard.text(of: exceeded))")
  }

  /// Every container must say how much it takes of what is limited.
  private static func checkContainers(_ pod: KubeObject, _ hard: ResourceAmounts, _ quota: KubeObject)
    throws(StatusError)
  {
    let demanded = ["cpu", "limits.cpu", "limits.memory", "memory", "requests.cpu", "requests.memory"]
      .filter { hard[$0] != nil }
    guard !demanded.isEmpty else { return }
    var missing: [String: [String]] = [:]
    for list in ["containers", "initContainers"] {
      for container in pod[path: "spec", list]?.array ?? [] {
        let use = QuotaMeasure.measure(
          requests: ResourceAmounts(container["resources"]?["requests"]),
          limits: ResourceAmounts(container["resources"]?["limits"]))
        for name in demanded where use[name] == nil {
          missing[name, default: []].append(container["name"]?.string ?? "")
        }
      }
    }
    guard !missing.isEmpty else { return }
    let texts = missing.sorted { $0.key < $1.key }.map {
      "\($0.key) for: \($0.value.sorted().joined(separator: ","))"
    }
    throw Admission.refusal(
      pod, .pod, "failed quota: \(quota.name): must specify \(texts.joined(separator: "; "))")
  }
}
