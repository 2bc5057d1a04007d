import CLibgit2

/// What the callbacks of one transfer share, and the Swift error that one of them stopped it with.
///
/// libgit2 calls back on the thread of the call, so this is never used by two threads.
final class TransferContext {
  private let remote: GitRemote
  private let limits: GitLimits
  private let deadline: Deadline
  private let progress: (@Sendable (GitProgress) -> Void)?
  private var hasOfferedCredentials = false
  private(set) var failure: GitError?
  private(set) var changes: [GitReferenceChange] = []

  init(_ remote: GitRemote, _ transfer: GitTransfer, _ limits: GitLimits) {
    self.remote = remote
    self.limits = limits
    deadline = Deadline(after: transfer.timeout, on: transfer.clock)
    progress = transfer.progress
  }

  /// Throws when the transfer may not go on.
  func checkMayContinue() throws(GitError) {
    // The call runs within the job of the task that awaits it, so this is that task's state.
    if Task.isCancelled {
      throw GitError(.cancelled, "the transfer was cancelled", at: remote.place)
    }
    if deadline.isPast() {
      throw GitError(
        .timedOut, "the transfer took longer than \(deadline.allowed)", at: remote.place,
        remedy: "try again, or allow more time")
    }
  }

  func received(_ progress: GitProgress) throws(GitError) {
    try checkMayContinue()
    guard progress.receivedBytes <= limits.maxTransferBytes else {
      throw GitError(
        .tooLarge, "the remote sends more than \(limits.maxTransferBytes) bytes", at: remote.place,
        remedy: "use a smaller repository, or raise the limit")
    }
    self.progress?(progress)
  }

  func changed(_ change: GitReferenceChange) { changes.append(change) }

  /// The credentials, once: a server that asks again has refused them.
  func offerCredentials() throws(GitError) -> GitCredentials {
    guard let credentials = remote.credentials else {
      throw GitError(
        .authenticationFailed, "the server wants credentials, and none are given", at: remote.place,
        remedy: "give a user name and password or a token; some servers say so for a mistyped URL too")
    }
    guard !hasOfferedCredentials else {
      throw GitError(
        .authenticationFailed, "the server refused the credentials", at: remote.place,
        remedy: "check that the token is valid, not expired, and may read this repository")
    }
    hasOfferedCredentials = true
    return credentials
  }

  /// Runs the Swift side of a callback and keeps its error, since C cannot carry it.
  func run(_ body: () throws(GitError) -> Void) -> Int32 {
    do throws(GitError) {
      try body()
      return 0
    } catch {
      if failure == nil { failure = error }
      return GIT_EUSER.rawValue
    }
  }

  static func from(_ payload: UnsafeMutableRawPointer?) -> TransferContext? {
    payload.map { Unmanaged<TransferContext>.fromOpaque($0).takeUnretainedValue() }
  }
}
