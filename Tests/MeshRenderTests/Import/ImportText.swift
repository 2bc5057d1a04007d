import Foundation
import KubeModel
import MeshRender
import MeshTopology
import Testing

/// Manifests as text, imported.
enum ImportText {
  /// The repository.
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The files of a folder that hold YAML, by name.
  static func files(in folder: URL) throws -> [TopologyFile] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }
    return try names.sorted().map {
      TopologyFile(path: $0, bytes: Array(try Data(contentsOf: folder.appending(path: $0))))
    }
  }

  static func run(_ text: String, file: String = "app.yaml", name: String = "shop") throws -> Import {
    let result = Importer().run(files: [TopologyFile(path: file, bytes: Array(text.utf8))], name: name)
    try expectSound(result)
    return result
  }

  /// The files of an import are a topology without problems, the one that the import has.
  static func expectSound(_ result: Import) throws {
    let files = result.files.map { TopologyFile(path: $0.path, bytes: Array($0.text.utf8)) }
    #expect(try TopologyReader().read(files: files) == result.topology)
  }

  /// A Deployment with a Service in front, as most repositories have them.
  static func service(_ name: String, namespace: String = "shop", port: Int = 8080, env: String = "")
    -> String
  {
    """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: \(name), namespace: \(namespace)}
    spec:
      selector: {matchLabels: {app: \(name)}}
      template:
        metadata: {labels: {app: \(name)}}
        spec:
          containers:
          - name: \(name)
            image: registry.example.com/\(name):1.0
            ports: [{containerPort: \(port)}]
            env: [\(env)]
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: \(name), namespace: \(namespace)}
    spec: {selector: {app: \(name)}, ports: [{port: \(port)}]}
    ---

    """
  }
}

extension Import {
  /// What contradictions say, without their places.
  var contradictionWords: [String] { contradictions.map(\.message) }

  /// Where a part of an object went, or why it did not go anywhere.
  func reason(forDropped field: String) -> String? { dropped.first { $0.field == field }?.reason }
}
