import Foundation
import MeshRender
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("Drawings")
struct DrawingTests {
  private static let graphs: [(String, TopologyGraph)] = [
    ("nothing", TopologyGraph(title: "")), ("everything", GraphExample.everything),
    ("hostile", GraphExample.hostile),
  ]

  @Test("are well-formed XML without scripts or links to elsewhere", arguments: graphs.map(\.0))
  func isWellFormed(_ name: String) throws {
    let graph = try #require(DrawingTests.graphs.first { $0.0 == name }?.1)
    let svg = graph.svg()
    let parser = XMLParser(data: Data(svg.utf8))
    let elements = Elements()
    parser.delegate = elements
    #expect(parser.parse(), "\(String(describing: parser.parserError))")
    #expect(elements.names.isSubset(of: ["svg", "title", "desc", "style", "rect", "g", "path", "text"]))
    #expect(elements.attributes.isDisjoint(with: ["href", "xlink:href", "onload", "onclick"]))
    #expect(svg.contains("role=\"img\""))
    #expect(svg.contains("prefers-color-scheme:dark"))
  }

  @Test("say when there is nothing to draw")
  func saysNothing() {
    let graph = TopologyGraph(title: "empty")
    #expect(graph.svg().contains("No workloads are declared."))
    #expect(graph.mermaid() == "flowchart LR\n  accTitle: empty\n")
    #expect(TopologyGraph(title: " ").mermaid() == "flowchart LR\n")
    #expect(graph.dot().hasPrefix("digraph \"empty\" {\n"))
  }

  @Test("tell assistive technology what they show")
  func describes() {
    let svg = GraphExample.everything.svg()
    #expect(svg.contains("<desc id=\"graph-desc\">7 workloads in 2 namespaces with 8 calls. Region north"))
    #expect(svg.contains("the gateway calls the workload on http 8080, 1 per request; mTLS, GET POST"))
  }

  @Test("in Mermaid keep each name within its quotes")
  func quotesMermaid() {
    let lines = GraphExample.hostile.mermaid().split(separator: "\n", omittingEmptySubsequences: false)
    let count = GraphExample.hostileNames.count
    // Two lines of head, three for each group with its node, one for each edge, and an end.
    #expect(lines.count == 2 + 3 * count + count + 1)
    for line in lines.dropFirst(2) where line.contains("\"") {
      let parts = line.split(separator: "\"", omittingEmptySubsequences: false)
      #expect(parts.count == 3, "\(line.prefix(200))")
      #expect(parts[1].replacing("<br>", with: "").allSatisfy { !"<>`*_\"\\{}[]|&".contains($0) })
    }
    #expect(lines.contains { $0.hasPrefix("    n4[\"end<br>end · end<br>end 9223372036854775807 / end") })
  }

  @Test("in DOT keep each name within its quotes")
  func quotesDOT() {
    let lines = GraphExample.hostile.dot().split(separator: "\n", omittingEmptySubsequences: false)
    for line in lines {
      var isQuoted = false
      var isEscaped = false
      for character in line.unicodeScalars {
        if character == "\"", !isEscaped { isQuoted.toggle() }
        isEscaped = character == "\\" && !isEscaped
      }
      #expect(!isQuoted, "\(line.prefix(200))")
    }
    #expect(lines.count == 4 + GraphExample.hostileNames.count * 5 + 2)
  }

  @Test("of 2,000 workloads show each of them")
  func drawsMany() {
    var graph = TopologyGraph(title: "many")
    var numbers = SeededNumbers(seed: 1)
    graph.groups = (0..<40).map { .init(id: "\($0)", name: "group \($0)") }
    graph.nodes = (0..<2_000).map {
      .init(id: "\($0)", kind: .workload, name: "service \($0)", group: "\($0 % 40)")
    }
    graph.edges = (1..<2_000).map { target in
      TopologyGraph.Edge(from: "\(Int.random(in: target / 3...target - 1, using: &numbers))", to: "\(target)")
    }
    let svg = graph.svg()
    #expect(svg.split(separator: "class=\"card\"").count == 2_001)
    #expect(svg.split(separator: "class=\"line\"").count >= 2_000)
  }
}

private final class Elements: NSObject, XMLParserDelegate {
  var names: Set<String> = []
  var attributes: Set<String> = []

  func parser(
    _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?,
    qualifiedName qName: String?, attributes attributeDict: [String: String] = [:]
  ) {
    names.insert(elementName)
    attributes.formUnion(attributeDict.keys)
  }
}
