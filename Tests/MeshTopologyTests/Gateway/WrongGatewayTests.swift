import MeshTopology
import Testing

@Suite("A wrong gateway")
struct WrongGatewayTests {
  @Test("is refused with the place, the path and the remedy", arguments: WrongGateway.cases)
  func isRefused(_ wrong: WrongGateway) throws {
    let text = try #require(SmallGateway.text(wrong.original, wrong.change), "the change did not apply")
    #expect(SmallGateway.text != text)
    #expect(SmallTopology.problems(text) == wrong.problems.map(\.description))
  }

  @Test("is not what the tests start from")
  func isRightAtFirst() {
    #expect(SmallTopology.problems(SmallGateway.text) == [])
  }

  private func problems(_ changes: [(original: String, change: String)]) throws -> [String] {
    var text = SmallGateway.text
    for (original, change) in changes + [("image: kong:3.4", "configuration: gatewayAPI\n  image: kong:3.9")]
    {
      text.replaceSubrange(try #require(text.firstRange(of: original)), with: change)
    }
    return SmallTopology.problems(text)
  }

  @Test("leads to one Service with TLS and without, of which the controller takes it for one")
  func mixesProtocols() throws {
    let inner = "    - {name: inner, to: production/user-service, port: grpc, paths: [/inner]}\n"
    let wanted = Wanted(
      at: "80:7",
      "routes lead to user-service with TLS and without, and the Kong Ingress Controller takes its Service for one of both",
      in: "Gateway/kong spec.routes[2]",
      remedy: "route to ports of user-service that all end TLS, or to ports that do not")
    #expect(
      try problems([("protocol: grpc}", "protocol: https}"), ("  plugins:\n", inner + "  plugins:\n")])
        == [wanted.description])
  }

  @Test("needs a name that something else has", arguments: ["kong-controller", "kong-admin"])
  func hasNoName(name: String) throws {
    let wanted = Wanted(
      at: "55:9", "the gateway needs the name \(name) for itself, and something else has it",
      in: "Gateway/kong metadata.name", remedy: "give that or the gateway another name")
    let counter = "{name: counter, namespace: production}"
    #expect(
      try problems([(counter, "{name: \(name), namespace: api-gateway}")]) == [wanted.description])
  }

  @Test("is what no other test tries")
  func isTriedOnce() {
    #expect(Set(WrongGateway.cases.map { $0.original + $0.change }).count == WrongGateway.cases.count)
  }
}

/// The small gateway with one thing changed, and what the reader says about it.
struct WrongGateway: CustomTestStringConvertible {
  let testDescription: String
  let original: String
  let change: String
  let problems: [Wanted]

  static let cases =
    routes + matching + tokens + plugins + limits + entrance + settings + objects
    + controllerNames + objectRoutes

  init(_ description: String, _ original: String, _ change: String, _ problems: Wanted...) {
    testDescription = description
    self.original = original
    self.change = change
    self.problems = problems
  }
}
