/// How the cluster finds out whether a pod is able to serve.
public struct HealthCheck: Hashable, Sendable {
  /// The path to get with HTTP, such as `/health`; without one, a TCP connection is enough.
  public var path: String?
  /// The port: a name, or a number of the *container*; the container port of the first port by default.
  public var port: PortReference?
  /// How long after its start a pod is first asked, in whole seconds; 0 by default.
  public var initialDelay: Duration = .zero

  /// A check with the defaults.
  public init(path: String? = nil, port: PortReference? = nil) {
    self.path = path
    self.port = port
  }
}
