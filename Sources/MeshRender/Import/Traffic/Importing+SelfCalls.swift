internal import KubeModel
internal import MeshTopology

extension Importing {
  /// Keeps what lets the pods of one workload call each other, where the topology has no call for it. Policies add up,
  /// so ones with this alone let through what the manifests did.
  mutating func keepSelfCalls() {
    let own = evidence.filter {
      $0.from == $0.to && $0.kind != .need && workloads[$0.from] != nil && !callsItself($0)
    }
    for (reference, pieces) in Dictionary(grouping: own, by: \.from).sorted(by: { $0.key < $1.key }) {
      guard let place = pieces.map(\.place).min(by: { $0.order < $1.order }) else { continue }
      // No port means all of them.
      let ports = pieces.contains { $0.port == nil } ? [] : Set(pieces.compactMap(\.port)).sorted()
      let reason =
        "the pods of \(reference) call each other, and only a StatefulSet of the topology calls itself"
      for object in selfPolicies(of: reference, ports) {
        result.kept.append(Import.Kept(place: place, object: object, reason: reason))
      }
    }
  }

  private func selfPolicies(of reference: WorkloadReference, _ ports: [Int]) -> [KubeObject] {
    let name = "\(reference.name)-peers"
    let labels = JSONValue.strings([MeshLabels.app: reference.name])
    var network = KubeObject(kind: .networkPolicy, namespace: reference.namespace, name: name)
    network.set("spec", "podSelector", "matchLabels", to: labels)
    network.set("spec", "policyTypes", to: ["Ingress", "Egress"])
    for (direction, key) in [("ingress", "from"), ("egress", "to")] {
      var rule: JSONValue = [:]
      rule[key] = [["podSelector": ["matchLabels": labels]]]
      if !ports.isEmpty {
        rule["ports"] = .array(ports.map { ["protocol": "TCP", "port": .int(Int64($0))] })
      }
      network.set("spec", direction, to: [rule])
    }
    guard topology.namespace(named: reference.namespace)?.hasIstioInjection ?? false else { return [network] }
    let domain = topology.serviceMesh?.trustDomain ?? ServiceMesh.defaultTrustDomain
    let account = workloads[reference]?.serviceAccount ?? reference.name
    var rule: JSONValue = [
      "from": [["source": ["principals": [.string("\(domain)/ns/\(reference.namespace)/sa/\(account)")]]]]
    ]
    if !ports.isEmpty { rule["to"] = [["operation": ["ports": .array(ports.map { .string("\($0)") })]]] }
    var mesh = KubeObject(kind: .authorizationPolicy, namespace: reference.namespace, name: name)
    mesh.set("spec", "selector", "matchLabels", to: labels)
    mesh.set("spec", "action", to: "ALLOW")
    mesh.set("spec", "rules", to: [rule])
    return [network, mesh]
  }
}
