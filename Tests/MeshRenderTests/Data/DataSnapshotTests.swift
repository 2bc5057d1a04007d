import Foundation
import KubeModel
import MeshRender
import MeshTopology
import Testing

@Suite("The rendered text of data")
struct DataSnapshotTests {
  /// Run with `MESHKIT_UPDATE_SNAPSHOTS=1` to write the files anew.
  @Test("is as it was", arguments: ["redis-cluster", "database-service", "recovery"], ["main", "standby"])
  func isUnchanged(_ name: String, _ cluster: String) throws {
    let objects = try DataExample.objects(for: cluster).filter {
      name == "recovery" ? $0.workload == nil && $0.concern == .recovery : $0.workload?.name == name
    }
    #expect(!objects.isEmpty)
    let text = objects.map { $0.object.json.yamlText() }.joined(separator: "---\n")
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Snapshots")
    let file = folder.appending(path: "\(name)-\(cluster).yaml")
    if ProcessInfo.processInfo.environment["MESHKIT_UPDATE_SNAPSHOTS"] == "1" {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == text)
  }
}
