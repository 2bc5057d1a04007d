internal import KubeModel
internal import MeshTopology

extension Importing {
  /// Takes a rule that lets pods out to addresses for a call of the external service that has them; without one the
  /// rule stays, as a policy of its own.
  ///
  /// - Returns: whether the rule is about addresses alone, and so is dealt with.
  mutating func readAddresses(
    _ rule: Part, _ peers: [Part], of source: Source, _ subjects: [WorkloadReference]
  ) -> Bool {
    guard peers.allSatisfy({ $0["ipBlock"] != nil }) else { return false }
    for subject in subjects { egress[subject]?.isOpen = true }
    if MetadataServer.egress.contains(rule.node.json),
      subjects.allSatisfy({ workloads[$0] == nil || workloads[$0]?.googleServiceAccount != nil })
    {
      return true
    }
    let ports = (rule["ports"]?.elements ?? []).compactMap { $0["port"]?.peek.flatMap(Int.init) }
    let blocks = peers.compactMap { $0["ipBlock", "cidr"]?.peek.flatMap(AddressRange.init(parsing:)) }
    let hasExceptions = peers.contains { $0["ipBlock", "except"] != nil }
    let twins = (source.root["spec", "egress"]?.elements ?? []).count { $0.node.json == rule.node.json }
    for subject in subjects where !topology.databases.contains(where: { $0.reference == subject }) {
      let services = hasExceptions ? [] : externalServices(at: blocks, ports, for: subject, rules: twins)
      if services.isEmpty {
        keepAddresses(rule, of: source, subject)
        continue
      }
      for index in services {
        let service = topology.externalServices[index]
        if service.addresses == ExternalService.anyAddress {
          topology.externalServices[index].addresses = blocks
        }
        for port in ports {
          evidence.append(
            CallEvidence(
              kind: .network, from: subject, to: service.reference, port: port, place: source.place,
              words: source.words))
        }
      }
    }
    return true
  }

  /// The external services that a rule about addresses must mean; none where several could be meant.
  private func externalServices(
    at blocks: [AddressRange], _ ports: [Int], for subject: WorkloadReference, rules: Int
  ) -> [Int] {
    guard !ports.isEmpty, !blocks.isEmpty else { return [] }
    let fitting = topology.externalServices.indices.filter { index in
      let service = topology.externalServices[index]
      return ports.allSatisfy { number in service.ports.contains { $0.port == number } }
        && (service.addresses == blocks || service.addresses == ExternalService.anyAddress)
    }
    let exact = fitting.filter {
      topology.externalServices[$0].addresses == blocks && blocks != ExternalService.anyAddress
    }
    let named = fitting.filter { index in
      evidence.contains {
        $0.kind == .need && $0.from == subject && $0.to == topology.externalServices[index].reference
      }
    }
    let near = fitting.filter { topology.externalServices[$0].namespace == subject.namespace }
    for candidates in [exact, named, near, fitting] where !candidates.isEmpty {
      // As many rules as services mean all of them.
      return candidates.count <= max(1, rules) || candidates == named ? candidates : []
    }
    return []
  }

  /// Keeps a rule about addresses: policies add up, so one with this rule alone lets through what it did.
  private mutating func keepAddresses(_ rule: Part, of source: Source, _ subject: WorkloadReference) {
    let name = "\(subject.name)-addresses"
    if let index = result.kept.firstIndex(where: {
      $0.object.kind == "NetworkPolicy" && $0.object.name == name && $0.object.namespace == subject.namespace
    }) {
      let kept = result.kept[index]
      var object = kept.object
      let rules = (object[path: "spec", "egress"]?.array ?? []) + [rule.node.json]
      object.set("spec", "egress", to: .array(rules))
      result.kept[index] = Import.Kept(place: kept.place, object: object, reason: kept.reason)
      return
    }
    var object = KubeObject(kind: .networkPolicy, namespace: subject.namespace, name: name)
    object.set("spec", "podSelector", "matchLabels", to: .strings([MeshLabels.app: subject.name]))
    object.set("spec", "policyTypes", to: ["Egress"])
    object.set("spec", "egress", to: [rule.node.json])
    result.kept.append(
      Import.Kept(
        place: source.place, object: object,
        reason:
          "\(source.words) lets \(subject) out to addresses that no one external service has: name the hosts "
          + "behind them in an ExternalService and call that, or leave this"))
  }
}
