/// How the cluster finds out whether a pod is able to serve.
public struct HealthCheck: TopologyValue {
  /// The path to get with HTTP, such as `/health`; without one, a TCP connection is enough.
  public var path: String?
  /// The port: a name, or a number of the *container*; the container port of the first port by default.
  public var port: PortReference?
  /// How long after its start a pod is first asked, in whole seconds; 0 by default.
  public var initialDelay: Duration = .zero
  /// How long a pod may take to start, in whole seconds; as long as the liveness probe bears by default.
  public var startupTime: Duration?
  /// How often a pod is asked, in whole seconds; 10 s by default, as in Kubernetes.
  public var period: Duration = .seconds(10)
  /// How long an answer may take, in whole seconds; 1 s by default, as in Kubernetes.
  public var timeout: Duration = .seconds(1)
  /// After how many failures in a row a pod counts as unwell; 3 by default, as in Kubernetes.
  public var failureThreshold = 3
  /// Whether an unwell container is started anew as well; true by default.
  public var restarts = true

  /// A check with the defaults.
  public init(path: String? = nil, port: PortReference? = nil) {
    self.path = path
    self.port = port
  }
}

extension HealthCheck: Formed {
  static let form = Form(
    "HealthCheck", "How the cluster finds out whether a pod is able to serve.", blank: Self()
  ) {
    FormField.optional(
      "path", \.path, .path("/health"), "The path to get with HTTP; without one, a TCP connection is enough.")
    FormField.optional(
      "port", \.port, .portReference,
      "The port: a name, or a number of the *container*; the first of `ports` by default.")
    FormField.defaulted(
      "initialDelay", \.initialDelay, .wholeSeconds(in: .zero ... .seconds(3600)),
      "How long after its start a pod is first asked.", default: .zero)
    FormField.optional(
      "startupTime", \.startupTime, .wholeSeconds(in: .seconds(1) ... .seconds(86_400)),
      "How long a pod may take to start before it counts as unwell.")
    FormField.defaulted(
      "period", \.period, .wholeSeconds(in: .seconds(1) ... .seconds(3600)), "How often a pod is asked.",
      default: .seconds(10))
    FormField.defaulted(
      "timeout", \.timeout, .wholeSeconds(in: .seconds(1) ... .seconds(600)), "How long an answer may take.",
      default: .seconds(1))
    FormField.defaulted(
      "failureThreshold", \.failureThreshold, .integer(in: 1...1000),
      "After how many failures in a row a pod counts as unwell.", default: 3)
    FormField.defaulted(
      "restarts", \.restarts, .flag, "Whether an unwell container is started anew as well.", default: true)
  }.checked { _, section in
    if !section.has("path"), !section.has("port") {
      section.report(
        .missingField, "a health check needs a path, a port or both",
        remedy: "add path: /health for HTTP, or port: for a TCP connection")
    }
  }
}
