import Foundation
import KubeModel
import Testing

@Suite("An embedded cluster made of manifests")
struct TwinTests {
  @Test("comes up, and what is exported of it makes the same again")
  func roundTrip() throws {
    let shop = try Shop(.committed)
    try shop.meshctl(expecting: 0, "render", "--to", "out")
    let made = try shop.json("sim", "up", "--from", "out/microservices-cluster", "--cluster", "twin", "-q")
    #expect(made["cluster"]?.string == "twin" && made["refused"] == [])
    let pods = try #require(made["pods"]?["all"]?.int)
    #expect(pods > 20 && made["pods"]?["ready"]?.int == pods)
    let first = try shop.meshctl(expecting: 0, "sim", "export").output
    #expect(first.contains("kind: VirtualService") && !first.contains("kind: Pod\n"))
    try shop.write("exported.yaml", first)
    try shop.meshctl(expecting: 0, "sim", "up", "--from", "exported.yaml", "--cluster", "again")
    #expect(try shop.meshctl(expecting: 0, "sim", "export", "--cluster", "again").output == first)
    // Bringing in what is there changes nothing.
    try shop.meshctl(expecting: 0, "sim", "import", "exported.yaml", "--cluster", "twin")
    #expect(try shop.meshctl(expecting: 0, "sim", "export", "--cluster", "twin").output == first)
  }

  @Test(
    "is refused with the place and what to do",
    arguments: [
      ("sim up --from nowhere/", 2, "nowhere/: there is no such file or folder"),
      ("sim up --from bad.yaml", 2, "bad.yaml:1:1: this is no Kubernetes object"),
      ("sim up --from empty.yaml", 2, "empty.yaml: there is no Kubernetes object"),
      ("sim up --from good.yaml --cluster A_b", 2, "--cluster A_b: a name has small letters"),
      ("sim import good.yaml", 2, "there is no embedded cluster; make one with meshctl sim up"),
      ("sim export --cluster x", 2, "there is no embedded cluster x"),
    ])
  func refusals(_ command: String, status: Int32, message: String) throws {
    let shop = try Shop(.committed)
    try shop.write("bad.yaml", "a: 1\n")
    try shop.write("empty.yaml", "---\n")
    try shop.write("good.yaml", "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n")
    let outcome = try shop.meshctl(command.split(separator: " ").map(String.init))
    #expect(outcome.status == status && outcome.errors.contains(message), "\(outcome)")
    #expect(outcome.output.isEmpty)
  }

  @Test("says which objects it did not take, with status 1, and is there with the others")
  func partly() throws {
    let shop = try Shop(.committed)
    try shop.write(
      "some.yaml",
      "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n---\n{apiVersion: v1, kind: Pod, metadata: {name: b}}\n"
    )
    let outcome = try shop.meshctl(["sim", "up", "--from", "some.yaml"])
    #expect(
      outcome.status == 1 && outcome.errors.contains("Pod b: Pod \"b\" is invalid: spec.containers"),
      "\(outcome)")
    #expect(outcome.output.contains("some (embedded): 1 objects taken, 1 refused"))
    #expect(try shop.meshctl(["sim", "up", "--from", "some.yaml"]).errors.contains("of that name already"))
    #expect(try shop.meshctl(expecting: 0, "sim", "export").output.contains("name: a"))
  }
}
