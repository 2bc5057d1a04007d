internal import KubeModel

/// The node's own server that tells a pod on GKE which Google account it is, and hands out its tokens.
///
/// A NetworkPolicy must let pods that act as an account out to it: at one address and port with Dataplane V2, at
/// another without (https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity, "network policies").
enum MetadataServer {
  /// What lets pods out to the server.
  static let egress: [JSONValue] = [
    rule("169.254.169.254/32", ports: [80, 8080]), rule("169.254.169.252/32", ports: [987, 988]),
  ]

  /// The addresses that a proxy must leave alone.
  static let range = "169.254.169.254/32"

  private static func rule(_ range: String, ports: [Int64]) -> JSONValue {
    [
      "to": [["ipBlock": ["cidr": .string(range)]]],
      "ports": .array(ports.map { ["protocol": "TCP", "port": .int($0)] }),
    ]
  }
}
