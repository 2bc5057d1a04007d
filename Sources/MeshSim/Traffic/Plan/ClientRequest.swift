/// A request as the layers that decide on it see it.
public struct ClientRequest: Hashable, Sendable {
  /// What is spoken over the connection.
  public enum Kind: String, Hashable, Sendable {
    case http
    case grpc
    case tcp
  }

  /// The HTTP method.
  public var method = "GET"
  /// The path, with the query if there is one.
  public var path = "/"
  /// The host that the client asks for; `nil` for the name it calls.
  public var host: String?
  /// Headers by their names in lower case.
  public var headers: [String: String] = [:]
  /// What is spoken.
  public var kind = Kind.http
  /// Whether the client itself speaks TLS, as users do with an entrance on port 443.
  public var isEncrypted = false
  /// The token that comes along.
  public var token: RequestToken?
  /// Whom the gateway knows the client as by a credential it brings; `nil` for nobody.
  public var consumer: String?

  /// A GET of `/`.
  public init() {}

  /// A request by method and path.
  public init(_ method: String, _ path: String) {
    self.method = method
    self.path = path
  }

  /// The path without the query.
  var plainPath: String { String(path.prefix { $0 != "?" }) }
}

/// A JSON web token that a request carries.
public struct RequestToken: Hashable, Sendable {
  /// Who has issued it (`iss`).
  public var issuer: String
  /// Whom it is about (`sub`).
  public var subject: String
  /// For whom it is meant (`aud`).
  public var audiences: [String] = []
  /// Further claims.
  public var claims: [String: [String]] = [:]
  /// Whether its signature and its times hold.
  public var isValid = true

  /// Creates a valid token.
  public init(issuer: String, subject: String) {
    self.issuer = issuer
    self.subject = subject
  }

  /// What Istio calls the request's principal.
  var principal: String { "\(issuer)/\(subject)" }
}
