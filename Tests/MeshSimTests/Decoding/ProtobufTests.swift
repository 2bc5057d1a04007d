import KubeModel
import Testing

@testable import MeshSim

/// Bodies as kubectl 1.32 sends them.
@Suite("A body in protobuf")
struct ProtobufTests {
  private static func read(_ base64: String, apiVersion: String, kind: String) throws -> JSONValue {
    let body = try Base64Text.decode(base64).get()
    return try ObjectDecoding.read(
      body, mediaType: "application/vnd.kubernetes.protobuf",
      shape: Schema.builtIn.root(apiVersion: apiVersion, kind: kind), schema: .builtIn, validation: .strict,
      expected: (apiVersion, kind)
    ).value
  }

  private static let secret = "azhzAAoMCgJ2MRIGU2VjcmV0Eh0KEQoBcxIAGgAiACoAMgA4AEIAEgYKAWESAWIaABoAIgA="

  @Test("is the same object as in JSON: bytes in base64")
  func bytes() throws {
    let object = try ProtobufTests.read(ProtobufTests.secret, apiVersion: "v1", kind: "Secret")
    #expect(
      object == ["apiVersion": "v1", "kind": "Secret", "metadata": ["name": "s"], "data": ["a": "Yg=="]])
  }

  @Test("holds numbers, int-or-strings and structs that are always written")
  func service() throws {
    let body =
      "azhzAAoNCgJ2MRIHU2VydmljZRJpCh8KA3N2YxIAGgAiACoAMgA4AEIAWgoKA2FwcBIDc3ZjEkIKGwoHODAtODA4MBIDVENQGFAiBwgAEJA/"
      + "GgAoABIKCgNhcHASA3N2YxoAIglDbHVzdGVySVA6AEIAUgBaAGAAaAAaAgoAGgAiAA=="
    let object = try ProtobufTests.read(body, apiVersion: "v1", kind: "Service")
    #expect(
      object["spec"] == [
        "ports": [["name": "80-8080", "port": 80, "protocol": "TCP", "targetPort": 8080]],
        "selector": ["app": "svc"], "type": "ClusterIP",
      ])
    #expect(object["status"] == ["loadBalancer": [:]])
    #expect(object[path: "metadata", "labels"] == ["app": "svc"])
  }

  @Test("holds quantities and structs that stand in another's place")
  func quantities() throws {
    let quota = try ProtobufTests.read(
      "azhzAAoTCgJ2MRINUmVzb3VyY2VRdW90YRIwChEKAXESABoAIgAqADIAOABCABIZCgoKA2NwdRIDCgExCgsKBHBvZHMSAwoBMhoAGgAiAA==",
      apiVersion: "v1", kind: "ResourceQuota")
    #expect(quota[path: "spec", "hard"] == ["cpu": "1", "pods": "2"])
    let ingress = try ProtobufTests.read(
      "azhzAAofChRuZXR3b3JraW5nLms4cy5pby92MRIHSW5ncmVzcxJAChEKAWkSABoAIgAqADIAOABCABInGiUKA2EuYhIeChwKGgoCL3gSDSIL"
        + "CgNzdmMSBAoAEFAaBUV4YWN0GgIKABoAIgA=", apiVersion: "networking.k8s.io/v1", kind: "Ingress")
    #expect(
      ingress[path: "spec", "rules"] == [
        [
          "host": "a.b",
          "http": [
            "paths": [
              [
                "backend": ["service": ["name": "svc", "port": ["number": 80]]], "path": "/x",
                "pathType": "Exact",
              ]
            ]
          ],
        ]
      ])
  }

  @Test("holds text in int-or-strings, and requests that are no resources")
  func requests() throws {
    let budget = try ProtobufTests.read(
      "azhzAAogCglwb2xpY3kvdjESE1BvZERpc3J1cHRpb25CdWRnZXQSNgoRCgFwEgAaACIAKgAyADgAQgASFQoJCAEQABoDNTAlEggKBgoBYRIB"
        + "YhoKCAAYACAAKAAwABoAIgA=", apiVersion: "policy/v1", kind: "PodDisruptionBudget")
    #expect(budget[path: "spec", "minAvailable"] == "50%")
    let token = try ProtobufTests.read(
      "azhzAAooChhhdXRoZW50aWNhdGlvbi5rOHMuaW8vdjESDFRva2VuUmVxdWVzdBIdChAKABIAGgAiACoAMgA4AEIAEgMgkBwaBAoAEgAaACIA",
      apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest")
    #expect(
      token["spec"] == ["audiences": .null, "boundObjectRef": .null, "expirationSeconds": 3600])
  }

  @Test("is refused when it is cut or damaged, and never read beyond its end", arguments: 0..<50)
  func damaged(length: Int) throws {
    let whole = try Base64Text.decode(ProtobufTests.secret).get()
    _ = try? ProtobufObject.read(Array(whole.prefix(length % whole.count)))
    var flipped = whole
    flipped[length % whole.count] ^= 0xFF
    _ = try? ProtobufObject.read(flipped)
    #expect(throws: DecodingError.self) { try ProtobufObject.read(Array(whole.prefix(whole.count - 3))) }
  }
}
