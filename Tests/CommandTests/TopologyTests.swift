import Foundation
import KubeModel
import Testing

@Suite("A topology in a repository")
struct TopologyTests {
  @Test("is validated and counted")
  func validation() throws {
    let shop = try Shop(.committed)
    let commit = try shop.git("rev-parse", "HEAD")
    let outcome = try shop.meshctl(expecting: 0, "validate")
    #expect(
      outcome.output == """
        microservices at commit \(commit.prefix(12)) is valid: \
        2 regions, 2 clusters, 7 namespaces, 11 workloads, 15 calls

        """)
    let json = try shop.json("validate")
    #expect(json["commit"]?.string == commit && json["workloads"]?.int == 11)
    #expect(json["warnings"] == [])
  }

  @Test("is warned of where somebody will regret it, which only fails when that is asked for")
  func warnings() throws {
    let shop = try Shop(.committed)
    let networks = "  authorizedNetworks:\n    - name: operators\n      range: 203.0.113.0/24\n"
    try shop.commit(
      "clusters.yaml",
      String(contentsOf: shop.work.appending(path: "clusters.yaml"), encoding: .utf8).replacingOccurrences(
        of: networks, with: ""))
    let outcome = try shop.meshctl(expecting: 0, "validate")
    let lines = outcome.errors.split(separator: "\n")
    #expect(lines.count == 2 && lines.allSatisfy { $0.contains(": warning: ") }, "\(outcome)")
    #expect(
      outcome.errors.contains(
        "clusters.yaml:4:9: warning: the whole internet reaches the API server of microservices-cluster"))
    let strict = try shop.meshctl(expecting: 1, "validate", "--warnings-as-errors", "--quiet")
    #expect(strict.output.contains("is valid") && strict.output.contains("2 warnings"))
    #expect(strict.errors == "error: 2 warnings, which --warnings-as-errors does not let pass\n")
    #expect(try shop.meshctl(expecting: 0, "render").errors == "2 warnings: meshctl validate shows them\n")
    let warning = try #require(try shop.json("validate")["warnings"]?.array?.first)
    #expect(warning["severity"] == "warning" && warning["file"]?.string?.hasSuffix(".yaml") == true)
  }

  @Test("is read from the commit, whatever lies in the work tree")
  func workTree() throws {
    let shop = try Shop(.committed)
    try shop.write("user-service.yaml", "nonsense: [")
    try shop.write("more.yaml", "nonsense: [")
    try shop.meshctl(expecting: 0, "validate")
    try shop.git("stash", "--quiet", "--include-untracked")
    try shop.commit("broken.yaml", "nonsense: [")
    try shop.meshctl(expecting: 2, "validate")
    try shop.meshctl(expecting: 0, "validate", "--revision", try shop.git("rev-parse", "--short=8", "HEAD~1"))
  }

  @Test("is found in a folder, in a bare repository and behind a URL")
  func places() throws {
    let shop = try Shop(.committed)
    try shop.git("clone", "--quiet", "--bare", ".", "../bare.git")
    let url = shop.root.appending(path: "bare.git").absoluteString
    for repository in [shop.work.path(percentEncoded: false), "../bare.git", url, url] {
      let outcome = try shop.meshctl(expecting: 0, "validate", "--repo", repository)
      #expect(outcome.output.contains("2 clusters"))
    }
  }

  @Test(
    "is rendered to objects that are the same as YAML and as JSON",
    arguments: [nil, "microservices-cluster-dr"])
  func rendering(_ cluster: String?) throws {
    let shop = try Shop(.committed)
    let arguments = ["render"] + (cluster.map { ["--cluster", $0] } ?? [])
    let text = try shop.meshctl(arguments).output
    let documents = try YAMLReader().documents(Array(text.utf8), file: "objects").map(\.json)
    let json = try JSONValue(json: try shop.meshctl(arguments + ["-o", "json"]).output)
    #expect(documents.count > 100)
    #expect(json.array == documents)
    let kinds = Set(documents.compactMap { $0["kind"]?.string })
    #expect(kinds.isSuperset(of: ["Deployment", "VirtualService", "DestinationRule", "NetworkPolicy"]))
    #expect(try shop.meshctl(arguments).output == text)
    #expect(!FileManager.default.fileExists(atPath: shop.state.path(percentEncoded: false)))
  }
}
