import CLibgit2

extension RepositoryHandle {
  /// Brings branches and tags up to date with the remote, and reports what changed.
  func fetch(from remote: GitRemote, _ transfer: GitTransfer) throws(GitError) -> [GitReferenceChange] {
    let context = TransferContext(remote, transfer, objects.limits)
    try context.checkMayContinue()
    if case .local(let path) = remote.location {
      // libgit2 loses why it cannot open a local remote; opening it here first says why.
      _ = try RepositoryHandle(at: path, searches: false, ceiling: nil, limits: objects.limits)
    }
    let isCache = try isCache()
    // Tags of a cache mirror those of the remote; in a user's repository no tag is moved or deleted.
    let specs = isCache ? [branchSpec, "+refs/tags/*:refs/tags/*"] : [branchSpec]
    let tags = isCache ? GIT_REMOTE_DOWNLOAD_TAGS_NONE : GIT_REMOTE_DOWNLOAD_TAGS_AUTO
    let handle = try remoteHandle(remote)
    try withExtendedLifetime(context) { () throws(GitError) in
      var options = try fetchOptions(for: remote, context, tags)
      let names = StringArray(specs)
      var library = names.library
      try run(context, remote) { git_remote_download(handle.pointer, &library, &options) }
      try context.checkMayContinue()
      // Before the update: a deleted branch "a" would be in the way of a new branch "a/b".
      try run(context, remote) { git_remote_prune(handle.pointer, &options.callbacks) }
      try run(context, remote) {
        git_remote_update_tips(handle.pointer, &options.callbacks, 0, tags, "fetch")
      }
    }
    if isCache { try followDefaultBranch(of: handle, remote) }
    return context.changes
  }

  private func run(
    _ context: TransferContext, _ remote: GitRemote, _ call: () -> Int32
  ) throws(GitError) {
    let result = call()
    if result < 0 { throw context.failure ?? TransferFailure.explain(LibraryFailure(result), remote) }
  }

  /// A remote without a name: it reads and writes no configuration, so no setting can send it elsewhere.
  private func remoteHandle(_ remote: GitRemote) throws(GitError) -> Handle<RemoteResource> {
    var options = git_remote_create_options()
    try check(git_remote_create_options_init(&options, UInt32(GIT_REMOTE_CREATE_OPTIONS_VERSION))) {
      TransferFailure.explain($0, remote)
    }
    options.repository = handle.pointer
    options.flags = GIT_REMOTE_CREATE_SKIP_INSTEADOF.rawValue
    return try Handle({ git_remote_create_with_opts(&$0, remote.transportURL, &options) }) {
      TransferFailure.explain($0, remote)
    }
  }

  private func fetchOptions(
    for remote: GitRemote, _ context: TransferContext, _ tags: git_remote_autotag_option_t
  ) throws(GitError) -> git_fetch_options {
    var options = git_fetch_options()
    try check(git_fetch_options_init(&options, UInt32(GIT_FETCH_OPTIONS_VERSION))) {
      TransferFailure.explain($0, remote)
    }
    options.callbacks = try TransferCallbacks.make(for: context)
    options.download_tags = tags
    options.update_fetchhead = 0
    options.proxy_opts.type = GIT_PROXY_AUTO
    // libgit2 offers the credentials to wherever it was redirected; "none" still allows the same host.
    options.follow_redirects =
      remote.credentials == nil ? GIT_REMOTE_REDIRECT_INITIAL : GIT_REMOTE_REDIRECT_NONE
    return options
  }

  /// Points HEAD of a cache to the branch that the remote's HEAD names.
  private func followDefaultBranch(of remote: borrowing Handle<RemoteResource>, _ from: GitRemote)
    throws(GitError)
  {
    var name = git_buf()
    let result = git_remote_default_branch(&name, remote.pointer)
    defer { git_buf_dispose(&name) }
    // An empty remote, or one whose HEAD is detached, has none: the old one stays.
    if result == GIT_ENOTFOUND.rawValue { return }
    try check(result) { TransferFailure.explain($0, from) }
    guard let branch = name.ptr.map({ String(cString: $0) }), branch.hasPrefix("refs/heads/") else { return }
    try check(git_repository_set_head(handle.pointer, branch)) {
      GitError(.other, "HEAD cannot be pointed to \(quotedName(branch))", at: place("HEAD"), cause: $0.text)
    }
  }
}

private let branchSpec = "+refs/heads/*:refs/remotes/origin/*"
