extension Gateway {
  /// A caller that Kong tells from others.
  public struct Consumer: TopologyValue {
    /// The name; unique in its gateway.
    public var username: String
    /// What the caller is called elsewhere; nothing by default.
    public var customID: String?
    /// The groups it belongs to, which the plug-in `acl` asks for; none by default.
    public var groups: [String] = []
    /// The keys that it sends, for routes that ask for one; none by default.
    public var keys: [SecretKey] = []
    /// What it signs tokens with, for routes that ask for one; nothing by default.
    public var jwt: [JWTCredential] = []
    /// How many of its requests are served; as the routes say by default.
    public var rateLimit: RateLimit?
    /// Further plug-ins; none by default.
    public var plugins: [Plugin] = []

    /// A consumer without credentials.
    public init(username: String) { self.username = username }
  }

  /// What a consumer signs its tokens with.
  public struct JWTCredential: TopologyValue {
    /// How tokens are signed (RFC 7518).
    public enum Algorithm: String, Hashable, Sendable, CaseIterable {
      case hs256 = "HS256"
      case hs384 = "HS384"
      case hs512 = "HS512"
      case rs256 = "RS256"
      case rs384 = "RS384"
      case rs512 = "RS512"
      case es256 = "ES256"
      case es384 = "ES384"
      case es512 = "ES512"

      /// Whether both sides hold the same secret.
      public var isShared: Bool { [.hs256, .hs384, .hs512].contains(self) }
    }

    /// What its tokens have in the claim that says whose they are.
    public var key: String
    /// How they are signed.
    public var algorithm: Algorithm
    /// The secret that both sides hold, for the algorithms HS….
    public var secret: SecretKey?
    /// The public key in PEM, for all other algorithms.
    public var publicKey: String?

    /// A credential; `secret` or `publicKey` must be added.
    public init(key: String, algorithm: Algorithm) {
      self.key = key
      self.algorithm = algorithm
    }
  }
}

extension Gateway.Consumer: Formed {
  static let form = Form(
    "Gateway.Consumer", "A caller that Kong tells from others.", blank: Self(username: "")
  ) {
    FormField.required(
      "username", \.username, .text("a name"), example: "acme", "The name, unique in its gateway.")
    FormField.optional(
      "customId", \.customID, .text(), property: "customID", "What the caller is called elsewhere.")
    FormField.list(
      "groups", \.groups, .list(of: .text(), unique: [Unique("group", key: nil) { $0 }]),
      "The groups it belongs to, which the plug-in `acl` asks for.")
    FormField.list(
      "keys", \.keys, .list(of: .form, unique: [Unique("key", key: nil) { "\($0.name)/\($0.key)" }]),
      "The keys that it sends, each a key of a Secret.")
    FormField.list(
      "jwt", \.jwt, .list(of: .form, unique: [Unique("credential", key: "key") { $0.key }]),
      "What it signs tokens with.")
    FormField.optional(
      "rateLimit", \.rateLimit, .form, "How many of its requests are served; as the routes say by default.")
    FormField.list("plugins", \.plugins, Gateway.Plugin.list, "Further plug-ins.")
  }
}

extension Gateway.JWTCredential: Formed {
  static let form = Form(
    "Gateway.JWTCredential", "What a consumer signs its tokens with.", blank: Self(key: "", algorithm: .hs256)
  ) {
    FormField.required(
      "key", \.key, .text(), example: "acme", "What its tokens have in the claim that says whose they are.")
    FormField.required("algorithm", \.algorithm, .choice, example: "RS256", "How they are signed.")
    FormField.optional("secret", \.secret, .form, "The secret that both sides hold, for the algorithms HS….")
    FormField.optional(
      "publicKey", \.publicKey, .text("a public key in PEM", atMost: 16_384),
      "The public key, for all other algorithms.")
  }.checked { credential, section in
    let (wanted, other) = credential.algorithm.isShared ? ("secret", "publicKey") : ("publicKey", "secret")
    if !section.has(wanted) {
      section.report(
        .missingField, "\(credential.algorithm.rawValue) without \(wanted)",
        remedy: credential.algorithm.isShared
          ? "add secret: {name: …, key: …}" : "add publicKey with the key in PEM")
    }
    section[other]?.report(
      .contradiction, "\(other) beside \(credential.algorithm.rawValue), which does not use it",
      remedy: "remove \(other)")
  }
}
