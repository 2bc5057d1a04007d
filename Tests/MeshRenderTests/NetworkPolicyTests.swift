import KubeModel
import MeshRender
import MeshTopology
import Testing

@Suite("The network policies")
struct NetworkPolicyTests {
  @Test("let each call through at both ends, and nothing between workloads that do not call")
  func letCallsThrough() throws {
    let topology = try Example.topology()
    let policies = try Example.objects().of("NetworkPolicy")
    var allowed: Set<String> = []
    var called: Set<String> = []
    for caller in topology.workloads {
      for call in caller.calls {
        let callee = try #require(topology.workload(call.to))
        called.insert("\(caller.name) \(callee.name) \(try #require(callee.port(call.port)).targetPort)")
      }
      for callee in topology.workloads where callee.reference != caller.reference {
        for port in Set(callee.ports.map(\.targetPort)) {
          let connection = Connection(from: caller, to: callee, port: Int64(port))
          if connection.isAllowed(by: policies) { allowed.insert("\(caller.name) \(callee.name) \(port)") }
        }
      }
    }
    // What is exposed may be reached by all, but its neighbours' own policies do not let them leave.
    #expect(allowed == called)
    #expect(called.count == 6)
  }

  @Test("let every pod ask DNS and istiod, and Prometheus scrape it")
  func letPlatformThrough() throws {
    for policy in try Example.objects().of("NetworkPolicy") {
      let egress = policy[path: "spec", "egress"]?.array ?? []
      #expect(Connection.allows(egress, "to", namespace: "kube-system", app: nil, port: 53, protocol: "UDP"))
      #expect(Connection.allows(egress, "to", namespace: "kube-system", app: nil, port: 53, protocol: "TCP"))
      #expect(Connection.allows(egress, "to", namespace: "istio-system", app: "istiod", port: 15012))
      let ingress = policy[path: "spec", "ingress"]?.array ?? []
      #expect(Connection.allows(ingress, "from", namespace: "monitoring", app: "prometheus", port: 15020))
      #expect(!Connection.allows(ingress, "from", namespace: "elsewhere", app: "prometheus", port: 15020))
    }
  }

  @Test("let the world reach the gateway's ports only")
  func letWorldReachGateway() throws {
    for policy in try Example.objects().of("NetworkPolicy") {
      let ingress = policy[path: "spec", "ingress"]?.array ?? []
      let open = ingress.filter { $0["from"] == nil }
      let ports = open.flatMap { $0["ports"]?.array ?? [] }.compactMap { $0["port"]?.int }
      #expect(ports == (policy.name == "api-gateway" ? [8000, 8443] : []))
    }
  }
}

/// A connection from one workload to another, judged as the NetworkPolicy specification says: a direction
/// of a pod is shut once a policy selects the pod for it, but for what some rule lists.
struct Connection {
  let from: Workload
  let to: Workload
  let port: Int64

  func isAllowed(by policies: [KubeObject]) -> Bool {
    isAllowed(policies, at: from, direction: "Egress", rules: "egress", peers: "to", other: to)
      && isAllowed(policies, at: to, direction: "Ingress", rules: "ingress", peers: "from", other: from)
  }

  private func isAllowed(
    _ policies: [KubeObject], at pod: Workload, direction: String, rules: String, peers: String,
    other: Workload
  ) -> Bool {
    let selecting = policies.filter { policy in
      let selector = policy[path: "spec", "podSelector"].flatMap { LabelSelector(json: $0) }
      let isDirected = policy[path: "spec", "policyTypes"]?.array?.contains(.string(direction)) == true
      return policy.namespace == pod.namespace && isDirected
        && selector?.matches([MeshLabels.app: pod.name]) == true
    }
    return selecting.isEmpty
      || selecting.contains { policy in
        Connection.allows(
          policy[path: "spec", rules]?.array ?? [], peers, namespace: other.namespace, app: other.name,
          port: port)
      }
  }

  /// Whether one of `rules` lists the peer and the port.
  static func allows(
    _ rules: [JSONValue], _ peers: String, namespace: String, app: String?, port: Int64,
    protocol: String = "TCP"
  ) -> Bool {
    rules.contains { rule in
      let isPort = rule["ports"]?.array?.contains {
        $0["port"]?.int == port && ($0["protocol"]?.string ?? "TCP") == `protocol`
      }
      let isPeer = rule[peers]?.array?.contains { peer in
        let namespaces = peer["namespaceSelector"].flatMap { LabelSelector(json: $0) }
        let pods = peer["podSelector"].flatMap { LabelSelector(json: $0) }
        // A peer without namespaceSelector means the policy's own namespace; none is rendered.
        return namespaces?.matches([MeshLabels.namespaceName: namespace]) == true
          && (pods?.matches(app.map { [MeshLabels.app: $0] } ?? [:]) ?? true)
      }
      return (isPort ?? true) && (isPeer ?? true)
    }
  }
}
