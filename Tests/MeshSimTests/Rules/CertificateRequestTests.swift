import HTTPTypes
import KubeModel
import MeshSim
import Seams
import Testing

@Suite("A CertificateSigningRequest")
struct CertificateRequestTests {
  private static let path = "/apis/certificates.k8s.io/v1/certificatesigningrequests"
  // "-----BEGIN CERTIFICATE REQUEST-----" and nothing else.
  private static let request = "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0="

  private static func cluster() throws -> TestCluster {
    let cluster = try TestCluster()
    let made = try cluster.send(.post, path, body())
    #expect(made.status == 201)
    return cluster
  }

  private static func body(usages: JSONValue = ["client auth"], signer: String = "example.com/s") -> JSONValue
  {
    [
      "metadata": ["name": "jane"],
      "spec": ["request": .string(request), "signerName": .string(signer), "usages": usages],
    ]
  }

  private static func decide(_ cluster: TestCluster, _ conditions: JSONValue, at part: String = "approval")
    throws -> TestCluster.Answer
  {
    try cluster.patch("\(path)/jane/\(part)", ["status": ["conditions": conditions]])
  }

  @Test("is approved once, with the time of it, and then neither denied nor taken back")
  func isApproved() throws {
    let cluster = try Self.cluster()
    let approved = try Self.decide(cluster, [["type": "Approved", "status": "True"]])
    let condition = approved.body[path: "status", "conditions"]?.array?.first
    #expect(condition?["lastUpdateTime"]?.string == cluster.now.rfc3339)
    #expect(condition?["lastTransitionTime"]?.string == cluster.now.rfc3339)
    let denied = try Self.decide(
      cluster, [["type": "Approved", "status": "True"], ["type": "Denied", "status": "True"]])
    #expect(denied.message.hasSuffix("Approved and Denied conditions are mutually exclusive"))
    let taken = try Self.decide(cluster, [])
    #expect(taken.message.hasSuffix("updates may not remove a condition of type \"Approved\""))
  }

  @Test("is decided as true or not at all, and only at its own path")
  func isDecided() throws {
    let cluster = try Self.cluster()
    let no = try Self.decide(cluster, [["type": "Approved", "status": "False"]])
    #expect(
      no.message.hasSuffix(
        "status.conditions[0].status: Unsupported value: \"False\": supported values: \"True\""))
    let elsewhere = try Self.decide(cluster, [["type": "Approved", "status": "True"]], at: "status")
    #expect(elsewhere.message.hasSuffix("updates may not add a condition of type \"Approved\""))
  }

  @Test("keeps what it asks for, and asks for known usages of a proper signer")
  func asks() throws {
    let cluster = try Self.cluster()
    let changed = try cluster.patch(Self.path + "/jane", ["spec": ["signerName": "example.com/other"]])
    #expect(changed.status == 200 && changed.body[path: "spec", "signerName"] == "example.com/s")
    let usages = try cluster.send(.post, Self.path, Self.body(usages: ["singing"]))
    #expect(usages.message.contains("spec.usages[0]: Unsupported value: \"singing\""))
    let signer = try cluster.send(.post, Self.path, Self.body(signer: "short"))
    #expect(signer.message.contains("must be a fully qualified domain and path of the form"))
  }
}
