import CLibgit2

extension RepositoryHandle {
  /// Reads a commit.
  func commit(_ id: CommitID) throws(GitError) -> Commit {
    let header = try objects.header(id.object, at: id.description)
    guard header.type == GIT_OBJECT_COMMIT else {
      throw GitError(
        .notACommit, "object \(id) is a \(header.typeName), not a commit", at: place(id.description),
        remedy: "name a commit id")
    }
    try objects.admit(header, id.object, byteLimit: objects.limits.maxBlobBytes, at: id.description)
    let repository = handle.pointer
    var library = id.object.library
    let commit = try Handle<CommitResource>({ git_commit_lookup(&$0, repository, &library) }) {
      objects.unreadable(id.object, $0, at: id.description)
    }
    guard let author = git_commit_author(commit.pointer), let tree = git_commit_tree_id(commit.pointer)
    else { throw objects.unreadable(id.object, LibraryFailure(GIT_ERROR.rawValue), at: id.description) }
    let parents = (0..<git_commit_parentcount(commit.pointer)).compactMap {
      git_commit_parent_id(commit.pointer, $0).map { CommitID(ObjectID($0.pointee)) }
    }
    return Commit(
      id: id, author: GitSignature(author.pointee),
      message: git_commit_message(commit.pointer).map { String(cString: $0) } ?? "",
      parents: parents, tree: ObjectID(tree.pointee))
  }
}

extension GitSignature {
  fileprivate init(_ signature: git_signature) {
    name = signature.name.map { String(cString: $0) } ?? ""
    email = signature.email.map { String(cString: $0) } ?? ""
    seconds = signature.when.time
    offsetMinutes = Int(signature.when.offset)
  }
}
