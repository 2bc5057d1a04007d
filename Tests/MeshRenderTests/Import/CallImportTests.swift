import MeshRender
import MeshTopology
import Testing

@Suite("Importing calls")
struct CallImportTests {
  @Test(
    "finds a call in what names the callee",
    arguments: [
      "http://catalog:8080/v1", "catalog:8080", "catalog.shop", "catalog.shop.svc.cluster.local:8080",
      "postgres://user:pw@catalog.shop.svc:8080/db", "other:1,catalog:8080",
    ])
  func findsNeed(_ value: String) throws {
    let result = try ImportText.run(
      ImportText.service("cart", env: "{name: TARGET, value: \"\(value)\"}") + ImportText.service("catalog"))
    #expect(result.topology.workload(named: "cart", namespace: "shop")?.calls.map(\.to) == ["shop/catalog"])
    #expect(
      result.assumptions.contains { $0.message.contains("the variable TARGET of Deployment shop/cart") })
  }

  @Test(
    "takes no word for a host",
    arguments: ["catalogue", "/catalog", "catalog-v2", "https://", "catalog.other"])
  func findsNothing(_ value: String) throws {
    let result = try ImportText.run(
      ImportText.service("cart", env: "{name: TARGET, value: \"\(value)\"}") + ImportText.service("catalog"))
    #expect(result.topology.workload(named: "cart", namespace: "shop")?.calls.isEmpty == true)
  }

  @Test("finds a call in a file of settings")
  func readsFiles() throws {
    let result = try ImportText.run(
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: cart, namespace: shop}
      spec:
        selector: {matchLabels: {app: cart}}
        template:
          metadata: {labels: {app: cart}}
          spec:
            containers: [{name: cart, image: "cart:1", volumeMounts: [{name: c, mountPath: /etc/cart}]}]
            volumes: [{name: c, configMap: {name: cart}}]
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: cart, namespace: shop}
      data: {app.yaml: "catalog: https://other.example.com\\nupstream: 'http://db.data:8080/x'\\nname: catalog"}
      ---

      """ + ImportText.service("catalog") + ImportText.service("db", namespace: "data"))
    #expect(result.topology.workload(named: "cart", namespace: "shop")?.calls.map(\.to) == ["data/db"])
  }

  @Test("makes an external service of a host outside")
  func findsOutside() throws {
    let result = try ImportText.run(
      ImportText.service("cart", env: "{name: PAY, value: \"https://api.stripe.com/v1\"}"))
    #expect(result.topology.externalServices.map(\.hosts) == [["api.stripe.com"]])
    #expect(result.topology.workloads.first?.calls.map(\.to) == ["shop/api-stripe-com"])
  }

  @Test("takes methods and paths from AuthorizationPolicies, and pairs from NetworkPolicies")
  func readsPolicies() throws {
    let result = try ImportText.run(
      ImportText.service("cart") + ImportText.service("catalog") + ImportText.service("db", port: 5432) + """
        apiVersion: security.istio.io/v1
        kind: AuthorizationPolicy
        metadata: {name: catalog, namespace: shop}
        spec:
          selector: {matchLabels: {app: catalog}}
          rules:
          - from: [{source: {principals: [cluster.local/ns/shop/sa/cart]}}]
            to: [{operation: {methods: [GET], paths: ["/v1/*"]}}]
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: db, namespace: shop}
        spec:
          podSelector: {matchExpressions: [{key: app, operator: In, values: [db]}]}
          ingress: [{from: [{podSelector: {matchLabels: {app: catalog}}}], ports: [{port: 5432}]}]
        """)
    let cart = try #require(result.topology.workload(named: "cart", namespace: "shop"))
    #expect(cart.calls == [Call(to: "shop/catalog").with { ($0.methods, $0.paths) = ([.get], ["/v1/*"]) }])
    let catalog = try #require(result.topology.workload(named: "catalog", namespace: "shop"))
    #expect(catalog.calls == [Call(to: "shop/db")])
    #expect(result.topology.workload(named: "db", namespace: "shop")?.ports.first?.protocol == .tcp)
  }

  static let need = "{name: TARGET, value: \"http://db.data:8080\"}"

  @Test(
    "reports a policy that forbids what something else needs",
    arguments: [
      (
        "podSelector: {matchLabels: {app: db}}, ingress: [{from: [{podSelector: {matchLabels: {app: cart}}}]}]",
        "lets app: cart call in data only, where no pod has the label; shop/cart has it: a namespaceSelector is missing"
      ),
      (
        "podSelector: {matchLabels: {app: db}}, policyTypes: [Ingress], ingress: []",
        "keeps shop/cart from data/db, which the variable TARGET"
      ),
      ("podSelector: {}, policyTypes: [Ingress]", "keeps shop/cart from data/db, which the variable TARGET"),
      ("podSelector: {matchLabels: {app: other}}, policyTypes: [Ingress]", "selects no pods"),
      (
        "podSelector: {matchLabels: {app: db}}, policyTypes: [Egress], egress: [{to: [{podSelector: {matchLabels: {app: db}}}], ports: [{port: 1}]}]",
        "lets data/db out without port 53"
      ),
    ])
  func reports(_ spec: String, _ words: String) throws {
    let result = try ImportText.run(
      ImportText.service("cart", env: CallImportTests.need) + ImportText.service("db", namespace: "data")
        + """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: policy, namespace: data}
        spec: {\(spec)}
        """)
    #expect(result.contradictionWords.contains { $0.contains(words) }, "\(result.contradictionWords)")
  }
}
