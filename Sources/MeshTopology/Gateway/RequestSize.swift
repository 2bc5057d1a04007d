extension Gateway {
  /// How large the body of a request may be, by Kong's plug-in `request-size-limiting`.
  public struct RequestSize: TopologyValue {
    /// What a size counts.
    public enum Unit: String, Hashable, Sendable, CaseIterable {
      case bytes, kilobytes, megabytes
    }

    /// The largest body, in `unit`.
    public var maximum: Int
    /// What `maximum` counts; megabytes by default, of 1 000 000 bytes each.
    public var unit = Unit.megabytes
    /// Whether a request must say its length beforehand; false by default.
    public var requiresContentLength = false

    /// A size in megabytes.
    public init(maximum: Int) { self.maximum = maximum }
  }
}

extension Gateway.RequestSize: Formed {
  static let form = Form(
    "Gateway.RequestSize", "How large the body of a request may be.", blank: Self(maximum: 0)
  ) {
    FormField.required(
      "maximum", \.maximum, .integer(in: 1...2_000_000_000), example: "10", "The largest body, in `unit`.")
    FormField.defaulted(
      "unit", \.unit, .choice, "What `maximum` counts, in steps of 1000.", default: .megabytes)
    FormField.defaulted(
      "requireContentLength", \.requiresContentLength, .flag, property: "requiresContentLength",
      "Whether a request must say its length beforehand.", default: false)
  }
}
