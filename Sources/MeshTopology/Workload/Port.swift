extension Workload {
  /// A port that a workload listens on.
  public struct Port: Hashable, Sendable {
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
