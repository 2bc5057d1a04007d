/// A Git repository, read straight from its object database: nothing is ever checked out.
///
/// Every call runs on a thread of the repository's own, so a slow disk or server blocks nobody else.
/// All calls throw `GitError`.
public actor GitRepository {
  /// The folder of the work tree, or of the repository itself when it is bare.
  public nonisolated let path: String
  /// The bounds that reads keep to.
  public nonisolated let limits: GitLimits

  private let executor: GitExecutor
  private let handle: RepositoryHandle

  /// The queue that the repository's calls run on.
  public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  init(_ handle: consuming RepositoryHandle, on executor: GitExecutor) {
    path = handle.path
    limits = handle.objects.limits
    self.executor = executor
    self.handle = handle
  }

  /// Opens the repository at `path`, which may be bare, a work tree, or any folder within one.
  ///
  /// - Parameter ceiling: an absolute folder at which the search upwards ends.
  public static func open(
    at path: String, ceiling: String? = nil, limits: GitLimits = GitLimits()
  ) async throws -> GitRepository {
    try await GitOpener().open(at: path, searches: true, ceiling: ceiling, limits: limits)
  }

  /// Clones a remote into a bare repository at `path`, which must not exist yet or be an empty folder.
  ///
  /// The clone appears at `path` whole or not at all.
  public static func clone(
    from remote: GitRemote, to path: String, limits: GitLimits = GitLimits(),
    transfer: GitTransfer = GitTransfer()
  ) async throws -> GitRepository {
    try await GitOpener().clone(from: remote, to: path, limits: limits, transfer: transfer)
  }

  /// Brings remote branches and tags up to date, and returns what changed, in the order of the changes.
  ///
  /// Branches of the remote come to `refs/remotes/origin/`, also when they were force-pushed, and are
  /// deleted when the remote has deleted them. In a clone made by this library tags follow the remote
  /// likewise; in any other repository new tags are added, and none is moved or deleted.
  @discardableResult
  public func fetch(
    from remote: GitRemote, transfer: GitTransfer = GitTransfer()
  ) throws -> [GitReferenceChange] {
    try handle.fetch(from: remote, transfer)
  }

  /// Finds the commit that a branch, remote branch, tag, full or abbreviated commit id, or HEAD names.
  ///
  /// In a clone made by this library a branch means the remote's. A name that is a branch and a tag on
  /// different commits is an error.
  public func resolve(_ revision: String) throws -> CommitID { try handle.resolve(revision) }

  /// The name of the branch that HEAD points to, nil when HEAD is detached; a clone follows the remote's.
  public func defaultBranch() throws -> String? { try handle.defaultBranch() }

  /// Reads a commit.
  public func commit(_ id: CommitID) throws -> Commit { try handle.commit(id) }

  /// Lists everything under a path of a commit, each folder before what is in it.
  ///
  /// - Parameters:
  ///   - path: a folder, or a file, which is then the only entry; nil for the whole repository.
  ///   - matches: says of a path whether it is listed; folders that are not are still looked into.
  public func entries(
    at commit: CommitID, under path: String? = nil,
    matching matches: @Sendable (String) -> Bool = { _ in true }
  ) throws -> [TreeEntry] {
    try handle.entries(at: commit, under: path ?? "").filter { matches($0.path) }
  }

  /// Reads the file at a path of a commit; symbolic links are not followed.
  public func read(_ path: String, at commit: CommitID) throws -> [UInt8] {
    try handle.read(path, at: commit)
  }

  /// Reads the files and symbolic links under a path of a commit whose own path `matches`.
  ///
  /// A symbolic link comes with the path that it points to as its bytes; submodules are left out.
  public func files(
    at commit: CommitID, under path: String? = nil,
    matching matches: @Sendable (String) -> Bool = { _ in true }
  ) throws -> [GitFile] {
    try handle.files(at: commit, under: path ?? "", matching: matches)
  }

  /// The paths of files in the work tree whose own path `matches` and that differ from HEAD's commit: changed,
  /// deleted or not added yet. None in a bare repository.
  public func uncommittedFiles(matching matches: @Sendable (String) -> Bool = { _ in true }) throws
    -> [String]
  {
    try handle.uncommittedFiles(matching: matches)
  }
}
