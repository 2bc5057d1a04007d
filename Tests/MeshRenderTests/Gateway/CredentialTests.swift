import KubeModel
import MeshTopology
import Testing

@testable import MeshRender

@Suite("Credentials of consumers")
struct CredentialTests {
  @Test("stand in Secrets, and nowhere in what is rendered")
  func standInSecrets() throws {
    let topology = try FullGateway.topology()
    let workload = try #require(topology.gateways.first).workload(in: topology)
    #expect(workload.files.map(\.path) == ["/kong/template/kong.yml"])
    let filler = try #require(workload.initContainers.first)
    #expect(filler.image == workload.image)
    #expect(
      filler.env == [
        "CREDENTIAL_0": .secret(name: "partners", key: "acme"),
        "CREDENTIAL_1": .secret(name: "partners", key: "globex"),
      ])
    #expect(workload.env["CREDENTIAL_0"] == nil)
    #expect(workload.volumes.contains { $0.path == "/kong/declarative" && $0.kind == .temporary })
    #expect(workload.env["KONG_DECLARATIVE_CONFIG"] == "/kong/declarative/kong.yml")
  }

  @Test("are filled in between double quotes only, where they can be written")
  func areFilledIn() throws {
    let topology = try FullGateway.topology()
    let file = try #require(topology.gateways.first).declarativeFile(in: topology)
    for name in file.credentials.keys { #expect(file.text.contains(": \"${\(name)}\"\n"), "\(name)") }
    #expect(Gateway.fillingProgram.contains(#"gsub('"%${(CREDENTIAL_%d+)}"'"#))
    #expect(Gateway.fillingProgram.contains(#"gsub('[%c"\\]'"#))
  }

  @Test("of two consumers may be the same key of a Secret, which is read once")
  func mayBeShared() throws {
    var topology = try FullGateway.topology()
    topology.gateways[0].consumers[1].jwt[0].secret = SecretKey(name: "partners", key: "acme")
    let file = topology.gateways[0].declarativeFile(in: topology)
    #expect(file.credentials == ["CREDENTIAL_0": .secret(name: "partners", key: "acme")])
  }

  @Test("need no container when there are none")
  func mayBeMissing() throws {
    let topology = try ReferenceGateway.topology()
    let workload = try #require(topology.gateways.first).workload(in: topology)
    #expect(workload.initContainers.isEmpty)
    #expect(workload.files.map(\.path) == ["/kong/declarative/kong.yml"])
  }
}
