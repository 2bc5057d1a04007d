import CLibgit2

extension RepositoryHandle {
  /// Every entry under a path, folders before what is in them; a file's path gives that file alone.
  func entries(at commit: CommitID, under path: String) throws(GitError) -> [TreeEntry] {
    var budget = ReadBudget(objects.limits)
    return try entries(at: commit, under: path, budget: &budget)
  }

  func entries(
    at commit: CommitID, under path: String, budget: inout ReadBudget
  ) throws(GitError) -> [TreeEntry] {
    let start = try entry(at: commit, path: path, budget: &budget)
    guard start.kind == .tree else { return [start] }
    var found: [TreeEntry] = []
    // A list of what is still to visit instead of recursion: the depth is in the hands of others.
    var pending = [start]
    while let entry = pending.popLast() {
      if entry.path != start.path { found.append(entry) }
      guard entry.kind == .tree else { continue }
      pending += try children(of: entry, at: commit, budget: &budget).reversed()
    }
    return found
  }

  /// The entry at a path; the empty path is the folder at the top.
  func entry(
    at commit: CommitID, path: String, budget: inout ReadBudget
  ) throws(GitError) -> TreeEntry {
    guard let components = RepositoryPath.components(path) else {
      throw GitError(
        .unsafePath, "\(quotedName(path)) is not a path within the repository",
        at: place("\(commit)"), remedy: "give a path relative to its top, without \"..\" or \".git\"")
    }
    guard components.count <= objects.limits.maxPathDepth else {
      throw GitError(
        .tooLarge, "the path is more than \(objects.limits.maxPathDepth) folders deep",
        at: place("\(commit)"), remedy: "ask for a shorter path, or raise the limit")
    }
    var current = TreeEntry(path: "", kind: .tree, id: try self.commit(commit).tree)
    for component in components {
      guard current.kind == .tree else { throw notAFolder(current, at: commit) }
      let children = try children(of: current, at: commit, budget: &budget)
      let wanted = RepositoryPath.join(current.path, component)
      // Strings that look alike are equal in Swift, whereas Git compares bytes.
      guard let next = children.first(where: { $0.path.utf8.elementsEqual(wanted.utf8) }) else {
        throw pathNotFound(wanted, at: commit, siblings: children)
      }
      current = next
    }
    return current
  }

  private func children(
    of folder: TreeEntry, at commit: CommitID, budget: inout ReadBudget
  ) throws(GitError) -> [TreeEntry] {
    let location = "\(commit):\(folder.path)"
    let bytes = try objects.read(
      folder.id, expecting: GIT_OBJECT_TREE, byteLimit: budget.bytesLeft, at: location)
    try budget.spend(bytes: bytes.count, at: place(location))
    let raw: [RawTreeEntry]
    do throws(TreeParser.Defect) {
      raw = try TreeParser.entries(of: bytes, maxEntries: budget.entriesLeft)
    } catch {
      throw GitError(
        error.code, "tree \(folder.id) is refused: \(error.reason)", at: place(location),
        remedy: error.code == .tooLarge
          ? "ask for a smaller part, or raise the limit"
          : "take the entry out of the repository; git fsck names it too")
    }
    let depth = folder.path.isEmpty ? 1 : folder.path.utf8.count { $0 == UInt8(ascii: "/") } + 2
    var children: [TreeEntry] = []
    for entry in raw {
      let path = RepositoryPath.join(folder.path, entry.name)
      guard let kind = entry.kind else {
        throw GitError(
          .objectCorrupt, "tree \(folder.id) has an entry of unknown mode \(String(entry.mode, radix: 8))",
          at: place("\(commit):\(path)"), remedy: "check the repository with: git fsck")
      }
      try budget.spendEntry(path: path, depth: depth, at: place("\(commit):\(path)"))
      children.append(TreeEntry(path: path, kind: kind, id: entry.id))
    }
    return children
  }
}
