internal import KubeModel
internal import MeshTopology

/// The ends of a connection as rules of a NetworkPolicy name them.
enum NetworkPeer {
  /// All pods of a namespace.
  static func namespace(_ name: String) -> JSONValue {
    ["namespaceSelector": ["matchLabels": [MeshLabels.namespaceName: .string(name)]]]
  }

  /// Pods with these labels. Without the namespace they would be looked for in the policy's own one only.
  static func pods(_ labels: [String: String], in namespace: String) -> JSONValue {
    var peer = self.namespace(namespace)
    peer["podSelector"] = ["matchLabels": .strings(labels)]
    return peer
  }

  /// Addresses outside the cluster, or its nodes.
  static func addresses(_ range: AddressRange) -> JSONValue {
    ["ipBlock": ["cidr": .string(range.description)]]
  }

  /// Where Prometheus scrapes from.
  static func scraper(of topology: Topology) -> JSONValue {
    topology.monitoring.map { pods($0.prometheusLabels, in: $0.namespace) } ?? namespace("monitoring")
  }

  /// A port of the container: a policy judges a packet after the Service has sent it to a pod.
  static func port(_ number: Int, protocol: String = "TCP") -> JSONValue {
    ["protocol": .string(`protocol`), "port": .int(Int64(number))]
  }

  /// TCP ports.
  static func ports(_ numbers: [Int]) -> JSONValue { .array(numbers.map { port($0) }) }

  /// To the cluster's name server.
  static let nameServer: JSONValue = [
    "to": [namespace("kube-system")], "ports": [port(53, protocol: "UDP"), port(53)],
  ]
}
