import KubeModel
import MeshRender
import MeshTopology
import Testing

@Suite("What is easily lost on the way through manifests")
struct LossImportTests {
  @Test("is rendered again without a difference")
  func losesNothing() throws {
    #expect(RoundTrip.differences(try LossTopology.topology(), try LossTopology.imported().topology) == [])
  }

  @Test("calls of external services, with their addresses and in their order")
  func findsExternalCalls() throws {
    let topology = try LossTopology.imported().topology
    let booking = try #require(topology.workload(named: "booking", namespace: "shop"))
    #expect(booking.calls.map(\.to) == ["shop/sessions", "shop/tickets", "shop/stripe", "shop/ledger"])
    #expect(
      topology.externalServices.map(\.addresses) == [["203.0.113.8/32", "203.0.113.9/32"], ["0.0.0.0/0"]])
  }

  @Test("the Secrets of a Redis' password and of a gateway's certificate")
  func findsSecrets() throws {
    let topology = try LossTopology.imported().topology
    #expect(topology.redisClusters.first?.password == SecretKey(name: "sessions-auth", key: "secret"))
    #expect(topology.gateways.first?.certificate == "shop-tls")
    #expect(topology.gateways.first?.env == [:])
  }

  @Test("the replication of a database")
  func findsReplication() throws {
    let replication = try #require(try LossTopology.imported().topology.databases.first?.replication)
    #expect(replication.kind == .streaming)
    #expect(replication.maximumLag == .seconds(30))
    #expect(replication.hosts == ["us-east1": "db.east.example.com", "us-west1": "db.west.example.com"])
  }

  @Test("addresses of a translation are none that anything else may have")
  func findsTranslation() throws {
    let network = try #require(try LossTopology.imported().topology.networks.first)
    #expect(network.nat?.addresses == 2 && network.nat?.portsPerNode == 128)
    #expect(network.reservedAddresses.map(\.name) == ["entry"])
    #expect(network.project == "tickets-1")
    #expect(network.privateServicesRange == "10.40.0.0/20")
  }

  static let peers = """
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata: {name: cart, namespace: shop}
    spec:
      podSelector: {matchLabels: {app: cart}}
      policyTypes: [Ingress, Egress]
      ingress: [{from: [{podSelector: {matchLabels: {app: cart}}}], ports: [{port: 8080}]}]
      egress:
      - {to: [{podSelector: {matchLabels: {app: cart}}}], ports: [{port: 8080}]}
      - {to: [{ipBlock: {cidr: 203.0.113.0/24}}], ports: [{port: 5439}]}
      - {ports: [{port: 53, protocol: UDP}], to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}}]}
    """

  @Test("pods of a StatefulSet that call each other")
  func callsItself() throws {
    let text = ImportText.service("cart").replacing("kind: Deployment", with: "kind: StatefulSet")
    let result = try ImportText.run(text + LossImportTests.peers)
    #expect(result.topology.workload(named: "cart", namespace: "shop")?.calls == [Call(to: "shop/cart")])
    #expect(!result.kept.contains { $0.object.name == "cart-peers" })
  }

  @Test("pods of a Deployment that call each other, by a policy of their own")
  func keepsPeers() throws {
    let result = try ImportText.run(ImportText.service("cart") + LossImportTests.peers)
    #expect(result.topology.workload(named: "cart", namespace: "shop")?.calls == [])
    let kept = try #require(result.kept.first { $0.object.name == "cart-peers" })
    #expect(kept.reason.hasPrefix("the pods of shop/cart call each other"))
    #expect(
      kept.object[path: "spec", "ingress"] == [
        [
          "from": [["podSelector": ["matchLabels": ["app": "cart"]]]],
          "ports": [["protocol": "TCP", "port": 8080]],
        ]
      ])
    #expect(result.topology.manifests.contains { $0.object == kept.object })
  }

  @Test("addresses that no external service has, by a policy of their own")
  func keepsAddresses() throws {
    let result = try ImportText.run(ImportText.service("cart") + LossImportTests.peers)
    let kept = try #require(result.kept.first { $0.object.name == "cart-addresses" })
    #expect(kept.reason.contains("name the hosts behind them in an ExternalService"))
    #expect(
      kept.object[path: "spec", "egress"]
        == [["to": [["ipBlock": ["cidr": "203.0.113.0/24"]]], "ports": [["port": 5439]]]])
  }

  @Test("addresses that several external services may have are not guessed at")
  func guessesNoService() throws {
    func entry(_ name: String) -> String {
      """
      apiVersion: networking.istio.io/v1
      kind: ServiceEntry
      metadata: {name: \(name), namespace: shop}
      spec: {hosts: [\(name).example.net], ports: [{number: 5439, name: tcp, protocol: TLS}]}
      ---

      """
    }
    let one = try ImportText.run(ImportText.service("cart") + entry("ledger") + LossImportTests.peers)
    #expect(one.topology.workload(named: "cart", namespace: "shop")?.calls.map(\.to) == ["shop/ledger"])
    #expect(one.topology.externalServices.map(\.addresses) == [["203.0.113.0/24"]])
    let two = try ImportText.run(
      ImportText.service("cart") + entry("ledger") + entry("books") + LossImportTests.peers)
    #expect(two.topology.workload(named: "cart", namespace: "shop")?.calls == [])
    #expect(two.kept.contains { $0.object.name == "cart-addresses" })
  }
}
