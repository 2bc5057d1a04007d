/// What is spoken on a port; Istio reads it from the Service's `appProtocol`.
public enum PortProtocol: String, Hashable, Sendable, CaseIterable {
  case http
  case http2
  case grpc
  case tcp
  case https

  /// Whether Istio sees single requests and can route and weigh them; it cannot in TCP, nor in TLS
  /// that the workload itself ends.
  public var isRouted: Bool {
    switch self {
    case .http, .http2, .grpc: true
    case .tcp, .https: false
    }
  }
}
