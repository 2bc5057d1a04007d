import Foundation
import MeshRender
import Testing

@Suite("The drawn text")
struct GraphSnapshotTests {
  /// Run with `MESHKIT_UPDATE_SNAPSHOTS=1` to write the files anew.
  @Test(
    "of a graph is as it was",
    arguments: [
      "microservices.svg", "microservices.mmd", "microservices.dot", "everything.svg", "everything.mmd",
      "everything.dot",
    ])
  func isUnchanged(_ name: String) throws {
    let graph =
      name.hasPrefix("everything")
      ? GraphExample.everything : TopologyGraph(topology: try Example.topology())
    let text =
      switch name.suffix(4) {
      case ".svg": graph.svg()
      case ".mmd": graph.mermaid()
      default: graph.dot()
      }
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Snapshots")
    let file = folder.appending(path: name)
    if ProcessInfo.processInfo.environment["MESHKIT_UPDATE_SNAPSHOTS"] == "1" {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == text)
  }
}
