import KubeModel
import MeshTopology
import Testing

/// The checks of contradictions must be able to find them: here they look at the reference design's own policies.
@Suite("Judging policies")
struct PolicyJudgementTests {
  private static let user = RenderedPod(
    owner: "Deployment production/user-service", namespace: "production", labels: ["app": "user-service"],
    annotations: [:], spec: .null)

  private func object(_ text: String) throws -> KubeObject {
    let document = try #require(try YAMLReader().documents(Array(text.utf8), file: "a.yaml").first)
    return try #require(KubeObject(document.json))
  }

  @Test("finds that DNS is shut out, and that a peer is looked for in the policy's own namespace")
  func judgesNetworkPolicy() throws {
    let policy = try object(
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: user-service-policy, namespace: production}
      spec:
        podSelector: {matchLabels: {app: user-service}}
        policyTypes: [Ingress, Egress]
        ingress:
        - from: [{podSelector: {matchLabels: {app: api-gateway}}}]
          ports: [{protocol: TCP, port: 8080}]
        egress:
        - to: [{podSelector: {matchLabels: {app: database-service}}}]
          ports: [{protocol: TCP, port: 5432}]
        - to: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}]
      """)
    let network = NetworkPolicies(policies: [policy])
    let user = NetworkPolicies.End(Self.user)
    func pod(_ app: String, in namespace: String) -> NetworkPolicies.End {
      .pod(namespace: namespace, labels: ["app": app])
    }
    #expect(!network.allow(from: user, to: pod("dns", in: "kube-system"), port: 53, over: "UDP"))
    #expect(network.allow(from: user, to: pod("database-service", in: "production"), port: 5432))
    #expect(!network.allow(from: user, to: pod("database-service", in: "production"), port: 5433))
    #expect(
      !network.allow(from: user, to: pod("database-service", in: "production"), port: 5432, over: "UDP"))
    #expect(network.allow(from: pod("api-gateway", in: "production"), to: user, port: 8080))
    #expect(!network.allow(from: pod("api-gateway", in: "api-gateway"), to: user, port: 8080))
    #expect(!network.allow(from: pod("kong", in: "api-gateway"), to: user, port: 8080))
    #expect(!network.allow(from: pod("prometheus", in: "monitoring"), to: user, port: 15020))
    #expect(network.allow(from: user, to: .address("10.2.0.1"), port: 443))
    #expect(!network.allow(from: user, to: .address("10.1.0.1"), port: 443))
    #expect(network.allow(from: pod("kong", in: "api-gateway"), to: pod("other", in: "production"), port: 1))
  }

  @Test("finds that a gateway elsewhere, other methods and stripped paths are refused")
  func judgesAuthorizationPolicy() throws {
    let policy = try object(
      """
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata: {name: user-service-authz, namespace: production}
      spec:
        selector: {matchLabels: {app: user-service}}
        rules:
        - from: [{source: {principals: [cluster.local/ns/production/sa/api-gateway]}}]
          to: [{operation: {methods: [GET, POST], paths: [/api/users/*]}}]
      """)
    let authorization = AuthorizationPolicies(policies: [policy])
    func allows(_ method: String, _ path: String, from namespace: String = "production") -> Bool {
      authorization.allow(
        .init(
          principal: "cluster.local/ns/\(namespace)/sa/api-gateway", port: 8080, method: method, path: path),
        to: Self.user)
    }
    #expect(allows("GET", "/api/users/1"))
    #expect(!allows("PUT", "/api/users/1"))
    #expect(!allows("GET", "/1"))
    #expect(!allows("GET", "/api/users"))
    #expect(!allows("GET", "/api/users/1", from: "api-gateway"))
  }
}
