import CLibgit2

extension RepositoryHandle {
  /// The files of the work tree that differ from HEAD's commit, new ones among them, ascending; none when the
  /// repository is bare.
  func uncommittedFiles(matching matches: (String) -> Bool) throws(GitError) -> [String] {
    guard !isBare else { return [] }
    var options = git_status_options()
    try check(git_status_options_init(&options, UInt32(GIT_STATUS_OPTIONS_VERSION))) { statusError($0) }
    options.show = GIT_STATUS_SHOW_INDEX_AND_WORKDIR
    options.flags =
      GIT_STATUS_OPT_INCLUDE_UNTRACKED.rawValue | GIT_STATUS_OPT_RECURSE_UNTRACKED_DIRS.rawValue
      | GIT_STATUS_OPT_EXCLUDE_SUBMODULES.rawValue
    let repository = handle.pointer
    let list = try Handle<StatusResource>({ git_status_list_new(&$0, repository, &options) }) {
      statusError($0)
    }
    var paths: [String] = []
    for index in 0..<git_status_list_entrycount(list.pointer) {
      guard let entry = git_status_byindex(list.pointer, index)?.pointee,
        let path = (entry.index_to_workdir ?? entry.head_to_index)?.pointee.new_file.path
      else { continue }
      let name = String(cString: path)
      if matches(name) { paths.append(name) }
    }
    return paths.sorted()
  }

  private func statusError(_ failure: LibraryFailure) -> GitError {
    GitError(.other, "the work tree cannot be compared with its commit", at: place(), cause: failure.text)
  }
}

private enum StatusResource: LibraryResource {
  static func free(_ pointer: OpaquePointer) { git_status_list_free(pointer) }
}
