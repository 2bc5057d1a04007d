import Foundation
import MeshTopology
import Testing

@Suite("The Swift form of a topology")
struct SwiftFormTests {
  /// Run with `MESHKIT_UPDATE_SNAPSHOTS=1` to write the file anew.
  @Test("is what the YAML form prints as, and compiles to the same topology")
  func isEqual() throws {
    let example = try ExampleTopology.read()
    let text =
      "// swift-format-ignore-file\n"
      + example.swiftText().replacing("import MeshKit", with: "import KubeModel\nimport MeshTopology")
      .replacing("let topology =", with: "let exampleInSwift =")
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appending(path: "ExampleInSwift.swift")
    if ProcessInfo.processInfo.environment["MESHKIT_UPDATE_SNAPSHOTS"] == "1" {
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == text)
    #expect(exampleInSwift == example)
    #expect(exampleInSwift.yamlText() == example.yamlText())
  }

  @Test("is held to the same rules as YAML")
  func isValidated() throws {
    let topology = Topology(name: "shop", regions: [Region(name: "tokyo", role: .primary)]).adding {
      Namespace(name: "production")
      for name in ["web", "api"] {
        Workload(name: name, namespace: "production", image: "web")
      }
    }
    let error = #expect(throws: TopologyProblems.self) { try topology.validated() }
    #expect(error?.problems.map(\.code) == [.invalidValue, .invalidValue])
    #expect(
      error?.problems.first?.description
        == "topology.yaml:21:10: the image \"web\" names no version, so nobody knows what runs "
        + "(Workload/api spec.image); add a tag or digest, such as web:1.4.2")
  }

  @Test("takes parts one by one, in any order")
  func isSorted() {
    let topology = Topology(name: "shop").adding {
      Namespace(name: "b")
      Namespace(name: "a")
      if true { Namespace(name: "c") }
    }
    #expect(topology.namespaces.map(\.name) == ["a", "b", "c"])
  }
}
