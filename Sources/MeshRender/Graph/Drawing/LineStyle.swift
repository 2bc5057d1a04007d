/// How the line of a call is drawn, by what is spoken on it.
enum LineStyle: String, CaseIterable {
  case request, grpc, tls, stream, unknown

  init(protocol name: String?) {
    switch name?.lowercased() {
    case "http", "http2", "http1", "websocket": self = .request
    case "grpc", "grpc-web": self = .grpc
    case "https", "tls": self = .tls
    case nil, "": self = .unknown
    default: self = .stream
    }
  }

  /// What the legend says.
  var meaning: String {
    switch self {
    case .request: "HTTP"
    case .grpc: "gRPC"
    case .tls: "HTTPS, TLS"
    case .stream: "TCP"
    case .unknown: "a call"
    }
  }

  var light: String {
    switch self {
    case .request: "#2563eb"
    case .grpc: "#9333ea"
    case .tls: "#0d8a72"
    case .stream: "#b45309"
    case .unknown: "#64748b"
    }
  }

  var dark: String {
    switch self {
    case .request: "#6ea8fe"
    case .grpc: "#c792ff"
    case .tls: "#3fd0b0"
    case .stream: "#f0a04b"
    case .unknown: "#94a3b8"
    }
  }
}
