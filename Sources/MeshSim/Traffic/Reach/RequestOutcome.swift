/// What becomes of a request, and who decides it.
public struct RequestOutcome: Hashable, Sendable, CustomStringConvertible {
  /// The layer that decides, in the order in which a request meets them.
  public enum Layer: String, Hashable, Sendable, CaseIterable {
    /// The client finds no address for the name.
    case nameResolution
    /// The client's proxy has no configuration.
    case proxy
    /// The gateway's routes and plug-ins.
    case gateway
    /// What the mesh lets out.
    case outboundPolicy
    /// A VirtualService has no rule, or answers by itself.
    case route
    /// A VirtualService's injected fault.
    case fault
    /// The subset or Service has nobody to send to.
    case endpoints
    /// NetworkPolicy at the client.
    case egressPolicy
    /// NetworkPolicy at the server.
    case ingressPolicy
    /// The node of the server, or the way to another cluster, is cut off.
    case node
    /// Nothing listens on the port.
    case port
    /// TLS between the two proxies.
    case mutualTLS
    /// The request's token.
    case requestAuthentication
    /// AuthorizationPolicy.
    case authorization
    /// The request arrives.
    case application
  }

  /// Who decides.
  public var layer: Layer
  /// The HTTP status that the client sees; 0 when the connection fails without one.
  public var status: Int
  /// Envoy's response flags, `-` for none.
  public var flags: String
  /// Why, in the words of whoever decides; empty when the request arrives.
  public var reason: String

  /// Creates an outcome.
  public init(_ layer: Layer, status: Int, flags: String = "-", reason: String) {
    self.layer = layer
    self.status = status
    self.flags = flags
    self.reason = reason
  }

  /// The request arrives at a container.
  public static let served = RequestOutcome(.application, status: 200, reason: "")

  /// Whether the request arrives.
  public var isServed: Bool { layer == .application }

  /// Whether the server's own proxy decides, which then counts the request too.
  var isByServer: Bool { [.requestAuthentication, .authorization].contains(layer) }

  public var description: String {
    isServed ? "served" : "\(layer.rawValue) \(status) \(flags)\(reason.isEmpty ? "" : ": " + reason)"
  }
}

/// One of the ways that a request can take.
public struct Reach: Hashable, Sendable {
  /// How many of equal requests take it, 0…1.
  public var share: Double
  /// What becomes of it.
  public var verdict: RequestOutcome
  /// The host that the route chose, and its subset.
  public var host: String
  /// The subset of the host; `nil` for all its pods.
  public var subset: String?
  /// The workload whose pods it is sent to, as `namespace/name`; `nil` when it gets to none.
  public var workload: String?
  /// Whether the two proxies prove who they are to each other.
  public var isMutualTLS: Bool
}
