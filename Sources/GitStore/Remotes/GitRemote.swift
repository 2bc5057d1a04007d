/// Where to clone or fetch from, with the credentials for it.
///
/// Supported are paths of this machine, file:// URLs, and http(s):// URLs.
public struct GitRemote: Sendable, CustomStringConvertible {
  /// The location without userinfo and query, as it may be shown and logged.
  public let description: String

  let location: Location
  let credentials: GitCredentials?

  enum Location: Equatable, Sendable {
    case local(path: String)
    case http(url: String)
  }

  /// Reads a path or URL.
  ///
  /// Userinfo in a URL becomes the credentials, unless others are given. Throws `GitError` with
  /// `.unsupportedURL` for other schemes, ssh among them, and for malformed locations.
  public init(_ location: String, credentials: GitCredentials? = nil) throws {
    let parsed = try RemoteLocation.parse(location)
    description = parsed.display
    self.location = parsed.location
    self.credentials = credentials ?? parsed.credentials
  }

  /// What libgit2 gets; it never holds a secret.
  var transportURL: String {
    switch location {
    case .local(let path): path
    case .http(let url): url
    }
  }

  var place: GitError.Place { GitError.Place(description) }
}
