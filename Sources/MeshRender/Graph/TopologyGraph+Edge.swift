extension TopologyGraph {
  /// One node calls another.
  public struct Edge: Hashable, Sendable {
    /// The `id` of the caller.
    public var source: String
    /// The `id` of the callee.
    public var target: String
    /// What is spoken, such as `http`; unknown by default.
    public var `protocol`: String?
    /// The port that is called; unknown by default.
    public var port: Int?
    /// How many calls the caller makes for each request it receives; not shown by default.
    public var perRequest: Double?
    /// The rules that hold for the call, such as `mTLS`; none by default.
    public var policies: [String] = []

    /// An edge of which only the ends are known.
    public init(from source: String, to target: String) {
      self.source = source
      self.target = target
    }

    /// Protocol and port, such as `http 8080`; empty when neither is known.
    public var label: String {
      [self.protocol, port.map(String.init)].compactMap { $0 }.joined(separator: " ")
    }

    /// How often the callee is called for each request, such as `×0.6`; `nil` for once or unknown.
    public var rate: String? {
      guard let perRequest, perRequest != 1 else { return nil }
      return "×\(perRequest.shortDescription)"
    }
  }
}

extension Double {
  /// The number without the fraction of a whole number.
  var shortDescription: String {
    self == rounded() && abs(self) < 1e15 ? String(Int(self)) : String(self)
  }
}
