import CLibgit2

/// An open repository with its object database; it never leaves the actor that owns it.
struct RepositoryHandle: ~Copyable {
  let handle: Handle<RepositoryResource>
  let objects: ObjectDatabase
  let path: String

  /// Opens the repository at `path` or, if `searches`, at the nearest folder above that has one.
  init(at path: String, searches: Bool, ceiling: String?, limits: GitLimits) throws(GitError) {
    Libgit2.start()
    let flags = searches ? 0 : GIT_REPOSITORY_OPEN_NO_SEARCH.rawValue
    let handle = try Handle<RepositoryResource>(
      { git_repository_open_ext(&$0, path, flags, ceiling) }
    ) { Self.openError($0, path: path) }
    try self.init(handle, fallbackPath: path, limits: limits)
  }

  /// Makes an empty bare repository in `path`.
  init(creatingBareAt path: String, limits: GitLimits) throws(GitError) {
    Libgit2.start()
    let handle = try Handle<RepositoryResource>({ git_repository_init(&$0, path, 1) }) {
      GitError(
        .other, "cannot create a repository", at: .init(path),
        remedy: "check that the folder can be written to", cause: $0.text)
    }
    try self.init(handle, fallbackPath: path, limits: limits)
  }

  private init(
    _ handle: consuming Handle<RepositoryResource>, fallbackPath: String, limits: GitLimits
  ) throws(GitError) {
    let found = git_repository_workdir(handle.pointer) ?? git_repository_path(handle.pointer)
    let path = found.map { String(cString: $0) } ?? fallbackPath
    let repository = handle.pointer
    let database = try Handle<DatabaseResource>({ git_repository_odb(&$0, repository) }) {
      GitError(.other, "cannot open the object database", at: .init(path), cause: $0.text)
    }
    let common = git_repository_commondir(repository).map { String(cString: $0) } ?? path
    objects = ObjectDatabase(
      handle: database, looseFolder: "\(common)/objects", repository: path, limits: limits)
    self.path = path
    self.handle = handle
  }

  var isBare: Bool { git_repository_is_bare(handle.pointer) == 1 }

  func place(_ object: String? = nil) -> GitError.Place { GitError.Place(path, object: object) }

  private static func openError(_ failure: LibraryFailure, path: String) -> GitError {
    // Without any safe.directory setting, 1.5 reports that the setting is missing instead.
    if failure.isCode(GIT_EOWNER) || failure.text.contains("safe.directory") {
      return GitError(
        .notOwned, "the repository belongs to another user, so its configuration is not trusted",
        at: .init(path),
        remedy: "change its owner, or trust it with: git config --global --add safe.directory <folder>",
        cause: failure.text)
    }
    return GitError(
      .notARepository, "no Git repository can be opened here", at: .init(path),
      remedy: "check the path, or make a repository there with: git init", cause: failure.text)
  }
}
