/// What one client may take of a port.
public struct PortLimits: Hashable, Sendable {
  /// Open connections; one more is closed at once. The system's limit of open files may be lower.
  public var connections = 16_384
  /// Bytes in all header fields of a request, and in its target.
  public var headBytes = 64 << 10
  /// Bytes in the body of a request; Kubernetes' own limit.
  public var bodyBytes = 3 << 20
  /// Time for the TLS handshake and the head of a request, from its first byte.
  public var headTime = Duration.seconds(10)
  /// Time for the body of a request, from the end of its head.
  public var bodyTime = Duration.seconds(60)
  /// Time that a connection may stay open between requests.
  public var idleTime = Duration.seconds(180)
  /// Bytes of an answer that wait for a client to read them; a single piece may be larger.
  public var unreadBytes = 1 << 20
  /// Time for a client that has reached `unreadBytes` to read half of it; else it is cut off, as the API
  /// server cuts off a watch that does not keep up.
  public var catchUpTime = Duration.seconds(10)
  /// Time for a client to read a refusal and close, before the connection is closed under it.
  public var lingerTime = Duration.milliseconds(500)
  /// Bytes in one WebSocket message.
  public var messageBytes = 1 << 20

  /// The limits that suit a cluster on one's own machine.
  public init() {}
}
