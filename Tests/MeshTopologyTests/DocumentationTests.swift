import Foundation
import KubeModel
import Testing

@testable import MeshTopology

@Suite("The documentation of the topology")
struct DocumentationTests {
  @Test("shows YAML that together is a topology")
  func showsValidYAML() throws {
    let page = try DocumentationPage()
    #expect(page.blocks.count >= 20)
    #expect(page.problems(in: page.yaml) == [])
  }

  @Test("shows a document of every kind, and an object beside them")
  func showsEveryKind() throws {
    let page = try DocumentationPage()
    let documents = try YAMLReader().documents(Array(page.yaml.utf8), file: "topology.md")
    let kinds = Set(documents.compactMap { $0["kind"]?.json.string })
    #expect(DocumentKind.allCases.map(\.rawValue).filter { !kinds.contains($0) } == [])
    #expect(documents.contains(where: Manifest.isManifest))
    #expect(documents.contains { $0["metadata"]?["environment"] != nil })
  }

  @Test("shows only fields that there are, block by block")
  func showsKnownFields() throws {
    for block in try DocumentationPage().blocks {
      let reading = Reading()
      for node in try YAMLReader().documents(Array(block.utf8), file: "topology.md")
      where !Manifest.isManifest(node) {
        let document = try #require(Document(node, reading: reading))
        // An overlay is only a part, and is read with what it lies over.
        guard document.environment == nil else { continue }
        _ = Declarations(documents: [document], reading: reading)
      }
      let wrong: Set<Problem.Code> = [
        .unknownField, .unknownKind, .wrongType, .missingField, .invalidValue, .invalidName,
      ]
      #expect(reading.sortedProblems(fileOrder: []).filter { wrong.contains($0.code) } == [], "\(block)")
    }
  }

  @Test("tells of every kind how many there may be, and whether it is in a namespace")
  func listsKinds() throws {
    let lines = try DocumentationPage().text.split(separator: "\n")
    for kind in DocumentKind.allCases {
      let row = try #require(lines.first { $0.hasPrefix("| \(kind.rawValue) |") }, "\(kind)")
      let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      #expect(cells[2] == (kind.isNamespaced ? "yes" : ""), "\(kind)")
      #expect(cells[3] == (kind == .topology ? "one" : kind.isSingle ? "one at most" : "any"), "\(kind)")
    }
  }

  @Test("shows problems as they are told", arguments: ShownProblem.all)
  func showsProblem(_ shown: ShownProblem) throws {
    let page = try DocumentationPage()
    let range = try #require(page.yaml.firstRange(of: shown.original), "the change did not apply")
    let problems = page.problems(in: page.yaml.replacingCharacters(in: range, with: shown.change))
    let told = try #require(problems.first { $0.contains(shown.message) }, "\(problems)")
    #expect(page.shownProblems.contains(told), "not on the page: \(told)")
  }

  @Test("shows no other problems")
  func showsNoOther() throws {
    #expect(try DocumentationPage().shownProblems.count == ShownProblem.all.count)
  }

  @Test("leads nowhere that does not exist")
  func leadsSomewhere() throws {
    let page = try DocumentationPage()
    let headings = page.text.split(separator: "\n").filter { $0.hasPrefix("#") }.map { heading in
      heading.drop { $0 == "#" || $0 == " " }.lowercased().filter {
        $0.isLetter || $0.isNumber || $0 == " " || $0 == "-"
      }.replacing(" ", with: "-")
    }
    for link in page.text.matches(of: #/\]\(#([^)]+)\)/#).map(\.1) {
      #expect(headings.contains(String(link)), "#\(link)")
    }
  }
}

/// The page that introduces the topology.
struct DocumentationPage {
  let text: String
  /// What is fenced as YAML.
  let blocks: [String]

  init() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    text = try String(contentsOf: root.appending(path: "Docs/topology.md"), encoding: .utf8)
    blocks = text.components(separatedBy: "```yaml\n").dropFirst().compactMap {
      $0.components(separatedBy: "```").first
    }
  }

  /// All blocks as one.
  var yaml: String { blocks.joined(separator: "---\n") }

  /// The problems that the page shows.
  var shownProblems: [String] {
    text.split(separator: "\n").filter { $0.contains(#/^[a-z-]+\.yaml:\d+:\d+: /#) }.map(String.init)
  }

  /// What is wrong with `yaml`, when the documents of each name stand in a file of that name.
  func problems(in yaml: String) -> [String] {
    var texts: [String: [String]] = [:]
    for document in yaml.components(separatedBy: "---\n") {
      let name = document.firstMatch(of: #/\n  name: (\S+)/#)?.1 ?? "unnamed"
      texts["\(name).yaml", default: []].append(document)
    }
    let files = texts.sorted { $0.key < $1.key }.map { path, documents in
      TopologyFile(path: path, bytes: Array(documents.joined(separator: "---\n").utf8))
    }
    do {
      _ = try TopologyReader().read(files: files)
      return []
    } catch {
      return error.problems.map(\.description)
    }
  }
}

/// A change to the page's topology that makes it wrong in a way that the page shows.
struct ShownProblem: CustomTestStringConvertible {
  let message: String
  let original: String
  let change: String

  init(_ message: String, _ original: String, _ change: String) {
    self.message = message
    self.original = original
    self.change = change
  }

  var testDescription: String { message }

  static let all = [
    ShownProblem("replicaz", "/orders:2.3.0\n  replicas: 3\n", "/orders:2.3.0\n  replicaz: 3\n"),
    ShownProblem(
      "there is no namespace", "name: mailer\n  namespace: sales\n", "name: mailer\n  namespace: sale\n"),
    ShownProblem(
      "there is no workload order-db", "- to: orders-db\n    - to: mail", "- to: order-db\n    - to: mail"),
    ShownProblem("has no port http", "perRequest: 0.1\n---", "port: http\n---"),
    ShownProblem("names no version", "/orders:2.3.0", "/orders"),
    ShownProblem("found the integer 5432", "    DATABASE_USER: orders\n", "    DATABASE_PORT: 5432\n"),
    ShownProblem(
      "replicas beside autoscaling", "/storefront:5.2.0\n", "/storefront:5.2.0\n  replicas: 3\n"),
    ShownProblem("no port speaks HTTP", "/mailer:1.9.4\n", "/mailer:1.9.4\n  rollout: {}\n"),
    ShownProblem(
      "a persistent volume of a deployment", "  controller: statefulSet\n  replicas: 2\n", "  replicas: 2\n"),
    ShownProblem(
      "refuses callers without a certificate", "/disk-watch:0.4.1\n",
      "/disk-watch:0.4.1\n  calls:\n    - to: sales/catalog\n"),
    ShownProblem(
      "would be lost with the primary region",
      """
        backup:
          destination: gs://tickets-orders-archive/
          googleServiceAccount: orders-archive@tickets-project.iam.gserviceaccount.com
          archiveTimeout: 60s
          schedule: "0 2 * * *"
          retention: 720h
        replication:
          kind: archive
          maximumLag: 60s

      """, ""),
  ]
}
