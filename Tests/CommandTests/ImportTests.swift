import Foundation
import KubeModel
import Testing

@Suite("An import")
struct ImportTests {
  static let good = """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: cart, namespace: shop}
    spec:
      selector: {matchLabels: {app: cart}}
      template:
        metadata: {labels: {app: cart}}
        spec: {containers: [{name: cart, image: "registry.example.com/cart:1.0", ports: [{containerPort: 8080}]}]}
    """

  @Test("of a file that cannot be read fails with the place, and writes nothing", arguments: [true, false])
  func fails(_ isAlone: Bool) throws {
    let shop = try Shop(.committed)
    try shop.write("old/broken.yaml", "kind: Deployment\nspec: [1, 2\nreplicas: 3\n")
    if !isAlone { try shop.write("old/good.yaml", ImportTests.good) }
    let before = try shop.contents()
    let outcome = try shop.meshctl(expecting: 2, "import", "old", "--to", "new")
    #expect(outcome.errors.contains("broken.yaml:3:"), "\(outcome.errors)")
    #expect(outcome.errors.contains("Nothing was written"))
    #expect(outcome.errors.contains("--skip-unreadable"))
    #expect(try shop.changes(since: before).isEmpty)
  }

  @Test("goes on without what cannot be read when asked to, unless nothing is left")
  func skips() throws {
    let shop = try Shop(.committed)
    try shop.write("old/broken.yaml", "a: [1\n")
    let outcome = try shop.meshctl(expecting: 2, "import", "old", "--to", "new", "--skip-unreadable")
    #expect(outcome.errors.contains("there is no Kubernetes object"))
    try shop.write("old/good.yaml", ImportTests.good)
    let report = try shop.meshctl(expecting: 0, "import", "old", "--to", "new", "--skip-unreadable").output
    #expect(report.contains("Not read:\n  broken.yaml:"))
    try shop.commit("Imported")
    #expect(try shop.json("validate", "--path", "new")["workloads"] == 1)
  }

  @Test("of all clusters that were rendered gives a topology of all of them, without complaints")
  func importsClusters() throws {
    let shop = try Shop(.committed)
    try shop.meshctl(expecting: 0, "render", "--to", "rendered", "--environment", "production")
    let report = try shop.json("import", "rendered", "--to", "new", "--name", "microservices")
    #expect(report["unread"]?.array?.isEmpty == true)
    #expect((report["dropped"]?.array?.count ?? 99) < 3)
    try shop.commit("Imported")
    let counts = try shop.json("validate", "--path", "new")
    #expect(counts["workloads"] == 10 && counts["clusters"] == 2 && counts["regions"] == 2)
  }
}
