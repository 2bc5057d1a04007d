import KubeModel
import MeshTopology

/// The files that kustomizations are built from, with nothing in them that is not to be built.
struct KustomizationFiles: Sendable {
  /// The most files.
  static let countLimit = 5_000
  /// The most bytes of one file.
  static let fileLimit = 1 << 20
  /// The most bytes of all files together.
  static let totalLimit = 32 << 20

  /// The bytes of each file by path; those of a kustomization are what was read of it, written anew, so that
  /// kustomize cannot read anything else.
  let contents: [String: [UInt8]]

  /// The paths to read for `graph`: everything in the folders of its kustomizations and below.
  static func paths(for graph: KustomizationGraph, reader: inout KustomizationReader) -> Set<String> {
    let folders = Set(graph.kustomizations.keys)
    var paths: Set<String> = []
    for path in reader.tree.paths {
      guard CommitTree.ancestors(of: path).contains(where: folders.contains) else { continue }
      switch reader.tree[path] {
      case .symlink?:
        reader.report(
          "a symbolic link below a kustomization, which is not followed", at: path,
          remedy: "put the file itself there")
      case .file?, .executable?: paths.insert(path)
      default: break
      }
    }
    if paths.count > countLimit {
      reader.report(
        "\(paths.count) files below kustomizations; at most \(countLimit) are built",
        at: graph.kustomizations.values.map(\.file).min() ?? "", remedy: "keep other files elsewhere")
      return []
    }
    return paths
  }

  /// Checks the files that were read.
  init(
    _ files: [(path: String, bytes: [UInt8])], graph: KustomizationGraph, reader: inout KustomizationReader
  ) {
    let plugins = Set(graph.kustomizations.values.flatMap(\.plugins))
    var contents: [String: [UInt8]] = [:]
    var total = 0
    for file in files {
      total += file.bytes.count
      if file.bytes.count > Self.fileLimit {
        reader.report(
          "the file has \(file.bytes.count) bytes; at most \(Self.fileLimit) are built", at: file.path,
          remedy: "split it")
      }
      contents[file.path] = Self.checked(
        file.bytes, path: file.path, isPlugin: plugins.contains(file.path), reader: &reader)
    }
    if total > Self.totalLimit {
      reader.report(
        "\(total) bytes below kustomizations; at most \(Self.totalLimit) are built",
        at: graph.kustomizations.values.map(\.file).min() ?? "", remedy: "keep other files elsewhere")
    }
    for kustomization in graph.kustomizations.values {
      contents[kustomization.file] = kustomization.json.jsonBytes()
    }
    self.contents = contents
  }

  /// The bytes to build from: for the configuration of a plug-in what was read of it, written anew.
  private static func checked(
    _ bytes: [UInt8], path: String, isPlugin: Bool, reader: inout KustomizationReader
  ) -> [UInt8] {
    guard isPlugin || path.hasSuffix(".yaml") || path.hasSuffix(".yml") else { return bytes }
    let documents: [SourceNode]
    do {
      documents = try YAMLReader().documents(bytes, file: path)
    } catch {
      // What is no YAML may still be the data of a ConfigMap.
      if isPlugin { reader.report("it cannot be read: \(error)", at: path, remedy: "check the file") }
      return bytes
    }
    for document in documents {
      if document["apiVersion"]?.json.string?.hasPrefix("meshctl.dev/") == true {
        reader.report(
          "a part of the topology below a kustomization, where it is not read",
          at: document.place.description,
          remedy: "move it out of the folder, or the kustomization into one of its own")
      }
      if isPlugin { reader.checkPlugin(document, at: document.place, field: "kind") }
    }
    return isPlugin ? documents.flatMap { Array("---\n".utf8) + $0.json.jsonBytes() + [10] } : bytes
  }
}
