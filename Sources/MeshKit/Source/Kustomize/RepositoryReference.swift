import GitStore

/// A path that a kustomization names: one within the repository, or the reason why it is none.
enum RepositoryReference: Hashable {
  /// The path from the top of the repository.
  case path(String)
  /// What is wrong with it, and what to do about it.
  case refused(String, remedy: String)

  /// Reads `text` as kustomize does, relative to `folder`.
  init(_ text: String, from folder: String) {
    guard !text.isEmpty else {
      self = .refused("the path is empty", remedy: "name a file, or remove it")
      return
    }
    guard !Self.isRemote(text) else {
      self = .refused(
        "\(quoted(text)) is fetched from elsewhere, where it changes without a commit",
        remedy: "copy it into the repository, and name its path")
      return
    }
    guard !text.hasPrefix("/"), !text.hasPrefix("~") else {
      self = .refused(
        "\(quoted(text)) is an absolute path", remedy: "name it from the folder of this file")
      return
    }
    var parts = folder.split(separator: "/")
    for part in text.split(separator: "/") where part != "." {
      guard part == ".." else {
        parts.append(part)
        continue
      }
      guard parts.popLast() != nil else {
        self = .refused(
          "\(quoted(text)) leads out of the repository",
          remedy: "copy it into the repository, and name its path")
        return
      }
    }
    self = .path(parts.joined(separator: "/"))
  }

  /// Whether kustomize might take a path for a URL or a repository, which it does even when there is a folder
  /// of that name (kustomize.io, "Remote targets"); rather one path too many than one too few.
  static func isRemote(_ text: String) -> Bool {
    let lowered = text.lowercased()
    let hasRemoteMark = [":", "?", "//", "git@", "\\"].contains { lowered.contains($0) }
    let isRepository = lowered.split(separator: "/").contains { $0.hasSuffix(".git") || $0 == "_git" }
    return hasRemoteMark || isRepository || lowered.hasPrefix("github.com")
  }
}
