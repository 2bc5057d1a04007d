#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Takes the location of a remote apart, and the secret out of it.
struct RemoteLocation {
  let location: GitRemote.Location
  let display: String
  var credentials: GitCredentials?

  static func parse(_ text: String) throws(GitError) -> RemoteLocation {
    guard !text.isEmpty, !text.unicodeScalars.contains(where: isControl) else {
      throw unsupported("the location is empty or holds control characters", text)
    }
    guard let (scheme, rest) = splitScheme(text) else { return try parsePath(text) }
    switch scheme {
    case "file": return try parseFile(rest, text)
    case "http", "https": return try parseHTTP(scheme, rest, text)
    default: throw unsupported("\(quotedName(scheme)) URLs are not supported", text)
    }
  }

  private static func splitScheme(_ text: String) -> (String, Substring)? {
    guard let colon = text.firstIndex(of: ":"), text[colon...].hasPrefix("://") else { return nil }
    let scheme = text[..<colon]
    guard !scheme.contains("/") else { return nil }
    return (scheme.lowercased(), text[colon...].dropFirst(3))
  }

  /// A colon before any slash is how ssh locations are written: `git@host:path`.
  private static func parsePath(_ text: String) throws(GitError) -> RemoteLocation {
    if let colon = text.firstIndex(of: ":"), !text[..<colon].contains("/") {
      throw unsupported("ssh locations are not supported", text)
    }
    let path = text.hasPrefix("/") ? text : "\(FileManager.default.currentDirectoryPath)/\(text)"
    return RemoteLocation(location: .local(path: path), display: path)
  }

  private static func parseFile(_ rest: Substring, _ text: String) throws(GitError) -> RemoteLocation {
    let slash = rest.firstIndex(of: "/") ?? rest.endIndex
    guard ["", "localhost"].contains(rest[..<slash].lowercased()),
      let path = PercentCoding.decode(rest[slash...]), path.utf8.count > 1, !path.utf8.contains(0)
    else { throw unsupported("a file URL names an absolute path: file:///srv/git/mesh.git", text) }
    return RemoteLocation(location: .local(path: path), display: path)
  }

  private static func parseHTTP(
    _ scheme: String, _ rest: Substring, _ text: String
  ) throws(GitError) -> RemoteLocation {
    let end = rest.firstIndex { "/?#".contains($0) } ?? rest.endIndex
    let authority = rest[..<end]
    let at = authority.lastIndex(of: "@")
    let host = at.map { authority[authority.index(after: $0)...] } ?? authority
    // An "@" after the authority may end a password with an unescaped "/": it must not be shown, and
    // sending it as part of a path would be as bad.
    guard isHost(host), !rest[end...].contains("@") else {
      throw unsupported(
        "the URL is malformed; special characters in userinfo are written as %40 and the like", text)
    }
    let target = rest[end...]
    guard !target.contains("?"), !target.contains("#") else {
      throw unsupported("the URL of a repository has no query or fragment", text)
    }
    let url = "\(scheme)://\(host)\(target)"
    var parsed = RemoteLocation(location: .http(url: url), display: url)
    if let at { parsed.credentials = try credentials(authority[..<at], text) }
    return parsed
  }

  private static func credentials(_ userinfo: Substring, _ text: String) throws(GitError) -> GitCredentials {
    let parts = userinfo.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let user = PercentCoding.decode(parts[0]),
      let password = PercentCoding.decode(parts.count > 1 ? parts[1] : "")
    else { throw unsupported("the userinfo of the URL is malformed", text) }
    return .basic(username: user, password: password)
  }

  private static func isHost(_ text: Substring) -> Bool {
    let bracket = text.lastIndex(of: "]") ?? text.startIndex
    let colon = text[bracket...].firstIndex(of: ":")
    let name = text[..<(colon ?? text.endIndex)]
    let port = colon.map { UInt16(text[text.index(after: $0)...]) }
    return !name.isEmpty && port != .some(nil)
      && name.utf8.allSatisfy { $0 > 32 && $0 < 127 && $0 != UInt8(ascii: "@") && $0 != UInt8(ascii: "\\") }
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.generalCategory == .control
  }

  private static func unsupported(_ message: String, _ text: String) -> GitError {
    GitError(
      .unsupportedURL, message, at: .init(URLRedaction.redact(location: text)),
      remedy: "use a path, a file:// URL or an https:// URL")
  }
}
