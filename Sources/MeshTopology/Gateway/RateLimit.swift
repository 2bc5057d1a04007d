internal import KubeModel

extension Gateway {
  /// How many requests are served in a time, by Kong's plug-in `rate-limiting`.
  public struct RateLimit: TopologyValue {
    /// What counts together.
    public enum LimitBy: String, Hashable, Sendable, CaseIterable {
      /// The requests of one consumer; those without one by their address.
      case consumer
      /// The requests with one credential; those without one by their address.
      case credential
      /// The requests from one address.
      case ip
      /// The requests to one callee.
      case service
      /// The requests with the same value of a header; those without it by their address.
      case header
      /// The requests for one path.
      case path
    }

    /// Where requests are counted. Kong knows `cluster` too, which counts in its database; there is none.
    public enum Policy: String, Hashable, Sendable, CaseIterable {
      /// In each pod by itself: as many pods as there are, so many times the limit.
      case local
      /// In a Redis that all pods share.
      case redis
    }

    /// The most requests in a second; any number by default.
    public var second: Int?
    /// The most requests in a minute; any number by default.
    public var minute: Int?
    /// The most requests in an hour; any number by default.
    public var hour: Int?
    /// The most requests in a day; any number by default.
    public var day: Int?
    /// The most requests in a month; any number by default.
    public var month: Int?
    /// The most requests in a year; any number by default.
    public var year: Int?
    /// What counts together; the requests of one consumer by default.
    public var limitBy = LimitBy.consumer
    /// The header that tells requests apart.
    public var headerName: String?
    /// The path that is limited.
    public var path: String?
    /// Where requests are counted; in each pod by default.
    public var policy = Policy.local
    /// The Redis that counts.
    public var redis: Redis?
    /// Whether requests are served when Redis does not answer; true by default.
    public var isFaultTolerant = true
    /// Whether answers keep the limit to themselves; false by default.
    public var hidesHeaders = false
    /// The status of a refusal; 429 by default.
    public var errorCode = 429
    /// The text of a refusal; Kong's by default.
    public var errorMessage: String?

    /// Without any limit, which Kong refuses: set one.
    public init() {}

    /// The limits from the shortest time to the longest, by Kong's names.
    public var limits: [(period: String, requests: Int)] {
      [
        ("second", second), ("minute", minute), ("hour", hour), ("day", day), ("month", month),
        ("year", year),
      ]
      .compactMap { period, requests in requests.map { (period, $0) } }
    }
  }
}

extension Gateway.RateLimit: Formed {
  private static func limit(
    _ period: String, _ path: any WritableKeyPath<Self, Int?> & Sendable
  ) -> FormField<Self> {
    let article = period == "hour" ? "an" : "a"
    return FormField.optional(
      period, path, .integer(in: 1...1_000_000_000), "The most requests in \(article) \(period).")
  }

  static let form = Form("Gateway.RateLimit", "How many requests are served in a time.", blank: Self()) {
    limit("second", \.second)
    limit("minute", \.minute)
    limit("hour", \.hour)
    limit("day", \.day)
    limit("month", \.month)
    limit("year", \.year)
    FormField.defaulted(
      "limitBy", \.limitBy, .choice,
      "What counts together: the requests of one consumer (or address, where there is no consumer), with one "
        + "credential, from one address, to one callee, with one value of a header, or for one path.",
      default: .consumer)
    FormField.optional("headerName", \.headerName, .name(.header), "The header that tells requests apart.")
    FormField.optional("path", \.path, .path("/api/search"), "The path that is limited.")
    FormField.defaulted(
      "policy", \.policy, policy,
      "Where requests are counted: in each pod by itself, or in a Redis that all pods share.", default: .local
    )
    FormField.optional("redis", \.redis, .form, "The Redis that counts.")
    FormField.defaulted(
      "faultTolerant", \.isFaultTolerant, .flag, property: "isFaultTolerant",
      "Whether requests are served when Redis does not answer.", default: true)
    FormField.defaulted(
      "hideClientHeaders", \.hidesHeaders, .flag, property: "hidesHeaders",
      "Whether answers keep the limit to themselves.", default: false)
    FormField.defaulted(
      "errorCode", \.errorCode, .integer(in: 400...599), "The status of a refusal.", default: 429)
    FormField.optional(
      "errorMessage", \.errorMessage, .text(), "The text of a refusal; Kong's own by default.")
  }.checked { $0.check($1) }

  /// The policies, and what to do about the one that needs a database.
  private static let policy = Codec<Policy>(
    read: { field in
      guard field.node.json.string == "cluster" else { return Codec<Policy>.choice.read(field) }
      field.report(
        .contradiction, "the policy cluster counts in Kong's database, and there is none",
        remedy: Policy.remedy)
      return nil
    },
    write: Codec<Policy>.choice.write, source: Codec<Policy>.choice.source, shape: Codec<Policy>.choice.shape)
}

extension Gateway.RateLimit.Policy {
  /// What to write in place of the policy that needs a database.
  static let remedy =
    "write policy: local, where each pod counts for itself, or policy: redis with the Redis that all pods share"
}
