import CLibgit2

extension RepositoryHandle {
  /// The object that a full reference name leads to, through symbolic references; nil when there is none.
  func target(ofReference name: String) throws(GitError) -> ObjectID? {
    // A NUL would cut the name short for C, and so look up another reference than the one asked for.
    guard !name.utf8.contains(0) else { return nil }
    var id = git_oid()
    let result = git_reference_name_to_id(&id, handle.pointer, name)
    if result == GIT_ENOTFOUND.rawValue || result == GIT_EINVALIDSPEC.rawValue { return nil }
    try check(result) {
      GitError(
        .objectCorrupt, "the reference \(quotedName(name)) cannot be read", at: place(name),
        remedy: "repair or fetch it again", cause: $0.text)
    }
    return ObjectID(id)
  }

  /// The reference that HEAD points to, also when that has no commit yet; nil when HEAD is detached.
  func symbolicHead() throws(GitError) -> String? {
    let repository = handle.pointer
    let head = try Handle<ReferenceResource>({ git_reference_lookup(&$0, repository, "HEAD") }) {
      GitError(.objectCorrupt, "HEAD cannot be read", at: place("HEAD"), cause: $0.text)
    }
    return git_reference_symbolic_target(head.pointer).map { String(cString: $0) }
  }

  /// The full names of all references.
  func referenceNames() throws(GitError) -> [String] {
    var names = git_strarray()
    try check(git_reference_list(&names, handle.pointer)) {
      GitError(.other, "the references cannot be listed", at: place(), cause: $0.text)
    }
    defer { git_strarray_dispose(&names) }
    return UnsafeBufferPointer(start: names.strings, count: names.count).compactMap {
      $0.map { String(cString: $0) }
    }
  }

  /// Whether this is a cache made by a clone: bare, and with no branches of its own.
  func isCache() throws(GitError) -> Bool {
    guard isBare else { return false }
    return try !referenceNames().contains { $0.hasPrefix("refs/heads/") }
  }
}
