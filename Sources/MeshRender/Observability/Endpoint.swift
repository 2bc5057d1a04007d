internal import MeshTopology

/// Where something that is called is to be found.
struct Endpoint {
  /// The DNS name.
  let host: String
  /// The port of the Service, or of the outside service itself.
  let port: Int
  /// Whether it is spoken to by TLS of its own.
  let isTLS: Bool

  /// `http://…` or `https://…`.
  var url: String { "\(isTLS ? "https" : "http")://\(host):\(port)" }
  /// `HOST:PORT`.
  var address: String { "\(host):\(port)" }
}

extension Topology {
  /// Where `call` goes; `nil` when it goes nowhere, which has been found when the topology was read.
  func endpoint(of call: Call) -> Endpoint? {
    let callees: [any Callee] =
      workloads as [any Callee] + externalServices + redisClusters + databases + gateways
    guard let callee = callees.first(where: { $0.reference == call.to }), let port = callee.port(call.port)
    else {
      return nil
    }
    let host = (callee as? ExternalService)?.hosts.first ?? callee.host
    return Endpoint(host: host, port: port.port, isTLS: port.protocol == .https)
  }
}
