import Foundation
import KubeModel
import Testing

@Suite("Embedded clusters")
struct EmbeddedTests {
  @Test("keep their time between commands")
  func advance() throws {
    let shop = try Shop(.synced)
    let first = try shop.json("sim", "advance", "1h")["time"]?.string
    let second = try shop.json("sim", "advance", "90")["time"]?.string
    #expect(first?.hasPrefix("2026-01-01T01:00:") == true, "\(first ?? "none")")
    #expect(second?.hasPrefix("2026-01-01T01:01:") == true, "\(second ?? "none")")
  }

  @Test("are gone after a reset, and start anew")
  func reset() throws {
    let shop = try Shop(.holding)
    let outcome = try shop.meshctl(expecting: 0, "sim", "reset")
    #expect(outcome.output == "removed microservices-cluster, microservices-cluster-dr\n")
    #expect(!FileManager.default.fileExists(atPath: shop.state.appending(path: "clusters").path))
    #expect(
      try shop.meshctl(expecting: 0, "sim", "reset").output.hasPrefix("there were no embedded clusters"))
    #expect(try shop.history().isEmpty)
    #expect(try shop.meshctl(expecting: 0, "sync").output.contains("\(try shop.objectCount()) created"))
  }

  @Test("can be reset when their state is damaged")
  func damaged() throws {
    let shop = try Shop(.synced)
    try shop.write(".meshctl/clusters/microservices-cluster/snapshot.json", "{")
    try shop.meshctl(expecting: 3, "sync")
    try shop.meshctl(expecting: 0, "sim", "reset")
    try shop.meshctl(expecting: 0, "sync")
  }

  @Test("are all that a reset removes, wherever it is pointed at")
  func foreignFolder() throws {
    let shop = try Shop(.committed)
    try shop.write("clusters/tokyo/kustomization.yaml", "resources: []\n")
    try shop.write("clusters/README.md", "Mine\n")
    let before = try shop.contents()
    let outcome = try shop.meshctl(["sim", "reset", "--state", "."])
    #expect(outcome.status == 0)
    #expect(try shop.changes(since: before).filter { !$0.hasSuffix("/lock") }.isEmpty)
  }

  @Test("are ignored by Git")
  func ignored() throws {
    #expect(try Shop(.synced).git("status", "--porcelain").isEmpty)
  }

  @Test("are closed to other people")
  func permissions() throws {
    let shop = try Shop(.synced)
    let attributes = try FileManager.default.attributesOfItem(atPath: shop.state.path(percentEncoded: false))
    #expect((attributes[.posixPermissions] as? Int).map { $0 & 0o077 } == 0)
  }
}
