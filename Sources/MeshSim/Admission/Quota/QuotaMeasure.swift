import KubeModel

/// What an object counts for, by the names under which quotas limit it.
enum QuotaMeasure {
  /// The use of one object.
  static func usage(of object: KubeObject, _ kind: ResourceKind) -> ResourceAmounts {
    var use: [String: Amount] = ["count/\(kind)": Amount(whole: 1)]
    switch kind {
    case .pod: measurePod(object, &use)
    case .service:
      use["services"] = Amount(whole: 1)
      let type = object[path: "spec", "type"]?.string
      let ports = Int64((object[path: "spec", "ports"]?.array ?? []).count)
      let opensPorts =
        type == "NodePort"
        || type == "LoadBalancer" && object[path: "spec", "allocateLoadBalancerNodePorts"]?.bool != false
      use["services.nodeports"] = Amount(whole: opensPorts ? ports : 0)
      use["services.loadbalancers"] = Amount(whole: type == "LoadBalancer" ? 1 : 0)
    case .persistentVolumeClaim:
      let storage = Amount(object[path: "spec", "resources", "requests", "storage"])
      use["persistentvolumeclaims"] = Amount(whole: 1)
      use["requests.storage"] = storage
      let name = CellText.storageClass(object)
      if !name.isEmpty {
        use["\(name).storageclass.storage.k8s.io/persistentvolumeclaims"] = Amount(whole: 1)
        use["\(name).storageclass.storage.k8s.io/requests.storage"] = storage
      }
    default: if countedByName.contains(kind) { use[kind.plural] = Amount(whole: 1) }
    }
    return ResourceAmounts(use)
  }

  /// The kinds whose objects a limit counts; empty for a name that nothing counts under.
  static func kinds(countedBy name: String, among known: [ResourceKind]) -> [ResourceKind] {
    if name.hasPrefix("count/") {
      let wanted = name.dropFirst("count/".count)
      return known.first { $0.description == wanted && $0.isNamespaced }.map { [$0] } ?? []
    }
    if isPodResource(name) { return [.pod] }
    if name.hasPrefix("services") { return [.service] }
    if name == "requests.storage" || name.contains(".storageclass.storage.k8s.io/") {
      return [.persistentVolumeClaim]
    }
    return (countedByName + [.persistentVolumeClaim]).filter { $0.plural == name }
  }

  static func isPodResource(_ name: String) -> Bool {
    if ["pods", "cpu", "memory", "ephemeral-storage"].contains(name) || name.hasPrefix("hugepages-") {
      return true
    }
    return (name.hasPrefix("requests.") || name.hasPrefix("limits.")) && name != "requests.storage"
  }

  /// Kinds that are counted under their own names too.
  private static let countedByName: [ResourceKind] = [
    .secret, .configMap, .resourceQuota,
    ResourceKind(group: "", version: "v1", kind: "ReplicationController", plural: "replicationcontrollers"),
  ]

  private static func measurePod(_ pod: KubeObject, _ use: inout [String: Amount]) {
    let phase = pod[path: "status", "phase"]?.string
    guard phase != "Succeeded", phase != "Failed" else { return }
    use["pods"] = Amount(whole: 1)
    use.merge(
      measure(
        requests: PodResources.total(of: pod, "requests"), limits: PodResources.total(of: pod, "limits"))
    ) { $1 }
  }

  /// Requests and limits by their names in quotas.
  static func measure(requests: ResourceAmounts, limits: ResourceAmounts) -> [String: Amount] {
    var use: [String: Amount] = [:]
    for (name, amount) in requests.amounts {
      use["requests.\(name)"] = amount
      if ["cpu", "memory", "ephemeral-storage"].contains(name) || name.hasPrefix("hugepages-") {
        use[name] = amount
      }
    }
    for name in ["cpu", "memory", "ephemeral-storage"] { use["limits.\(name)"] = limits[name] }
    return use
  }
}
