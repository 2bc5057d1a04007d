import Foundation
import KubeModel
import MeshRender
import MeshTopology
import Testing

/// A small shop of five workloads, and what is rendered from it.
enum Example {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The shop's files, by name.
  static func files() throws -> [TopologyFile] { try files(in: "Tests/MeshRenderTests/Shop") }

  /// The YAML files of a folder of the repository, by name.
  static func files(in path: String) throws -> [TopologyFile] {
    let folder = root.appending(path: path)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
      $0.hasSuffix(".yaml")
    }
    return try names.sorted().map {
      TopologyFile(path: $0, bytes: Array(try Data(contentsOf: folder.appending(path: $0))))
    }
  }

  static func topology() throws -> Topology { try TopologyReader().read(files: files()) }

  /// The system that ships with meshctl, with everything a topology can have.
  static func microservices() throws -> Topology {
    try TopologyReader().read(files: files(in: "Examples/microservices"))
  }

  /// All objects for the primary cluster.
  static func objects() throws -> [RenderedObject] {
    let topology = try topology()
    return Renderer(topology: topology).objects(for: try #require(topology.primaryCluster))
  }
}

extension [RenderedObject] {
  /// The objects of a kind.
  func of(_ kind: String) -> [KubeObject] { map(\.object).filter { $0.kind == kind } }

  /// The only object of this kind and name.
  func only(_ kind: String, _ name: String) throws -> KubeObject {
    let found = of(kind).filter { $0.name == name }
    try #require(found.count == 1, "\(found.count) objects \(kind) \(name)")
    return found[0]
  }
}

extension KubeObject {
  /// The labels of the pods that a Deployment makes.
  var podLabels: [String: String] {
    var labels: [String: String] = [:]
    for member in self[path: "spec", "template", "metadata", "labels"]?.object?.members ?? [] {
      labels[member.key] = member.value.string
    }
    return labels
  }
}
