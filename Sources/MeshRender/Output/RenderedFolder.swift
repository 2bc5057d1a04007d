internal import KubeModel
public import MeshTopology

extension Renderer {
  /// Everything of `cluster` as files of a folder: one an object, a kustomization that lists them in the order
  /// of applying, and the files for other tools.
  ///
  /// Paths are `NAMESPACE/KIND-NAME.yaml`, with `cluster` in place of a namespace for what has none, and
  /// `files/…` for what other tools read.
  public func folder(for cluster: Cluster) -> [RenderedFile] {
    RenderedFile.folder(of: objects(for: cluster))
      + files(for: cluster).map { RenderedFile(path: "files/\($0.path)", text: $0.text) }
  }

  /// The objects of networks, clusters and node pools as files of a folder.
  public func infrastructureFolder() -> [RenderedFile] { RenderedFile.folder(of: infrastructure()) }
}

extension RenderedFile {
  /// `objects` as files, with a kustomization that lists them in their order.
  static func folder(of objects: [RenderedObject]) -> [RenderedFile] {
    var seen: Set<String> = []
    let files = objects.map { rendered in
      let object = rendered.object
      let base = "\(object.namespace ?? "cluster")/\(object.kind.lowercased())-\(object.name)".fileName
      // Two kinds may share a name, as the Cluster of a database and one of GKE do.
      var path = base
      var number = 2
      while !seen.insert(path).inserted {
        path = "\(base)-\(number)"
        number += 1
      }
      return RenderedFile(path: path + ".yaml", text: object.json.yamlText())
    }
    guard !files.isEmpty else { return [] }
    let kustomization =
      "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n"
      + files.map { "- \($0.path)\n" }.joined()
    return files + [RenderedFile(path: "kustomization.yaml", text: kustomization)]
  }
}

extension String {
  /// The text with nothing in it that a file system, or the kustomization's YAML, might take amiss.
  fileprivate var fileName: String {
    String(
      decoding: utf8.map { byte in
        let isPlain =
          (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
          || [UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "_")].contains(byte)
        return isPlain ? byte : UInt8(ascii: "_")
      }, as: UTF8.self)
  }
}
