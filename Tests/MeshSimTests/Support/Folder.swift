import Foundation
import KubeModel
import MeshSim
import Seams

/// A folder that goes when the test does.
final class Folder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
  }

  private init(copyOf folder: Folder) throws {
    path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    try FileManager.default.copyItem(atPath: folder.path, toPath: path)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The folder as a process leaves it that is killed now.
  func killed() throws -> Folder { try Folder(copyOf: self) }

  func fleet(_ names: [String] = ["eu"], seed: UInt64 = 1) throws -> SimulatedFleet {
    try SimulatedFleet(folder: path + "/state", names: names, seed: seed)
  }

  func file(_ name: String, of cluster: String = "eu") -> URL {
    URL(filePath: "\(path)/state/clusters/\(cluster)/\(name)")
  }

  func read(_ name: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: file(name))) }

  func write(_ bytes: [UInt8], to name: String) throws { try Data(bytes).write(to: file(name)) }
}

extension SimulatedFleet {
  func test(_ name: String = "eu") throws -> TestCluster {
    guard let cluster = clusters[name] else { throw TestCluster.Missing(description: name) }
    return TestCluster(cluster, simulation)
  }

  /// Whether nobody has made anything in the clusters: they hold what every control plane makes for itself.
  var isFresh: Bool {
    let own: Set<String> = ["default", "kube-node-lease", "kube-public", "kube-system"]
    return clusters.values.allSatisfy { cluster in
      Set(cluster.view.objects(.namespace).map(\.name)) == own && cluster.view.objects(.deployment).isEmpty
    }
  }

  /// Every object, as text, so that two states can be compared.
  func contents(_ name: String = "eu") -> [String] {
    guard let view = clusters[name]?.view else { return [] }
    return ResourceKind.known.flatMap { view.objects($0) }.map { $0.json.jsonText() }
  }
}
