/// The plug-ins that come with Kong (kong/constants.lua of 3.0, 3.4, 3.6, 3.8 and 3.9).
enum BundledPlugin {
  /// The version from which on a plug-in comes with Kong.
  static let since: [String: KongVersion] = {
    var versions: [String: KongVersion] = [:]
    for (version, names) in namesByVersion { for name in names { versions[name] = version } }
    return versions
  }()

  private static let namesByVersion: [(KongVersion, [String])] = [
    (
      KongVersion(3, 0),
      [
        "acl", "acme", "aws-lambda", "azure-functions", "basic-auth", "bot-detection", "correlation-id",
        "cors",
        "datadog", "file-log", "grpc-gateway", "grpc-web", "hmac-auth", "http-log", "ip-restriction", "jwt",
        "key-auth", "ldap-auth", "loggly", "oauth2", "opentelemetry", "post-function", "pre-function",
        "prometheus",
        "proxy-cache", "rate-limiting", "request-size-limiting", "request-termination", "request-transformer",
        "response-ratelimiting", "response-transformer", "session", "statsd", "syslog", "tcp-log", "udp-log",
        "zipkin",
      ]
    ),
    (
      KongVersion(3, 6),
      [
        "ai-prompt-decorator", "ai-prompt-guard", "ai-prompt-template", "ai-proxy", "ai-request-transformer",
        "ai-response-transformer",
      ]
    ),
    (KongVersion(3, 8), ["standard-webhooks"]),
    (KongVersion(3, 9), ["redirect"]),
  ]

  /// The field of the topology that stands for a plug-in.
  static let fields = [
    "rate-limiting": "rateLimit", "cors": "cors", "request-size-limiting": "requestSize",
    "key-auth": "authentication",
    "jwt": "authentication",
  ]

  /// The settings that make a plug-in keep something in Kong's database, with what to write in their place.
  static let databaseSettings: [(plugin: String, key: String, value: String, remedy: String)] = [
    ("rate-limiting", "policy", "cluster", Gateway.RateLimit.Policy.remedy),
    ("response-ratelimiting", "policy", "cluster", Gateway.RateLimit.Policy.remedy),
    ("session", "storage", "kong", "write storage: cookie, which keeps the session with the user"),
    ("acme", "storage", "kong", "write storage: redis, consul or vault"),
  ]
}
