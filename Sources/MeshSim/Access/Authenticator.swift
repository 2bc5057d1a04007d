import HTTPTypes
import KubeModel

/// Finds out who sends a request: by what the port says of it, by its bearer token, and by whom it impersonates.
struct Authenticator {
  /// Whether whoever shows nothing is the administrator, as inside of a process; otherwise they are anonymous.
  var isTrusted = true

  /// - Throws: 401 for a token that nobody was given; 403 for an impersonation that is not granted.
  func authenticate(_ headers: HTTPFields, in state: ClusterState) throws(StatusError) -> UserInfo {
    let user = try requester(headers, in: state)
    guard let impersonation = try Impersonation(headers) else { return user }
    return try impersonation.user(by: user, in: state)
  }

  private func requester(_ headers: HTTPFields, in state: ClusterState) throws(StatusError) -> UserInfo {
    if let user = remoteUser(headers) { return user.authenticated }
    let parts = (headers[.authorization] ?? "").split(separator: " ")
    guard parts.count == 2, parts[0].lowercased() == "bearer" else {
      return isTrusted ? .administrator : .anonymous
    }
    let token = String(parts[1])
    if let known = state.access.tokens[token] { return known.authenticated }
    guard let account = ServiceAccountTokens.user(of: token, in: state) else { throw .unauthorized }
    return account.authenticated
  }

  /// The user that the cluster's port has found out already.
  private func remoteUser(_ headers: HTTPFields) -> UserInfo? {
    var user: String?
    var groups: [String] = []
    for field in headers {
      switch field.name.canonicalName {
      case "x-remote-user": user = field.value
      case "x-remote-group": groups.append(field.value)
      default: break
      }
    }
    return user.flatMap { $0.isEmpty ? nil : UserInfo(name: $0, groups: groups) }
  }
}

extension UserInfo {
  /// Whoever has shown a token is in this group.
  var authenticated: UserInfo {
    var user = self
    if !user.groups.contains("system:authenticated") { user.groups.append("system:authenticated") }
    return user
  }
}

extension StatusError {
  static let unauthorized = StatusError(code: 401, reason: "Unauthorized", message: "Unauthorized")
}
