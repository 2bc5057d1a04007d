import HTTPTypes
import MeshServe
import Seams

/// Several clusters behind one port: each under `/clusters/NAME`, and one of them at the root too.
struct ClusterRouter: Transport {
  /// The paths of a cluster begin with this and its name.
  static let prefix = "/clusters/"

  let clusters: [String: any Transport]
  /// Whose paths have no prefix.
  let main: any Transport

  func send(_ request: TransportRequest) async throws -> TransportResponse {
    let (cluster, request) = routed(request)
    return try await cluster.send(request)
  }

  func open(_ request: TransportRequest) async throws -> Opening {
    let (cluster, request) = routed(request)
    return try await cluster.open(request)
  }

  private func routed(_ request: TransportRequest) -> (any Transport, TransportRequest) {
    guard let path = request.head.path, path.hasPrefix(ClusterRouter.prefix) else { return (main, request) }
    let rest = path.dropFirst(ClusterRouter.prefix.count)
    let name = rest.prefix { $0 != "/" && $0 != "?" }
    guard let cluster = clusters[String(name)] else { return (main, request) }
    var request = request
    let inner = rest.dropFirst(name.count)
    request.head.path = inner.hasPrefix("/") ? String(inner) : "/" + inner
    return (cluster, request)
  }
}
