import KubeModel
import MeshTopology
import Testing

@testable import MeshRender

@Suite("Tokens of an outside issuer")
struct TokenTests {
  private let principal: JSONValue = ["cluster.local/ns/api-gateway/sa/api-gateway"]

  private func rules(_ objects: [RenderedObject], _ name: String) throws -> [JSONValue] {
    let policy = try objects.only("AuthorizationPolicy", name)
    #expect(policy[path: "spec", "action"] == "DENY")
    return policy[path: "spec", "rules"]?.array ?? []
  }

  @Test("are verified at the callee, by signature, issuer and audience")
  func areVerified() throws {
    let objects = try ReferenceGateway.objects(try ReferenceGateway.topology())
    let object = try objects.only("RequestAuthentication", "order-service-api-gateway-tokens")
    #expect(object.namespace == "production")
    #expect(object[path: "spec", "selector", "matchLabels"] == ["app": "order-service"])
    #expect(
      object[path: "spec", "jwtRules"] == [
        [
          "issuer": "https://accounts.example.com", "jwksUri": "https://accounts.example.com/keys",
          "audiences": ["shop"], "forwardOriginalToken": true,
        ]
      ])
    #expect(objects.of("RequestAuthentication").count == 1)
  }

  @Test("are asked of all that the gateway hands on, and must have every scope")
  func areAskedFor() throws {
    let objects = try ReferenceGateway.objects(try ReferenceGateway.topology())
    let claim: JSONValue = "request.auth.claims[scope]"
    let source: JSONValue = ["source": ["principals": principal]]
    #expect(
      try rules(objects, "order-service-api-gateway-tokens") == [
        [
          "from": [
            ["source": ["principals": principal, "notRequestPrincipals": ["https://accounts.example.com/*"]]]
          ]
        ],
        ["from": [source], "when": [["key": claim, "notValues": ["read"]]]],
        ["from": [source], "when": [["key": claim, "notValues": ["write"]]]],
      ])
  }

  @Test("are told apart by path and method where routes to one workload ask for different scopes")
  func areToldApart() throws {
    let objects = try ReferenceGateway.objects(try FullGateway.topology())
    let rules = try rules(objects, "order-service-api-gateway-tokens")
    #expect(rules.count == 4)
    let operations = rules.compactMap { $0[path: "to"]?.array?.first?["operation"] }
    #expect(operations.map { $0["methods"] } == [["GET"], ["GET"], ["POST"], ["POST"]])
    #expect(operations.allSatisfy { $0["paths"] == ["/api/orders*"] })
    #expect(
      rules.compactMap { $0["when"]?.array?.first } == [
        ["key": "request.auth.claims[scp]", "notValues": ["read"]],
        ["key": "request.auth.claims[scp]", "notValues": ["write"]],
      ])
  }

  @Test("leave what other workloads of the mesh do alone")
  func leavesOthersAlone() throws {
    for topology in [try ReferenceGateway.topology(), try FullGateway.topology()] {
      for rule in try rules(try ReferenceGateway.objects(topology), "order-service-api-gateway-tokens") {
        #expect(rule["from"]?.array?.allSatisfy { $0[path: "source", "principals"] == principal } == true)
      }
    }
  }
}
