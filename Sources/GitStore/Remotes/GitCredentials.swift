/// What proves to an http(s) server who is asking. Its secret never appears in text.
public struct GitCredentials: Sendable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  let username: String
  let secret: String

  /// A user name and a password.
  public static func basic(username: String, password: String) -> GitCredentials {
    GitCredentials(username: username, secret: password)
  }

  /// An access token, sent as the password of `username`.
  ///
  /// GitHub and GitLab accept any user name with a personal token; GitLab wants "oauth2" with an OAuth
  /// token, Bitbucket "x-token-auth".
  public static func token(_ token: String, username: String = "git") -> GitCredentials {
    GitCredentials(username: username, secret: token)
  }

  /// Says that there is a secret, and not what it is.
  public var description: String { "GitCredentials(hidden)" }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// Empty, so that `dump` shows nothing either.
  public var customMirror: Mirror { Mirror(self, children: [:]) }
}
