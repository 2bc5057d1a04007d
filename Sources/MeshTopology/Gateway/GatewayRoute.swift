extension Gateway {
  /// Requests that the gateway takes, and who answers them.
  ///
  /// It becomes a route of Kong and a call: rules of NetworkPolicies at both ends, and a rule of authorization at
  /// the callee's with the same methods and paths.
  public struct Route: TopologyValue {
    /// The name; unique in its gateway.
    public var name: String
    /// Who answers.
    public var to: WorkloadReference
    /// The port of the callee; its first one by default.
    public var port: PortReference?
    /// The host names that are taken, with `*` for the first or last part; any by default.
    public var hosts: [String] = []
    /// The paths that are taken: each a prefix, or a regular expression after `~`; any by default.
    public var paths: [String] = []
    /// The methods that are taken; any by default.
    public var methods: [Call.Method] = []
    /// Whether the callee gets the path without the part that was matched; false by default, unlike in Kong.
    public var stripsPath = false
    /// Whether the callee gets the host name that the user asked for; false by default.
    public var preservesHost = false
    /// Whether only requests with TLS are taken, and others sent there; false by default.
    public var isHTTPSOnly = false
    /// The share of the gateway's requests that take the route, 0...1; an equal share of what other routes leave
    /// by default. It only counts in simulations.
    public var perRequest: Double?
    /// Who is let in; everybody by default.
    public var authentication: Authentication?
    /// How many requests are served; any number by default.
    public var rateLimit: RateLimit?
    /// Which pages of other sites may call; none by default.
    public var cors: CORS?
    /// How large a request may be; of any size by default.
    public var requestSize: RequestSize?
    /// Further plug-ins; none by default.
    public var plugins: [Plugin] = []

    /// A route that takes what `hosts`, `paths` and `methods` say.
    public init(name: String, to callee: WorkloadReference) {
      self.name = name
      to = callee
    }
  }
}

extension Gateway.Route: Formed {
  static let form = Form(
    "Gateway.Route", "Requests that the gateway takes, and who answers them.", blank: Self(name: "", to: "")
  ) {
    FormField.required("name", \.name, .name(.label), example: "user-api", "The name, unique in its gateway.")
    FormField.required("to", \.to, .callee, example: "production/user-service", "Who answers.")
    FormField.optional(
      "port", \.port, .portReference, "The callee's port, by name or number; its first one by default.")
    FormField.list(
      "hosts", \.hosts, .list(of: .routeHost, unique: [Unique("host", key: nil) { $0 }]),
      "The host names that are taken, with `*` for the first or last part; any by default.")
    FormField.list(
      "paths", \.paths, .list(of: .routePath, unique: [Unique("path", key: nil) { $0 }]),
      "The paths that are taken: each a prefix, or a regular expression after `~`; any by default.")
    FormField.list(
      "methods", \.methods, .list(of: .choice, unique: [Unique("method", key: nil) { $0.rawValue }]),
      "The HTTP methods that are taken; any by default.")
    FormField.defaulted(
      "stripPath", \.stripsPath, .flag, property: "stripsPath",
      "Whether the callee gets the path without the part that was matched.", default: false)
    FormField.defaulted(
      "preserveHost", \.preservesHost, .flag, property: "preservesHost",
      "Whether the callee gets the host name that the user asked for.", default: false)
    FormField.defaulted(
      "httpsOnly", \.isHTTPSOnly, .flag, property: "isHTTPSOnly",
      "Whether only requests with TLS are taken, and others sent there.", default: false)
    FormField.optional(
      "perRequest", \.perRequest, .number(in: 0...1),
      "The share of the gateway's requests that take the route, for simulations; an equal share of what other routes "
        + "leave by default.")
    FormField.optional(
      "authentication", \.authentication, Gateway.Authentication.codec, "Who is let in; everybody by default."
    )
    FormField.optional(
      "rateLimit", \.rateLimit, .form, "How many requests are served; any number by default.")
    FormField.optional("cors", \.cors, .form, "Which pages of other sites may call; none by default.")
    FormField.optional(
      "requestSize", \.requestSize, .form, "How large a request may be; of any size by default.")
    FormField.list("plugins", \.plugins, Gateway.Plugin.list, "Further plug-ins.")
  }.checked { route, section in
    if route.hosts.isEmpty, route.paths.isEmpty, route.methods.isEmpty {
      section.report(
        .missingField, "a route without hosts, paths and methods, which Kong refuses",
        remedy: "add paths: [/] to take every request")
    }
  }
}
