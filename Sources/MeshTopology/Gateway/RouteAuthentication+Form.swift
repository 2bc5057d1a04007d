internal import KubeModel

extension Gateway.Authentication {
  private struct Choice: Formed {
    var token: Gateway.TokenCheck?
    var key: Gateway.KeyCheck?
    var jwt: Gateway.JWTCheck?

    static let form = Form("Gateway.Authentication", "Who a route lets in; one of the three.", blank: Self())
    {
      FormField.optional(
        "token", \.token, .form, "Whoever has a token of an issuer, which Istio verifies at the callee.")
      FormField.optional("key", \.key, .form, "The consumers that have a key.")
      FormField.optional("jwt", \.jwt, .form, "The consumers that sign tokens themselves.")
    }.checked { choice, section in
      if [choice.token != nil, choice.key != nil, choice.jwt != nil].filter(\.self).count != 1 {
        section.report(
          .contradiction, "authentication is by token, key or jwt, one of them",
          remedy:
            "write token: {issuer: NAME} for tokens of an outside issuer, or key: {} for keys of consumers")
      }
    }

    var value: Gateway.Authentication? {
      token.map { .token($0) } ?? key.map { .key($0) } ?? jwt.map { .jwt($0) }
    }

    init() {}

    init(_ value: Gateway.Authentication) {
      switch value {
      case .token(let check): token = check
      case .key(let check): key = check
      case .jwt(let check): jwt = check
      }
    }
  }

  static let codec = Codec<Gateway.Authentication>(
    read: { Codec<Choice>.form.read($0)?.value },
    write: { Codec<Choice>.form.write(Choice($0)) },
    source: { value in
      let (name, source) =
        switch value {
        case .token(let check): ("token", SwiftSource(form: Gateway.TokenCheck.form, check))
        case .key(let check): ("key", SwiftSource(form: Gateway.KeyCheck.form, check))
        case .jwt(let check): ("jwt", SwiftSource(form: Gateway.JWTCheck.form, check))
        }
      var lines = source.lines
      lines[0] = ".\(name)(" + lines[0]
      lines[lines.count - 1] += ")"
      return SwiftSource(lines: lines)
    },
    shape: { .form(Choice.form.description) })
}

extension Gateway.TokenCheck: Formed {
  static let form = Form("Gateway.TokenCheck", "A token of an outside issuer.", blank: Self(issuer: "")) {
    FormField.required(
      "issuer", \.issuer, .name(.label), example: "accounts", "The name of one of `issuers`.")
    FormField.list(
      "scopes", \.scopes, .list(of: .text(), unique: [Unique("scope", key: nil) { $0 }]),
      "The scopes that a token must have, all of them.")
  }
}

extension Gateway.KeyCheck: Formed {
  static let form = Form("Gateway.KeyCheck", "A key that a consumer sends.", blank: Self()) {
    FormField.defaulted(
      "names", \.names, .list(of: .name(.header), atLeast: 1, unique: [Unique("name", key: nil) { $0 }]),
      "The header or query parameter that holds the key.", default: ["apikey"])
    FormField.defaulted(
      "hideCredentials", \.hidesCredentials, .flag, property: "hidesCredentials",
      "Whether the callee gets the request without the key.", default: true)
  }
}

extension Gateway.JWTCheck: Formed {
  static let form = Form("Gateway.JWTCheck", "A token that a consumer signs.", blank: Self()) {
    FormField.defaulted(
      "keyClaimName", \.keyClaimName, .text("the name of a claim"), "The claim that says whose token it is.",
      default: "iss")
    FormField.defaulted(
      "claimsToVerify", \.claimsToVerify,
      .list(of: .choice, unique: [Unique("claim", key: nil) { $0.rawValue }]),
      "What of a token's life is verified: that it has not expired, and that it is valid already.",
      default: [.exp])
  }
}
