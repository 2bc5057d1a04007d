public import KubeModel
public import MeshTopology

/// Parts of the platform that every workload needs, whatever the topology says.
private enum Platform {
  static let dnsNamespace = "kube-system"
  static let dnsPort = 53
  static let istioNamespace = "istio-system"
  /// Where proxies get their configuration and certificates.
  static let istiodPort = 15012
  static let monitoringNamespace = "monitoring"
  /// Where the proxy serves its own metrics and the application's.
  static let metricsPort = 15020
}

extension Renderer {
  /// The NetworkPolicy of a workload: it lets through what the calls of the topology need, seen from both
  /// ends, and what the platform needs.
  ///
  /// Ports are those of the containers, because a policy judges a packet after the Service has sent it to
  /// a pod. Probes need no rule: a pod's own node may always reach it.
  public func networkPolicy(for workload: Workload) -> KubeObject {
    var object = object(.networkPolicy, for: workload)
    object.set("spec", "podSelector", "matchLabels", to: .strings([MeshLabels.app: workload.name]))
    object.set("spec", "policyTypes", to: ["Ingress", "Egress"])
    object.set("spec", "ingress", to: .array(ingress(of: workload)))
    object.set("spec", "egress", to: .array(egress(of: workload)))
    return object
  }

  private func ingress(of workload: Workload) -> [JSONValue] {
    var rules: [JSONValue] = []
    if workload.isExposed {
      rules.append(["ports": .array(workload.ports.map { port($0.targetPort) })])
    }
    var callers: [Int: Set<WorkloadReference>] = [:]
    for caller in self.callers(of: workload) {
      guard let called = workload.port(caller.port) else { continue }
      callers[called.targetPort, default: []].insert(caller.workload)
    }
    for (number, references) in callers.sorted(by: { $0.key < $1.key }) {
      rules.append(["from": .array(references.sorted().map(peer)), "ports": [port(number)]])
    }
    if namespace(of: workload).hasIstioInjection {
      rules.append([
        "from": [peer(namespace: Platform.monitoringNamespace)], "ports": [port(Platform.metricsPort)],
      ])
    }
    return rules
  }

  private func egress(of workload: Workload) -> [JSONValue] {
    var ports: [WorkloadReference: Set<Int>] = [:]
    for call in workload.calls {
      guard let called = self.workload(call.to)?.port(call.port) else { continue }
      ports[call.to, default: []].insert(called.targetPort)
    }
    var rules: [JSONValue] = ports.sorted { $0.key < $1.key }.map { callee, numbers in
      ["to": [peer(callee)], "ports": .array(numbers.sorted().map { port($0) })]
    }
    rules.append([
      "to": [peer(namespace: Platform.dnsNamespace)],
      "ports": [port(Platform.dnsPort, protocol: "UDP"), port(Platform.dnsPort)],
    ])
    if namespace(of: workload).hasIstioInjection {
      rules.append([
        "to": [peer(namespace: Platform.istioNamespace)], "ports": [port(Platform.istiodPort)],
      ])
    }
    return rules
  }

  /// Without the namespaceSelector the peer would be looked for in the policy's own namespace only.
  private func peer(_ workload: WorkloadReference) -> JSONValue {
    var peer = peer(namespace: workload.namespace)
    peer["podSelector"] = ["matchLabels": [MeshLabels.app: .string(workload.name)]]
    return peer
  }

  private func peer(namespace: String) -> JSONValue {
    ["namespaceSelector": ["matchLabels": [MeshLabels.namespaceName: .string(namespace)]]]
  }

  private func port(_ number: Int, protocol: String = "TCP") -> JSONValue {
    ["protocol": .string(`protocol`), "port": .int(Int64(number))]
  }
}
