import CLibgit2

/// The C callbacks of a transfer; each finds its context and leaves the rest to it.
enum TransferCallbacks {
  /// Callbacks that use `context`, which must outlive the call they are given to.
  static func make(for context: TransferContext) throws(GitError) -> git_remote_callbacks {
    var callbacks = git_remote_callbacks()
    try check(git_remote_init_callbacks(&callbacks, UInt32(GIT_REMOTE_CALLBACKS_VERSION))) {
      GitError(.other, "this version of libgit2 is not supported", at: .init("libgit2"), cause: $0.text)
    }
    callbacks.payload = Unmanaged.passUnretained(context).toOpaque()
    callbacks.transfer_progress = progress
    callbacks.sideband_progress = sideband
    callbacks.credentials = credentials
    callbacks.update_tips = updated
    return callbacks
  }

  private static let stop = GIT_EUSER.rawValue

  private static let progress: git_indexer_progress_cb = { progress, payload in
    guard let context = TransferContext.from(payload), let progress = progress?.pointee else { return stop }
    return context.run { () throws(GitError) in
      try context.received(
        GitProgress(
          receivedObjects: Int(progress.received_objects), totalObjects: Int(progress.total_objects),
          receivedBytes: progress.received_bytes))
    }
  }

  /// The remote's own words are dropped; what counts is the chance to stop while it counts objects.
  private static let sideband: git_transport_message_cb = { _, _, payload in
    guard let context = TransferContext.from(payload) else { return stop }
    return context.run { () throws(GitError) in try context.checkMayContinue() }
  }

  private static let credentials: git_credential_acquire_cb = { made, _, _, allowed, payload in
    guard let context = TransferContext.from(payload) else { return stop }
    // Not ours to answer: libgit2 then reports that the kind of authentication is not supported.
    guard allowed & GIT_CREDENTIAL_USERPASS_PLAINTEXT.rawValue != 0 else { return GIT_PASSTHROUGH.rawValue }
    return context.run { () throws(GitError) in
      let credentials = try context.offerCredentials()
      try check(git_credential_userpass_plaintext_new(made, credentials.username, credentials.secret)) {
        GitError(.other, "the credentials cannot be used", at: .init("libgit2"), cause: $0.text)
      }
    }
  }

  private static let updated:
    @convention(c) (
      UnsafePointer<CChar>?, UnsafePointer<git_oid>?, UnsafePointer<git_oid>?, UnsafeMutableRawPointer?
    ) -> Int32 = { name, old, new, payload in
      guard let context = TransferContext.from(payload), let name else { return stop }
      context.changed(
        GitReferenceChange(name: String(cString: name), old: known(old), new: known(new)))
      return 0
    }

  /// libgit2 says "no object" with an id of zeros.
  private static func known(_ id: UnsafePointer<git_oid>?) -> ObjectID? {
    guard let id, git_oid_is_zero(id) == 0 else { return nil }
    return ObjectID(id.pointee)
  }
}
