/// What went wrong with a repository: what happened, where, and what to do next.
///
/// Secrets are removed before an error is made: no text in it holds the userinfo of a URL.
public struct GitError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of failure this is, for code that reacts to it.
  public let code: Code
  /// What happened, in plain words.
  public let message: String
  /// The repository or redacted URL, with the commit and path where they are known.
  public let place: Place
  /// What to do next, empty when there is nothing to suggest.
  public let remedy: String
  /// What libgit2 said, empty when the failure was found here.
  public let cause: String

  init(_ code: Code, _ message: String, at place: Place, remedy: String = "", cause: String = "") {
    self.code = code
    self.message = message
    self.place = place
    self.remedy = remedy
    self.cause = cause
  }

  /// The place, the message with its cause, and the remedy, on one line.
  public var description: String {
    let happened = cause.isEmpty ? message : "\(message) (\(cause))"
    return "\(place): \(happened)" + (remedy.isEmpty ? "" : "; \(remedy)")
  }
}
