internal import HTTPTypes
public import Seams

/// Lets only requests with a known token through, and tells the transport behind it whose they are.
///
/// The user is passed on in the header fields of Kubernetes' front proxies, `X-Remote-User` and
/// `X-Remote-Group`; what a client writes there is removed, and so is its token.
public struct TokenAuthentication: Transport {
  /// What anyone may ask for, as on a real cluster: `system:public-info-viewer`.
  private static let publicPaths: Set<String> = ["/healthz", "/livez", "/readyz", "/version"]

  private let handler: any Transport
  private let user: @Sendable (String) -> ServedUser?
  private let authorizesAnonymous: Bool

  /// Guards `handler`.
  ///
  /// - Parameters:
  ///   - authorizesAnonymous: whether the handler itself refuses what `system:anonymous` may not do; else a
  ///     request without a token is answered 401, but for health and version.
  ///   - user: the user that a token belongs to; `nil` for an unknown one, which is answered 401.
  public init(
    _ handler: any Transport, authorizesAnonymous: Bool = false,
    user: @escaping @Sendable (String) -> ServedUser?
  ) {
    self.handler = handler
    self.user = user
    self.authorizesAnonymous = authorizesAnonymous
  }

  public func send(_ request: TransportRequest) async throws -> TransportResponse {
    guard let known = identified(request) else { return Refusal.unauthorized().response }
    return try await handler.send(known)
  }

  public func open(_ request: TransportRequest) async throws -> Opening {
    guard let known = identified(request) else { return .refused(Refusal.unauthorized().response) }
    return try await handler.open(known)
  }

  private func identified(_ request: TransportRequest) -> TransportRequest? {
    guard let user = owner(of: request) else { return nil }
    var request = request
    request.head.headerFields[.authorization] = nil
    request.head.headerFields.removeAll { $0.name.canonicalName.hasPrefix("x-remote-") }
    if let name = HTTPField.Name("X-Remote-User") { request.head.headerFields[name] = user.name }
    if let name = HTTPField.Name("X-Remote-Group") {
      request.head.headerFields[values: name] = user.groups
    }
    return request
  }

  private func owner(of request: TransportRequest) -> ServedUser? {
    guard let authorization = request.head.headerFields[.authorization] else {
      let path = request.head.path?.prefix { $0 != "?" } ?? ""
      let isPublic = TokenAuthentication.publicPaths.contains(String(path))
      return isPublic || authorizesAnonymous ? .anonymous : nil
    }
    let parts = authorization.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
    return user(String(parts[1]))
  }
}
