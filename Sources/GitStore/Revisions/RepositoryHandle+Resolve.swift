import CLibgit2

extension RepositoryHandle {
  /// Finds the commit that a person means by `revision`.
  func resolve(_ revision: String) throws(GitError) -> CommitID {
    if revision == "HEAD" { return try resolveHead() }
    if let id = ObjectID(revision) { return try peel(id, named: revision) }
    if revision.hasPrefix("refs/"), let id = try target(ofReference: revision) {
      return try peel(id, named: revision)
    }
    let branch = try branchTarget(revision)
    let tag = try target(ofReference: "refs/tags/\(revision)")
    if let branch, let tag { return try resolve(revision, branch: branch, tag: tag) }
    if let id = branch ?? tag { return try peel(id, named: revision) }
    if let id = try expand(prefix: revision) { return try peel(id, named: revision) }
    throw try notFound(revision)
  }

  /// A branch of this repository wins over one of a remote, and `NAME` means `origin/NAME` in a cache.
  private func branchTarget(_ name: String) throws(GitError) -> ObjectID? {
    for reference in ["refs/heads/\(name)", "refs/remotes/\(name)", "refs/remotes/origin/\(name)"] {
      if let id = try target(ofReference: reference) { return id }
    }
    return nil
  }

  /// Git would take the tag and warn; what is deployed must not depend on a warning, so this refuses.
  private func resolve(_ name: String, branch: ObjectID, tag: ObjectID) throws(GitError) -> CommitID {
    let ofBranch = try peel(branch, named: name)
    let ofTag = try peel(tag, named: name)
    guard ofBranch == ofTag else {
      throw GitError(
        .ambiguousRevision, "\(quotedName(name)) is both a branch and a tag, on different commits",
        at: place(name), remedy: "say refs/tags/\(name), or the branch by its full refs/… name")
    }
    return ofBranch
  }

  private func resolveHead() throws(GitError) -> CommitID {
    if let id = try target(ofReference: "HEAD") { return try peel(id, named: "HEAD") }
    // A cache has no branches of its own: its HEAD names the default branch of the remote.
    if let branch = try defaultBranch(), let id = try target(ofReference: "refs/remotes/origin/\(branch)") {
      return try peel(id, named: "HEAD")
    }
    throw try notFound("HEAD")
  }

  /// The name of the branch that HEAD points to; nil when HEAD is detached.
  func defaultBranch() throws(GitError) -> String? {
    let prefix = "refs/heads/"
    guard let head = try symbolicHead(), head.hasPrefix(prefix) else { return nil }
    return String(head.dropFirst(prefix.count))
  }

  /// The object whose id begins with `prefix`, nil when that is no abbreviated id or nothing has it.
  private func expand(prefix: String) throws(GitError) -> ObjectID? {
    guard (4..<ObjectID.digits).contains(prefix.utf8.count), isHexadecimal(prefix) else { return nil }
    var short = git_oid()
    var full = git_oid()
    git_oid_fromstrn(&short, prefix, prefix.utf8.count)
    let result = git_odb_exists_prefix(&full, objects.handle.pointer, &short, prefix.utf8.count)
    if result == GIT_ENOTFOUND.rawValue { return nil }
    try check(result) { failure in
      let isAmbiguous = failure.isCode(GIT_EAMBIGUOUS)
      return GitError(
        isAmbiguous ? .ambiguousRevision : .other,
        isAmbiguous
          ? "more than one object has an id that begins with \(prefix)" : "object ids cannot be searched",
        at: place(prefix), remedy: isAmbiguous ? "give more digits of the id" : "", cause: failure.text)
    }
    return ObjectID(full)
  }
}
