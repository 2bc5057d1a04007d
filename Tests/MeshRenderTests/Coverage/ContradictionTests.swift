import KubeModel
import MeshRender
import MeshTopology
import Testing

/// Each as what holds of all that is rendered instead, and where the reader keeps it so, as what it says of the
/// wrong topology.
@Suite("The contradictions of the reference design")
struct ContradictionTests {
  let system: RenderedSystem
  let network: NetworkPolicies
  let authorization: AuthorizationPolicies

  init() throws {
    system = try RenderedSystem.shared.get()
    network = NetworkPolicies(policies: system.of("NetworkPolicy"))
    authorization = AuthorizationPolicies(policies: system.of("AuthorizationPolicy"))
  }

  private static let dns = NetworkPolicies.End.pod(namespace: "kube-system", labels: ["k8s-app": "kube-dns"])
  private static let istiod = NetworkPolicies.End.pod(namespace: "istio-system", labels: ["app": "istiod"])

  @Test("1: no egress policy shuts out DNS or istiod")
  func reachesPlatform() {
    #expect(system.pods.count >= 10)
    for pod in system.pods {
      let end = NetworkPolicies.End(pod)
      #expect(!network.selecting(end, for: "Egress").isEmpty, "\(pod.owner) may call anything")
      for transport in ["UDP", "TCP"] {
        #expect(
          network.allow(from: end, to: Self.dns, port: 53, over: transport), "\(pod.owner) \(transport)")
      }
      if system.hasProxy(pod) {
        #expect(network.allow(from: end, to: Self.istiod, port: 15012), "\(pod.owner)")
      }
    }
  }

  @Test("2: probes, load balancers' checks and users get through")
  func letsHealthChecksIn() throws {
    for pod in system.pods {
      for container in pod.containers {
        let ports = container["ports"]?.array ?? []
        for kind in ["readinessProbe", "livenessProbe", "startupProbe"] {
          guard let probe = container[kind] else { continue }
          guard let port = (probe["httpGet"] ?? probe["tcpSocket"])?["port"] else { continue }
          // A name must be that of a port of the container; a number need not be listed.
          if port.string != nil { #expect(ports.contains { $0["name"] == port }, "\(pod.owner) \(kind)") }
        }
      }
      #expect(pod.annotations["sidecar.istio.io/rewriteAppHTTPProbers"] != "false", "\(pod.owner)")
    }
    let balancers = system.of("Service").filter { $0[path: "spec", "type"]?.string == "LoadBalancer" }
    #expect(balancers.map(\.name) == ["api-gateway"])
    for service in balancers {
      let selector = LabelSelector(matchLabels: service[path: "spec", "selector"]?.stringMap ?? [:])
      let targets = system.pods.filter { $0.namespace == service.namespace && selector.matches($0.labels) }
      #expect(!targets.isEmpty)
      for (pod, port) in targets.flatMap({ pod in service.targetPorts.map { (pod, $0) } }) {
        // A user, and the two ranges that the provider's health checks come from.
        for address in ["198.51.100.7", "35.191.0.1", "130.211.0.1"] {
          #expect(network.allow(from: .address(address), to: .init(pod), port: port), "\(address) \(port)")
        }
      }
    }
  }

  @Test("3: callers have the identities that callees ask for")
  func knowsCallers() throws {
    let accounts = Set(system.of("ServiceAccount").map { "\($0.namespace ?? "")/sa/\($0.name)" })
    let identities = Set(
      system.pods.filter(system.hasProxy).map { "\($0.namespace)/sa/\($0.serviceAccount)" })
    let principals = system.of("AuthorizationPolicy").flatMap { $0.principals }.filter { $0 != "*" }
    #expect(principals.count >= 10)
    for principal in principals {
      let identity = String(principal.dropFirst("cluster.local/ns/".count))
      #expect(accounts.contains(identity) && identities.contains(identity), "\(principal)")
    }
    let cluster = try #require(system.topology.primaryCluster)
    for caller in system.renderer.workloads(in: cluster) {
      let from = try #require(system.pod(of: caller.reference))
      for call in caller.calls {
        guard let to = system.pod(of: call.to), system.hasProxy(to) else { continue }
        #expect(system.hasProxy(from), "\(caller.name) has no certificate for \(call.to)")
      }
    }
    let outside = try RenderedSystem.problems(
      in: "namespaces.yaml", "istioInjection: true", "istioInjection: false")
    #expect(
      outside.contains(
        "cache/redis-cluster refuses callers without a certificate of the mesh, and the namespace production is "
          + "not part of it"))
  }

  @Test("4: every peer of a NetworkPolicy is there")
  func namesPods() throws {
    let platform = ["kube-system", "istio-system", "cnpg-system"]
    var count = 0
    for policy in network.policies {
      let rules =
        (policy[path: "spec", "ingress"]?.array ?? []) + (policy[path: "spec", "egress"]?.array ?? [])
      #expect(
        system.pods.contains { pod in
          network.selecting(.init(pod), for: "Ingress").contains(policy)
            || network.selecting(.init(pod), for: "Egress").contains(policy)
        }, "\(policy.reference) selects no pod")
      for peer in rules.flatMap({ ($0["from"]?.array ?? []) + ($0["to"]?.array ?? []) })
      where peer["ipBlock"] == nil {
        count += 1
        let isPod = system.pods.contains { NetworkPolicies.peer(peer, of: policy, selects: .init($0)) }
        let isPlatform =
          peer["podSelector"] == nil
          && platform.contains {
            NetworkPolicies.peer(peer, of: policy, selects: .pod(namespace: $0, labels: [:]))
          }
        #expect(isPod || isPlatform, "\(policy.reference) \(peer.jsonText())")
      }
    }
    #expect(count >= 40)
    let wrong = try RenderedSystem.problems(
      in: "order-service.yaml", "to: user-service", "to: cache/user-service")
    #expect(wrong == ["there is no workload user-service in the namespace cache"])
  }
}

extension RenderedSystem {
  /// A pod of a workload.
  func pod(of reference: WorkloadReference) -> RenderedPod? {
    pods.first {
      $0.namespace == reference.namespace
        && [$0.labels["app"], $0.labels["cnpg.io/cluster"]].contains(reference.name)
    }
  }
}

extension KubeObject {
  /// The ports of the pods behind a Service.
  var targetPorts: [Int64] {
    (self[path: "spec", "ports"]?.array ?? []).compactMap { ($0["targetPort"] ?? $0["port"])?.int }
  }

  /// The identities that an AuthorizationPolicy names.
  var principals: [String] {
    (self[path: "spec", "rules"]?.array ?? []).flatMap { $0["from"]?.array ?? [] }
      .flatMap { $0[path: "source", "principals"]?.array ?? [] }.compactMap(\.string)
  }
}
