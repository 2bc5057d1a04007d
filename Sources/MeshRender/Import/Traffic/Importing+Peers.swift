internal import KubeModel
internal import MeshTopology

extension Importing {
  /// A peer that is not told apart by its pods: it only counts for what something else says too.
  mutating func readWholeNamespaces(
    _ peer: Part, _ spaces: [String], _ ports: [String], _ isEgress: Bool, of source: Source,
    _ subjects: [WorkloadReference]
  ) {
    let inside = spaces.flatMap { space in
      pods.filter { $0.namespace == space }.map(\.target) + workloads.keys.filter { $0.namespace == space }
    }
    for subject in subjects {
      if isEgress {
        egress[subject]?.peers.formUnion(inside)
      } else {
        ingress[subject]?.peers.formUnion(inside)
      }
    }
    let platform: Set<String> = [
      "53", "15012", "15020", "15090", "15017", "15021", "4317", "4318", "dns", "dns-tcp",
    ]
    guard !ports.allSatisfy(platform.contains) || ports.isEmpty else { return }
    drop(
      peer,
      "it means every pod of \(spaces.isEmpty ? "namespaces that no manifest names" : spaces.prefix(5).joined(separator: ", ")); only calls that something else names are declared"
    )
  }

  /// A peer that selects nothing where it looks.
  mutating func findMissing(
    _ peer: Part, _ selector: Part, _ ports: [String], _ isEgress: Bool, of source: Source,
    _ spaces: [String],
    _ subjects: [WorkloadReference]
  ) -> [WorkloadReference] {
    let labels = selector["matchLabels"]?.labels ?? [:]
    let words = Importing.words(labels)
    let platform = [
      "kube-dns", "coredns", "node-local-dns", "istiod", "pilot", "prometheus", "ingress-nginx",
      "istio-ingressgateway", "istio-egressgateway",
    ]
    if labels.values.contains(where: platform.contains) { return [] }
    if spaces.contains(where: { isPassing(selector, in: $0) }) {
      drop(peer, "it means pods of a Job, which is no workload of the topology")
      return []
    }
    let elsewhere = namespaceNames.filter { !spaces.contains($0) }.flatMap { members(of: selector, in: $0) }
    if let other = elsewhere.first {
      contradict(
        peer.place,
        "\(source.words) lets \(words) \(isEgress ? "be called" : "call") in \(spaces.joined(separator: ", ")) only, where no pod has the label; \(other) has it: a namespaceSelector is missing"
      )
      return elsewhere.count == 1 ? elsewhere : []
    }
    if isEgress, let space = spaces.first, spaces.count == 1,
      let number = ports.lazy.compactMap({ Int($0) }).first,
      let name = ["app", "app.kubernetes.io/name", "name", "k8s-app"].lazy.compactMap({ labels[$0] }).first
    {
      let reference = WorkloadReference(namespace: space, name: name)
      if workload(inferred: reference, by: source.words, at: peer.place, port: number) { return [reference] }
    }
    let routers = evidence.filter {
      $0.kind == .need && workloads[$0.from] == nil && subjects.contains($0.to)
    }.map(\.from)
    let hint = routers.first.map { from in
      let all = pods.first { $0.target == from }?.labels ?? [:]
      let own = Importing.words(all.filter { labels[$0.key] != nil })
      return "; \(from), which routes here, is in another namespace and has \(own)"
    }
    contradict(
      peer.place,
      "\(source.words) lets \(words) through in \(spaces.joined(separator: ", ")), where no pod has that label"
        + (hint ?? ""))
    drop(peer, "no pod has these labels")
    return []
  }
}
