import Foundation
import KubeModel
import MeshRender
import MeshTopology
import Testing

@Suite("The rendered text")
struct SnapshotTests {
  /// Run with `MESHKIT_UPDATE_SNAPSHOTS=1` to write the files anew.
  @Test("of a workload is as it was", arguments: ["user-service", "api-gateway", "redis"])
  func isUnchanged(_ name: String) throws {
    let objects = try Example.objects().filter { $0.workload?.name == name }
    let text = objects.map { $0.object.json.yamlText() }.joined(separator: "---\n")
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Snapshots")
    let file = folder.appending(path: "\(name).yaml")
    if ProcessInfo.processInfo.environment["MESHKIT_UPDATE_SNAPSHOTS"] == "1" {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == text)
  }
}
