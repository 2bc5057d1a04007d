extension Workload {
  /// A port that a workload listens on.
  public struct Port: TopologyValue {
    /// The name, at most 15 characters; unique in its workload.
    public var name: String
    /// The port of the Service, 1...65535.
    public var port: Int
    /// The port of the container, 1...65535; the same by default.
    public var targetPort: Int
    /// What is spoken there; `http` by default.
    public var `protocol`: PortProtocol = .http

    /// A port with the defaults.
    public init(name: String, port: Int) {
      self.name = name
      self.port = port
      targetPort = port
    }
  }
}

extension Workload.Port: Formed {
  static let form = Form("Workload.Port", "A port that is listened on.", blank: Self(name: "", port: 0)) {
    FormField.required(
      "name", \.name, .name(.port), example: "http", "The name, unique in its workload.")
    FormField.required("port", \.port, .port, example: "8080", "The port of the Service, which callers use.")
    FormField.derived(
      "targetPort", \.targetPort, .port, "The port of the container; the same as `port` by default."
    ) {
      $0.port
    }
    FormField.defaulted(
      "protocol", \.protocol, .choice,
      "What is spoken there; Istio sees single requests only in `http`, `http2` and `grpc`.", default: .http)
  }

  /// The ports of a workload or of a part of the platform.
  static let list = Codec<[Workload.Port]>.list(
    of: .form,
    unique: [
      Unique("port name", key: "name") { $0.name },
      Unique("port", key: "port") { "\($0.port)" },
    ])
}
