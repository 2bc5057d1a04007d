internal import KubeModel

extension Declarations {
  /// Reports what no node of some cluster takes.
  func checkNodePools() {
    let clusters = sound(Cluster.self).map(\.value).filter { !$0.nodePools.isEmpty }
    let tainted = clusters.filter { $0.pools(for: []).isEmpty }
    for declared in sound(Workload.self) {
      // A cluster after the first that does not take it would only say the same again.
      _ = (declared.value.nodePool == nil ? tainted : clusters).first { !check(declared, fits: $0) }
    }
    for cluster in tainted { checkPlatform(on: cluster) }
  }

  private func check(_ declared: Declared<Workload>, fits cluster: Cluster) -> Bool {
    let workload = declared.value
    guard let name = workload.nodePool else { return checkAnyPool(of: declared, on: cluster) }
    let spot = declared.document.spot("nodePool")
    guard let pool = cluster.nodePools.first(where: { $0.name == name }) else {
      let names = cluster.nodePools.map(\.name)
      reading.reportUnknown(
        "node pool", name, at: spot, known: names,
        remedy: "\(cluster.name) has the pools \(alternatives(names, last: "and"))")
      return false
    }
    guard let taint = pool.firstTaint(keepingOff: workload.tolerations) else { return true }
    reading.report(
      .contradiction, "the pool \(name) of \(cluster.name) takes only pods that tolerate \(taint.text)",
      at: spot, remedy: "add tolerations: [\(taint.toleration)], or name another pool")
    return false
  }

  private func checkAnyPool(of declared: Declared<Workload>, on cluster: Cluster) -> Bool {
    guard cluster.pools(for: declared.value.tolerations).isEmpty,
      let pool = cluster.nodePools.first,
      let taint = pool.firstTaint(keepingOff: declared.value.tolerations)
    else { return true }
    reading.report(
      .contradiction,
      "no pool of \(cluster.name) takes its pods: each has a taint that they do not tolerate",
      at: declared.document.spec?.node["tolerations"] == nil
        ? declared.document.nameSpot : declared.document.spot("tolerations"),
      remedy: "add tolerations: [\(taint.toleration)] for \(pool.name), or a pool without taints")
    return false
  }

  /// What the platform's documents run tolerates nothing, but for what reads logs on each node.
  private func checkPlatform(on cluster: Cluster) {
    var documents = sound(Gateway.self).map(\.document)
    documents += sound(RedisCluster.self).map(\.document)
    documents += sound(Database.self).map(\.document)
    documents += sound(Tracing.self).map(\.document)
    documents += sound(Monitoring.self).map(\.document)
    for document in documents {
      reading.report(
        .contradiction, "no pool of \(cluster.name) takes its pods: each has a taint, and they tolerate none",
        at: document.nameSpot, remedy: "add a pool without taints to the Cluster \(cluster.name)")
    }
  }
}

extension Cluster {
  /// The node pools that take pods with `tolerations`, in the order of writing.
  public func pools(for tolerations: [Toleration]) -> [NodePool] {
    nodePools.filter { $0.firstTaint(keepingOff: tolerations) == nil }
  }

  /// The node pools that take the pods of `workload`: the one it names, or any.
  public func pools(for workload: Workload) -> [NodePool] {
    pools(for: workload.tolerations).filter { workload.nodePool == nil || workload.nodePool == $0.name }
  }
}

extension NodePool {
  /// The first taint that keeps pods with `tolerations` off the nodes; one that only asks to is none.
  func firstTaint(keepingOff tolerations: [Toleration]) -> Taint? {
    taints.first { taint in
      taint.effect != .preferNoSchedule && !tolerations.contains { $0.tolerates(taint) }
    }
  }
}

extension NodePool.Taint {
  /// The taint as kubectl writes it, such as `dedicated=gpu:NoSchedule`.
  fileprivate var text: String { key + (value.isEmpty ? "" : "=\(value)") + ":\(effect.rawValue)" }

  /// What a workload writes to tolerate it.
  fileprivate var toleration: String {
    "{key: \(key)" + (value.isEmpty ? "" : ", value: \"\(value)\"") + ", effect: \(effect.rawValue)}"
  }
}
