extension Gateway {
  /// Which pages of other sites may call, by Kong's plug-in `cors`.
  public struct CORS: TopologyValue {
    /// The origins of the pages, such as `https://shop.example.com`; `*` for all.
    public var origins: [String]
    /// The methods that pages may use; those of the route by default.
    public var methods: [Call.Method] = []
    /// The headers that pages may send; those that a page asks for by default.
    public var headers: [String] = []
    /// The headers of answers that pages may read; none but the usual ones by default.
    public var exposedHeaders: [String] = []
    /// Whether pages may send cookies; false by default.
    public var credentials = false
    /// How long a browser remembers the answer, in whole seconds; it decides itself by default.
    public var maxAge: Duration?

    /// Pages of `origins`.
    public init(origins: [String]) { self.origins = origins }
  }
}

extension Gateway.CORS: Formed {
  static let form = Form("Gateway.CORS", "Which pages of other sites may call.", blank: Self(origins: [])) {
    FormField.required(
      "origins", \.origins,
      .list(
        of: .text("an origin such as https://shop.example.com, or *"), atLeast: 1,
        unique: [Unique("origin", key: nil) { $0 }]),
      example: "[https://shop.example.com]", "The origins of the pages; `*` for all.")
    FormField.list(
      "methods", \.methods, .list(of: .choice, unique: [Unique("method", key: nil) { $0.rawValue }]),
      "The methods that pages may use; those of the route by default.")
    FormField.list(
      "headers", \.headers, .list(of: .text(), unique: [Unique("header", key: nil) { $0.lowercased() }]),
      "The headers that pages may send; those that a page asks for by default.")
    FormField.list(
      "exposedHeaders", \.exposedHeaders,
      .list(of: .text(), unique: [Unique("header", key: nil) { $0.lowercased() }]),
      "The headers of answers that pages may read besides the usual ones.")
    FormField.defaulted(
      "credentials", \.credentials, .flag, "Whether pages may send cookies.", default: false)
    FormField.optional(
      "maxAge", \.maxAge, .wholeSeconds(in: .zero ... .seconds(86_400)),
      "How long a browser remembers the answer.")
  }.checked { cors, section in
    if cors.credentials, cors.origins.contains("*") {
      section["credentials"]?.report(
        .contradiction, "cookies from pages of every site: browsers refuse that",
        remedy: "name the origins, or remove credentials")
    }
  }
}
