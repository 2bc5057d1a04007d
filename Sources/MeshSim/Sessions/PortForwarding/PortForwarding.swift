import KubeModel
import Seams

/// A client's connections to ports of a pod, all within one connection to the cluster.
struct PortForwarding: Sendable {
  /// SPDY in a tunnel, as kubectl has it, or a pair of channels for each port, as the Python client has it.
  static let protocols = [PortTunnel.name, "v4.channel.k8s.io"]

  let pod: KubeObject
  /// The ports that the request names; in a tunnel the client names them later.
  let ports: [Int]

  /// - Throws: 400 for a pod without a node, and for ports that are none.
  init(_ request: APIRequest, _ pod: KubeObject, in state: ClusterState) throws(StatusError) {
    guard !(pod[path: "spec", "nodeName"]?.string ?? "").isEmpty else {
      throw .badRequest("pod \(pod.name) does not have a host assigned")
    }
    var ports: [Int] = []
    for text in request.query.all("ports").flatMap({ $0.split(separator: ",") }) {
      guard let port = Int(text), (1...65_535).contains(port) else {
        throw .badRequest("invalid value for \"ports\": \"\(text)\" is not a port")
      }
      ports.append(port)
    }
    self.pod = pod
    self.ports = ports
  }

  /// Serves the connections until the client goes.
  func run(over connection: MessageConnection, in cluster: SimulatedCluster) async {
    let open: @Sendable (Int) -> ContainerPort = { port in
      ContainerPort(pod: cluster.withState { $0.store.get(.pod, pod.key) } ?? pod, port: port)
    }
    do {
      if connection.subprotocol == PortTunnel.name {
        try await PortTunnel.run(over: connection, open)
      } else {
        try await PortChannels.run(ports, over: connection, open)
      }
    } catch {
      // The client has gone, or speaks of something else.
    }
    connection.close()
  }
}
