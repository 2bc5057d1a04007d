import GitStore

/// What is at which path of a commit.
struct CommitTree: Sendable {
  /// The names of a kustomization's file (sigs.k8s.io/kustomize, `konfig.RecognizedKustomizationFileNames`).
  static let kustomizationNames = ["kustomization.yaml", "kustomization.yml", "Kustomization"]

  /// Every path except the top, in the order of the commit.
  let paths: [String]
  private let kinds: [String: TreeEntry.Kind]

  init(_ entries: [TreeEntry]) {
    paths = entries.map(\.path)
    kinds = Dictionary(entries.map { ($0.path, $0.kind) }, uniquingKeysWith: { first, _ in first })
  }

  /// What is at `path`; the empty path is the top.
  subscript(path: String) -> TreeEntry.Kind? { path.isEmpty ? .tree : kinds[path] }

  /// The first part of `path`, itself included, that is a link or a submodule.
  func detour(on path: String) -> (path: String, kind: TreeEntry.Kind)? {
    for folder in Self.ancestors(of: path).reversed() + [path] {
      if let kind = self[folder], kind == .symlink || kind == .submodule { return (folder, kind) }
    }
    return nil
  }

  /// The kustomization files directly in a folder; more than one is one too many.
  func kustomizationFiles(in folder: String) -> [String] {
    Self.kustomizationNames.map { Self.join(folder, $0) }.filter { kinds[$0] != nil && kinds[$0] != .tree }
  }

  static func isKustomization(_ path: String) -> Bool {
    kustomizationNames.contains(String(path.split(separator: "/").last ?? ""))
  }

  static func isHidden(_ path: String) -> Bool { path.split(separator: "/").contains { $0.hasPrefix(".") } }

  static func join(_ folder: String, _ name: String) -> String { folder.isEmpty ? name : "\(folder)/\(name)" }

  static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
  }

  /// The folders around a path, from the innermost to the top, which is empty.
  static func ancestors(of path: String) -> [String] {
    var folders: [String] = []
    var path = path
    while !path.isEmpty {
      path = folder(of: path)
      folders.append(path)
    }
    return folders
  }

  /// Whether `path` is in a folder or anywhere below it.
  static func isBelow(_ path: String, _ folder: String) -> Bool {
    folder.isEmpty || path.hasPrefix(folder + "/")
  }
}
