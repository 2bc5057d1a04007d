internal import KubeModel

extension Gateway {
  /// Who signs the tokens that routes ask for, such as an identity provider.
  public struct TokenIssuer: TopologyValue {
    /// The name that routes refer to.
    public var name: String
    /// What tokens have in their claim `iss`.
    public var issuer: String
    /// Where the issuer's public keys are; found by OpenID Connect's discovery by default.
    public var jwksURI: String?
    /// Whom tokens must be for: one of these in their claim `aud`; anybody by default.
    public var audiences: [String] = []
    /// The claim that lists a token's scopes; `scope` by default, as in RFC 8693. Some issuers call it `scp`.
    public var scopeClaim = "scope"

    /// An issuer whose keys are found by discovery.
    public init(name: String, issuer: String) {
      self.name = name
      self.issuer = issuer
    }
  }
}

extension Gateway.TokenIssuer: Formed {
  static let form = Form(
    "Gateway.TokenIssuer", "Who signs the tokens that routes ask for.", blank: Self(name: "", issuer: "")
  ) {
    FormField.required("name", \.name, .name(.label), example: "accounts", "The name that routes refer to.")
    FormField.required(
      "issuer", \.issuer, .text("what tokens have in their claim iss, such as https://accounts.example.com"),
      example: "https://accounts.example.com", "What tokens have in their claim `iss`.")
    FormField.optional(
      "jwksUri", \.jwksURI, keys, property: "jwksURI",
      "Where the issuer's public keys are; found by OpenID Connect's discovery by default.")
    FormField.list(
      "audiences", \.audiences, .list(of: .text(), unique: [Unique("audience", key: nil) { $0 }]),
      "Whom tokens must be for: one of these in their claim `aud`; anybody by default.")
    FormField.defaulted(
      "scopeClaim", \.scopeClaim, .text("the name of a claim"), "The claim that lists a token's scopes.",
      default: "scope")
  }

  private static let keys = Codec<String>.text(
    "an address such as https://accounts.example.com/keys", atMost: 2048
  )
  .verified { address, field in
    if address.hasPrefix("https://"), address.utf8.count > "https://".utf8.count { return true }
    field.report(
      .invalidValue,
      "\(shown(address)) is no place to get keys from: whoever changes them on the way lets himself in",
      remedy: "write it like https://accounts.example.com/keys")
    return false
  }
}
