import CLibgit2

extension RepositoryHandle {
  /// The content of the file at a path.
  func read(_ path: String, at commit: CommitID) throws(GitError) -> [UInt8] {
    var budget = ReadBudget(objects.limits)
    let entry = try entry(at: commit, path: path, budget: &budget)
    switch entry.kind {
    case .file, .executable: return try content(of: entry, at: commit, budget: &budget)
    case .tree: throw notAFile(entry, "a folder", at: commit, remedy: "list it, or name a file in it")
    case .symlink:
      throw notAFile(
        entry, "a symbolic link, which is not followed", at: commit, remedy: "name the file it points to")
    case .submodule:
      throw notAFile(
        entry, "a submodule, which is another repository", at: commit,
        remedy: "open that repository instead")
    }
  }

  /// The files and symbolic links under a path whose own path `matches`.
  func files(
    at commit: CommitID, under path: String, matching matches: (String) -> Bool
  ) throws(GitError) -> [GitFile] {
    var budget = ReadBudget(objects.limits)
    var files: [GitFile] = []
    for entry in try entries(at: commit, under: path, budget: &budget) {
      guard entry.kind != .tree, entry.kind != .submodule, matches(entry.path) else { continue }
      let bytes = try content(of: entry, at: commit, budget: &budget)
      files.append(GitFile(path: entry.path, kind: entry.kind, bytes: bytes))
    }
    return files
  }

  private func content(
    of entry: TreeEntry, at commit: CommitID, budget: inout ReadBudget
  ) throws(GitError) -> [UInt8] {
    let location = "\(commit):\(entry.path)"
    let bytes = try objects.read(
      entry.id, expecting: GIT_OBJECT_BLOB,
      byteLimit: min(objects.limits.maxBlobBytes, budget.bytesLeft), at: location)
    try budget.spend(bytes: bytes.count, at: place(location))
    return bytes
  }

  private func notAFile(
    _ entry: TreeEntry, _ what: String, at commit: CommitID, remedy: String
  ) -> GitError {
    GitError(
      .notAFile, "\(quotedName(entry.path)) is \(what)", at: place("\(commit):\(entry.path)"),
      remedy: remedy)
  }

  func notAFolder(_ entry: TreeEntry, at commit: CommitID) -> GitError {
    notAFile(
      entry, "a \(entry.kind.rawValue), so no path leads through it", at: commit,
      remedy: "check the path; links and submodules are not followed")
  }

  func pathNotFound(_ path: String, at commit: CommitID, siblings: [TreeEntry]) -> GitError {
    let near = NearNames.closest(to: path, among: siblings.map(\.path))
    return GitError(
      .pathNotFound, "the commit has nothing at \(quotedName(path))", at: place("\(commit):\(path)"),
      remedy: near.isEmpty
        ? "check the path and the revision"
        : "the nearest names there: \(near.map(quotedName).joined(separator: ", "))")
  }
}
