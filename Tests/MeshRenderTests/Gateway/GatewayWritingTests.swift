import MeshTopology
import Testing

@testable import MeshRender

@Suite("A written gateway")
struct GatewayWritingTests {
  @Test("reads back as the same gateway")
  func readsBack() throws {
    for topology in [try ReferenceGateway.topology(), try FullGateway.topology()] {
      #expect(try topology.validated() == topology)
      #expect(try topology.validated().yamlText() == topology.yamlText())
    }
  }

  @Test("leaves out what is as by default")
  func leavesOutDefaults() throws {
    let text = try ReferenceGateway.topology().yamlText()
    for word in ["stripPath", "policy: local", "workerProcesses", "preserveClientAddress", "limitBy"] {
      #expect(text.contains(word) == false, "\(word)")
    }
  }

  @Test("is Swift as well, with enumerations for what is one of several")
  func isSwift() throws {
    let text = try FullGateway.topology().swiftText()
    for part in [
      ".token(Gateway.TokenCheck(issuer: \"accounts\").with {", ".jwt(Gateway.JWTCheck().with {",
      "$0.config = [\"allow\": [\"partners\"]]", "$0.limitBy = .header",
    ] {
      #expect(text.contains(part), "\(part)")
    }
  }
}
