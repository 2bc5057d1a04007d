internal import KubeModel
internal import MeshTopology

extension Importing {
  /// Finds calls in what NetworkPolicies let through.
  mutating func readNetworkPolicies() {
    for source in all("networking.k8s.io", "NetworkPolicy") + all("extensions", "NetworkPolicy") {
      let spec = source.root["spec"]
      let selector = spec?["podSelector"]
      var types = spec?["policyTypes"]?.elements.compactMap(\.peek) ?? []
      if types.isEmpty { types = spec?["egress"] == nil ? ["Ingress"] : ["Ingress", "Egress"] }
      let rules = (spec?["ingress"]?.elements.count ?? 0) + (spec?["egress"]?.elements.count ?? 0)
      if selector?.entries.isEmpty ?? true, rules == 0 {
        spec?.take()
        denied[source.namespace] = (source.words, source.place, types)
        if types.count < 2 {
          assume(
            "Namespace/\(source.namespace) denyByDefault",
            "\(source.words) denies \(types.joined()) only; the topology both ways")
        }
        place(source, at: "Namespace/\(source.namespace)", "denyByDefault")
        continue
      }
      let subjects = members(of: selector, in: source.namespace)
      if subjects.isEmpty, isPassing(selector, in: source.namespace) {
        keep(source, "it is about pods of a Job, which is no workload of the topology")
        continue
      }
      guard !subjects.isEmpty else {
        contradict(source.place, "\(source.words) selects no pods")
        continue
      }
      for subject in subjects {
        if types.contains("Ingress") {
          ingress[subject, default: PolicyReach()].policies.append((source.words, source.place))
        }
        if types.contains("Egress") {
          egress[subject, default: PolicyReach()].policies.append((source.words, source.place))
        }
      }
      spec?.take()
      source.root["metadata", "labels"]?.take()
      for subject in subjects { place(source, at: pathOf(subject), "calls") }
      // What a part of the platform needs, its document knows.
      if subjects.allSatisfy(isPlatform) { continue }
      isQuiet = subjects.allSatisfy { subject in topology.databases.contains { $0.reference == subject } }
      defer { isQuiet = false }
      if types.contains("Ingress") { read(spec?["ingress"], "from", of: source, subjects) }
      if types.contains("Egress") { read(spec?["egress"], "to", of: source, subjects) }
    }
  }

  private mutating func read(
    _ rules: Part?, _ key: String, of source: Source, _ subjects: [WorkloadReference]
  ) {
    let isEgress = key == "to"
    for rule in rules?.elements ?? [] {
      let ports = (rule["ports"]?.elements ?? []).compactMap { $0["port"]?.peek }
      let numbers = Set(ports.compactMap { Int($0) })
      for subject in subjects where isEgress { egress[subject]?.ports.formUnion(numbers) }
      // The API server has no pods; whoever may use it has permissions.
      if isEgress, numbers.isSubset(of: [443, 6443]), !numbers.isEmpty,
        subjects.allSatisfy({ !(workloads[$0]?.permissions.isEmpty ?? true) })
      {
        continue
      }
      guard let peers = rule[key]?.elements, !peers.isEmpty else {
        for subject in subjects { open(subject, isEgress) }
        let isEntrance =
          !isEgress
          && subjects.allSatisfy { subject in
            workloads[subject]?.isExposed ?? topology.gateways.contains { $0.reference == subject }
          }
        if !isEntrance {
          drop(
            rule,
            isEgress
              ? "it lets all calls out; only those that something else names are declared"
              : "it lets everybody in; the topology names who calls whom")
        }
        continue
      }
      if isEgress, readAddresses(rule, peers, of: source, subjects) { continue }
      for peer in peers { read(peer, ports, isEgress, of: source, subjects) }
    }
  }

  private mutating func open(_ subject: WorkloadReference, _ isEgress: Bool) {
    if isEgress { egress[subject]?.isOpen = true } else { ingress[subject]?.isOpen = true }
  }

  private mutating func read(
    _ peer: Part, _ ports: [String], _ isEgress: Bool, of source: Source, _ subjects: [WorkloadReference]
  ) {
    if peer["ipBlock"] != nil {
      for subject in subjects { open(subject, isEgress) }
      drop(
        peer,
        isEgress
          ? "name the hosts behind it in an ExternalService, and call that"
          : "addresses do not tell who calls")
      return
    }
    let spaces = peer["namespaceSelector"].map(namespaces(selectedBy:)) ?? [source.namespace]
    guard let selector = peer["podSelector"], !selector.entries.isEmpty else {
      readWholeNamespaces(peer, spaces, ports, isEgress, of: source, subjects)
      return
    }
    var found = spaces.flatMap { members(of: selector, in: $0) }
    if found.isEmpty { found = findMissing(peer, selector, ports, isEgress, of: source, spaces, subjects) }
    for subject in subjects {
      for other in found {
        if isEgress { egress[subject]?.peers.insert(other) } else { ingress[subject]?.peers.insert(other) }
        let (from, to) = isEgress ? (subject, other) : (other, subject)
        for port in ports.isEmpty ? [nil] : ports.map(Optional.some) {
          evidence.append(
            CallEvidence(
              kind: .network, from: from, to: to, port: port.flatMap { number($0, of: to) },
              place: source.place,
              words: source.words))
        }
      }
    }
  }

  private func isPlatform(_ reference: WorkloadReference) -> Bool {
    pods.contains { $0.target == reference && ![.workload, .version].contains($0.role) }
      && ingress[reference]?.isOpen != true
      && !pods.contains { $0.target == reference && [.gateway, .redis].contains($0.role) }
  }

  private func number(_ port: String, of reference: WorkloadReference) -> Int? {
    Int(port) ?? pods.first { $0.target == reference }?.containerPort(port)
  }

  /// What reports call a part of the topology that has pods.
  func pathOf(_ reference: WorkloadReference) -> String {
    if topology.redisClusters.contains(where: { $0.reference == reference }) {
      return "RedisCluster/\(reference)"
    }
    if topology.gateways.contains(where: { $0.reference == reference }) { return "Gateway/\(reference)" }
    if topology.databases.contains(where: { $0.reference == reference }) { return "Database/\(reference)" }
    return workloads[reference] == nil ? "\(reference)" : reference.workloadPath
  }
}
