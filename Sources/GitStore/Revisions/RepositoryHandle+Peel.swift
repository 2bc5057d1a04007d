import CLibgit2

extension RepositoryHandle {
  /// Follows annotated tags from `id` to a commit.
  func peel(_ id: ObjectID, named name: String) throws(GitError) -> CommitID {
    var current = id
    for _ in 0..<maxTagChain {
      let header: ObjectDatabase.Header
      do {
        header = try objects.header(current, at: name)
      } catch  where error.code == .objectMissing && ObjectID(name) == current {
        throw try notFound(name)
      }
      switch header.type {
      case GIT_OBJECT_COMMIT: return CommitID(current)
      case GIT_OBJECT_TAG: current = try tagTarget(current, header, named: name)
      default:
        throw GitError(
          .notACommit, "\(quotedName(name)) is a \(header.typeName), not a commit", at: place(name),
          remedy: "name a branch, a tag of a commit, or a commit id")
      }
    }
    throw GitError(
      .notACommit, "\(quotedName(name)) leads through more than \(maxTagChain) tags", at: place(name),
      remedy: "name the commit itself")
  }

  private func tagTarget(
    _ id: ObjectID, _ header: ObjectDatabase.Header, named name: String
  ) throws(GitError) -> ObjectID {
    try objects.admit(header, id, byteLimit: objects.limits.maxBlobBytes, at: name)
    let repository = handle.pointer
    var library = id.library
    let tag = try Handle<TagResource>({ git_tag_lookup(&$0, repository, &library) }) {
      objects.unreadable(id, $0, at: name)
    }
    guard let target = git_tag_target_id(tag.pointer) else {
      throw objects.unreadable(id, LibraryFailure(GIT_ERROR.rawValue), at: name)
    }
    return ObjectID(target.pointee)
  }

  /// The error for a name that leads nowhere, with the names that may have been meant.
  func notFound(_ revision: String) throws(GitError) -> GitError {
    let references = try referenceNames()
    if references.isEmpty, try target(ofReference: "HEAD") == nil {
      return GitError(
        .emptyRepository, "the repository has no commit yet", at: place(),
        remedy: "commit something, or fetch if the remote has commits by now")
    }
    let names = references.compactMap(shortName)
    let near = NearNames.closest(to: revision, among: names).map(quotedName).joined(separator: ", ")
    let isExpression = revision.contains { "~^:@{}?*[\\ ".contains($0) }
    let remedy =
      isExpression
      ? "expressions such as HEAD~1 are not supported; name a branch, a tag or a commit id"
      : "fetch if it is new, or choose one of the nearest names: \(near)"
    return GitError(
      .revisionNotFound, "no branch, tag or commit is called \(quotedName(revision))", at: place(),
      remedy: remedy)
  }
}

private let maxTagChain = 16

/// What a person would call a reference, nil for those that are neither branch nor tag.
private func shortName(_ reference: String) -> String? {
  for prefix in ["refs/heads/", "refs/tags/", "refs/remotes/origin/", "refs/remotes/"]
  where reference.hasPrefix(prefix) {
    return String(reference.dropFirst(prefix.count))
  }
  return nil
}
