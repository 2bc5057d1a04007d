internal import HTTPTypes
public import Seams

/// Tells the transport behind it whose a request with a known token is.
///
/// The user is passed on in the header fields of Kubernetes' front proxies, `X-Remote-User` and
/// `X-Remote-Group`, and the token is removed; what a client writes in such fields itself is removed always.
public struct TokenAuthentication: Transport {
  /// Who decides about requests that bring no known token.
  public enum Others: Sendable {
    /// Nobody: they are answered 401, but for health and version, which anyone may ask for, as by
    /// `system:public-info-viewer`.
    case refused
    /// The transport behind it, which sees them as they are: it knows further tokens, such as those of service
    /// accounts, and what `system:anonymous` may do.
    case passedOn
  }

  private static let publicPaths: Set<String> = ["/healthz", "/livez", "/readyz", "/version"]

  private let handler: any Transport
  private let others: Others
  private let user: @Sendable (String) -> ServedUser?

  /// Guards `handler`.
  ///
  /// - Parameter user: the user that a token belongs to; `nil` for an unknown one.
  public init(
    _ handler: any Transport, others: Others = .refused, user: @escaping @Sendable (String) -> ServedUser?
  ) {
    self.handler = handler
    self.others = others
    self.user = user
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
    var clean = request
    clean.head.headerFields.removeAll { $0.name.canonicalName.hasPrefix("x-remote-") }
    guard let owner = owner(of: request) else { return others == .passedOn ? clean : nil }
    clean.head.headerFields[.authorization] = nil
    if let name = HTTPField.Name("X-Remote-User") { clean.head.headerFields[name] = owner.name }
    if let name = HTTPField.Name("X-Remote-Group") { clean.head.headerFields[values: name] = owner.groups }
    return clean
  }

  private func owner(of request: TransportRequest) -> ServedUser? {
    guard let authorization = request.head.headerFields[.authorization] else {
      let path = request.head.path?.prefix { $0 != "?" } ?? ""
      let isPublic = TokenAuthentication.publicPaths.contains(String(path))
      return isPublic ? .anonymous : nil
    }
    let parts = authorization.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
    return user(String(parts[1]))
  }
}
