import CLibgit2

/// Puts libgit2's word for a failed transfer into ours.
enum TransferFailure {
  static func explain(_ failure: LibraryFailure, _ remote: GitRemote) -> GitError {
    let (code, message, remedy) = meaning(of: failure)
    return GitError(code, message, at: remote.place, remedy: remedy, cause: failure.text)
  }

  private static func meaning(of failure: LibraryFailure) -> (GitError.Code, String, String) {
    let text = failure.text.lowercased()
    if failure.isCode(GIT_ECERTIFICATE) || failure.isCategory(GIT_ERROR_SSL) && text.contains("certificate") {
      return (
        .certificateRejected, "the server's TLS certificate is not trusted",
        "check the host name, or add its authority to the system's certificates"
      )
    }
    if failure.isCode(GIT_EAUTH) || ["401", "403"].contains(status(in: text)) {
      return (
        .authenticationFailed, "the server did not let us in",
        "check the credentials and what they may read"
      )
    }
    if ["404", "410"].contains(status(in: text)) || text.contains("content-type") {
      return (
        .notARepository, "the server has no Git repository at this URL",
        "check the URL; some servers say so to those who may not see it"
      )
    }
    // -37 is GIT_TIMEOUT, which libgit2 1.5 does not have yet.
    if failure.code == -37 || text.contains("timed out") {
      return (.timedOut, "the server did not answer in time", "check the network, or try again")
    }
    if text.contains("redirect") {
      return (
        .unreachable, "the server redirects to a place that is not followed",
        "use the address that it redirects to; credentials are never sent to another host"
      )
    }
    if failure.isCategory(GIT_ERROR_NET, GIT_ERROR_SSL, GIT_ERROR_HTTP, GIT_ERROR_OS) {
      return (
        .unreachable, "the remote cannot be reached, or does not speak Git",
        "check the address and the network, then try again"
      )
    }
    if failure.isCategory(GIT_ERROR_ODB, GIT_ERROR_INDEXER, GIT_ERROR_ZLIB, GIT_ERROR_OBJECT) {
      return (
        .objectCorrupt, "the remote's objects are damaged", "check the remote repository with: git fsck"
      )
    }
    return (.other, "the transfer failed", "")
  }

  /// libgit2 has no field for it; both 1.5 and 1.9 write "unexpected http status code: 404".
  private static func status(in text: String) -> String {
    guard let range = text.firstRange(of: "status code: ") else { return "" }
    return String(text[range.upperBound...].prefix(3))
  }
}
