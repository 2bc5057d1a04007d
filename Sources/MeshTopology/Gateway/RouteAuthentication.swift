extension Gateway {
  /// Who a route lets in.
  ///
  /// Kong's plug-in `oauth2` gives out tokens of its own and keeps them in a database. Without one, tokens come
  /// from an outside issuer, and Istio verifies them.
  public enum Authentication: Hashable, Sendable {
    /// Whoever has a token of an issuer, which Istio verifies at the callee.
    case token(TokenCheck)
    /// The consumers that have a key, by Kong's plug-in `key-auth`.
    case key(KeyCheck)
    /// The consumers that sign tokens themselves, by Kong's plug-in `jwt`.
    case jwt(JWTCheck)
  }

  /// A token of an outside issuer, as OAuth 2.0 and OpenID Connect have it.
  public struct TokenCheck: TopologyValue {
    /// The name of the issuer.
    public var issuer: String
    /// The scopes that a token must have, all of them; none by default.
    public var scopes: [String] = []

    /// Any valid token of an issuer.
    public init(issuer: String) { self.issuer = issuer }
  }

  /// A key that a consumer sends.
  public struct KeyCheck: TopologyValue {
    /// The header or query parameter that holds the key; `apikey` by default.
    public var names = ["apikey"]
    /// Whether the callee gets the request without the key; true by default.
    public var hidesCredentials = true

    /// The defaults.
    public init() {}
  }

  /// A token that a consumer signs.
  public struct JWTCheck: TopologyValue {
    /// What of a token's life must be right.
    public enum Claim: String, Hashable, Sendable, CaseIterable {
      /// That it has not expired.
      case exp
      /// That it is valid already.
      case nbf
    }

    /// The claim that says whose token it is; `iss` by default.
    public var keyClaimName = "iss"
    /// What of a token's life is verified; its expiry by default, unlike in Kong.
    public var claimsToVerify: [Claim] = [.exp]

    /// The defaults.
    public init() {}
  }
}
