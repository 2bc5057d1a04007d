import Foundation
import KubeModel
import Testing

@Suite("Starting a topology")
struct StartingTests {
  private static func commit(_ shop: Shop) throws {
    try shop.git("init", "--quiet", "--initial-branch=main", "--template=")
    try shop.commit("A start")
  }

  @Test("with init gives one that is valid, drawn, synced and rolled out at once")
  func initializes() throws {
    let shop = try Shop(.folder)
    let outcome = try shop.meshctl(expecting: 0, "init", "--name", "bakery")
    #expect(outcome.output.contains("topology.yaml, workloads.yaml, environments.yaml"))
    try StartingTests.commit(shop)
    #expect(try shop.meshctl(expecting: 0, "validate").output.hasPrefix("bakery at commit"))
    try shop.meshctl(expecting: 0, "sync")
    try shop.meshctl(
      expecting: 0, "rollout", "web", "--canary", "20", "--image", "gcr.io/project/web:1.1.0")
  }

  @Test("with init overwrites nothing")
  func overwritesNothing() throws {
    let shop = try Shop(.folder)
    try shop.meshctl(expecting: 0, "init")
    let before = try shop.contents()
    let outcome = try shop.meshctl(expecting: 2, "init")
    #expect(outcome.errors.contains("the file exists already"))
    #expect(try shop.changes(since: before).isEmpty)
    #expect(
      try shop.meshctl(expecting: 2, "init", "other", "--name", "No Good").errors.contains("not a valid name")
    )
    #expect(try shop.changes(since: before).isEmpty)
  }

  @Test("from what was rendered gives back the same workloads")
  func imports() throws {
    let shop = try Shop(.committed)
    try shop.meshctl(expecting: 0, "render", "--to", "rendered", "--environment", "production")
    let outcome = try shop.meshctl(
      expecting: 0, "import", "rendered/microservices-cluster", "--to", "imported", "--name", "again")
    #expect(outcome.output.contains("objects placed"))
    try shop.commit("Imported")
    let counts = try shop.json("validate", "--path", "imported")
    #expect(counts["workloads"] == 10 && counts["clusters"] == 1)
    #expect(try shop.meshctl(expecting: 2, "import", "nowhere").errors.contains("there is no such folder"))
  }
}

@Suite("A rendered folder")
struct RenderedFolderTests {
  @Test("holds everything of each cluster, and is replaced as a whole")
  func isReplaced() throws {
    let shop = try Shop(.committed)
    let report = try shop.json("render", "--to", "out")
    let files = (report["files"]?.array ?? []).compactMap(\.string)
    #expect(files.contains("microservices-cluster/kustomization.yaml"))
    #expect(files.contains("microservices-cluster-dr/files/istio.yaml"))
    #expect(files.contains { $0.hasPrefix("infrastructure/") })
    let stale = shop.work.appending(path: "out/stale.yaml")
    try Data().write(to: stale)
    try shop.meshctl(expecting: 0, "render", "--to", "out")
    #expect(!FileManager.default.fileExists(atPath: stale.path(percentEncoded: false)))
  }

  @Test("never takes the place of a folder that holds something else")
  func isCareful() throws {
    let shop = try Shop(.committed)
    let before = try shop.contents()
    let outcome = try shop.meshctl(expecting: 2, "render", "--to", ".")
    #expect(outcome.errors.contains("not one that meshctl wrote"))
    #expect(try shop.changes(since: before).isEmpty)
  }
}

@Suite("A topology is told")
struct TellingTests {
  @Test(
    "as a drawing, in three languages",
    arguments: [("svg", "<svg "), ("mermaid", "flowchart"), ("dot", "digraph")])
  func drawing(_ format: String, _ start: String) throws {
    let shop = try Shop(.committed)
    let text = try shop.meshctl(expecting: 0, "graph", "--format", format).output
    #expect(text.contains(start) && text.contains("user-service"))
  }

  @Test("by what its clusters can carry, and what runs out first")
  func capacity() throws {
    let shop = try Shop(.committed)
    #expect(
      try shop.meshctl(expecting: 0, "graph", "--capacity").output.contains("microservices-cluster     cpu"))
    #expect(try shop.json("graph", "--capacity")["clusters"]?.array?.count == 2)
  }

  @Test("as one file of YAML that says the same, and as Swift")
  func converted() throws {
    let shop = try Shop(.committed)
    let yaml = try shop.meshctl(expecting: 0, "convert").output
    let objects = try shop.meshctl(expecting: 0, "render").output
    for file in try FileManager.default.contentsOfDirectory(atPath: shop.work.path(percentEncoded: false))
    where file.hasSuffix(".yaml") { try shop.git("rm", "--quiet", file) }
    try shop.commit("all.yaml", yaml)
    #expect(try shop.meshctl(expecting: 0, "render").output == objects)
    #expect(try shop.meshctl(expecting: 0, "convert", "--to", "swift").output.hasPrefix("import MeshKit\n"))
  }

  @Test("by a schema that editors understand")
  func schema() throws {
    let shop = try Shop(.folder)
    let schema = try JSONValue(json: try shop.meshctl(expecting: 0, "schema").output)
    #expect(schema["$schema"] == "http://json-schema.org/draft-07/schema#")
  }
}
