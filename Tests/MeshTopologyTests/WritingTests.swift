import Foundation
import KubeModel
import MeshTopology
import Testing

@Suite("A written topology")
struct WritingTests {
  @Test("reads back from YAML as the same topology")
  func readsBack() throws {
    for topology in [try SmallTopology.read(SmallTopology.text), try ExampleTopology.read()] {
      #expect(try topology.validated() == topology)
      #expect(try topology.validated().yamlText() == topology.yamlText())
    }
  }

  @Test("leaves out what is as by default")
  func leavesOutDefaults() throws {
    let text = try SmallTopology.read(SmallTopology.text).yamlText()
    #expect(text.contains("podSecurity") == false)
    #expect(text.contains("perRequest: 0.5"))
    #expect(text.contains("perRequest: 1\n") == false)
  }
}

/// The example that ships with meshctl.
enum ExampleTopology {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Examples/microservices")

  static func read() throws -> Topology {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
      $0.hasSuffix(".yaml")
    }
    return try TopologyReader().read(
      files: try names.sorted().map { name in
        TopologyFile(path: name, bytes: Array(try Data(contentsOf: folder.appending(path: name))))
      })
  }
}
