extension Gateway.RateLimit {
  /// The Redis in which all pods of a gateway count together.
  ///
  /// It is a single one: Kong's own rate limiting does not speak the protocol of a Redis Cluster.
  public struct Redis: TopologyValue {
    /// The workload.
    public var to: WorkloadReference
    /// Its port; the first one by default.
    public var port: PortReference?
    /// The user name; the default user by default.
    public var username: String?
    /// The password; none by default.
    public var password: SecretKey?
    /// The number of the database; 0 by default.
    public var database = 0
    /// Whether the connection is encrypted by Kong itself; false by default, as the mesh does so.
    public var hasTLS = false

    /// The Redis that `workload` runs.
    public init(to workload: WorkloadReference) { to = workload }
  }
}

extension Gateway.RateLimit.Redis: Formed {
  static let form = Form(
    "Gateway.RateLimit.Redis", "The Redis in which all pods of a gateway count together.", blank: Self(to: "")
  ) {
    FormField.required(
      "to", \.to, .callee, example: "cache/redis", "The workload; a single Redis, no Redis Cluster.")
    FormField.optional(
      "port", \.port, .portReference, "Its port, by name or number; the first one by default.")
    FormField.optional("username", \.username, .text(), "The user name; Redis' default user by default.")
    FormField.optional("password", \.password, .form, "The password, as a key of a Secret; none by default.")
    FormField.defaulted(
      "database", \.database, .integer(in: 0...1023), "The number of the database.", default: 0)
    FormField.defaulted(
      "tls", \.hasTLS, .flag, property: "hasTLS", "Whether Kong itself encrypts the connection.",
      default: false)
  }
}
