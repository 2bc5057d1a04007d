import GitStore
import KubeModel

extension KustomizationReader {
  /// Follows a path, and notes where it leads.
  mutating func readPath(
    _ text: String, at node: SourceNode, as field: KustomizationField, path: String,
    into kustomization: inout Kustomization
  ) {
    var text = text
    switch field {
    case .keyedFile: text = text.firstIndex(of: "=").map { String(text[text.index(after: $0)...]) } ?? text
    case .fileOrText where Self.isText(text): return
    case .plugin where Self.isText(text):
      let documents = (try? YAMLReader().documents(Array(text.utf8), file: node.place.file)) ?? []
      for document in documents { checkPlugin(document, at: node.place, field: path) }
      return
    default: break
    }
    guard let target = resolve(text, at: node, path: path, from: kustomization.folder) else { return }
    let isFolder = tree[target] == .tree
    switch field {
    case .resource where isFolder, .folder where isFolder:
      guard !tree.kustomizationFiles(in: target).isEmpty else {
        return report(
          "\(Self.name(target)) has no kustomization.yaml", at: node, path,
          remedy: "add one, or name its files")
      }
      kustomization.bases.append(target)
    case .folder:
      report("\(target) is a file, not a folder", at: node, path, remedy: "name it under resources")
    case _ where isFolder:
      report("\(Self.name(target)) is a folder, not a file", at: node, path, remedy: "name a file in it")
    default:
      guard CommitTree.isBelow(target, kustomization.folder) else {
        return report(
          "\(target) is not below \(kustomization.folder)", at: node, path,
          remedy: "move it there, or refer to a base or component that has it")
      }
      if case .plugin = field { kustomization.plugins.append(target) }
    }
  }

  private mutating func resolve(_ text: String, at node: SourceNode, path: String, from folder: String)
    -> String?
  {
    switch RepositoryReference(text, from: folder) {
    case .refused(let message, let remedy):
      report(message, at: node, path, remedy: remedy)
    case .path(let target):
      if let detour = tree.detour(on: target) {
        report(
          Self.refusal(of: detour), at: node, path, remedy: "put what is needed into the repository itself")
      } else if tree[target] == nil {
        report(
          "the commit has nothing at \(quoted(target))", at: node, path,
          remedy: "check the path, and that it is committed")
      } else {
        return target
      }
    }
    return nil
  }

  static func refusal(of detour: (path: String, kind: TreeEntry.Kind)) -> String {
    detour.kind == .symlink
      ? "\(quoted(detour.path)) is a symbolic link, which is not followed"
      : "\(quoted(detour.path)) is a submodule, which is another repository"
  }

  private static func name(_ folder: String) -> String {
    folder.isEmpty ? "the top of the repository" : folder
  }
}
