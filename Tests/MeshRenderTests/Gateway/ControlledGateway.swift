import KubeModel
import MeshTopology
import Testing

@testable import MeshRender

/// The gateway that uses every field, as objects that the Kong Ingress Controller reads.
enum ControlledGateway {
  /// What differs from the declarative form: credentials have Secrets of their own, and there is one more callee.
  private static let changes = [
    ("image: registry", "configuration: gatewayAPI\ncontroller: {replicas: 3}\nimage: registry"),
    ("{name: partners, key: acme}", "{name: acme-key, key: key}"),
    ("{name: partners, key: globex}", "{name: globex-jwt, key: secret}"),
    ("\"*.shop.example.com\"", "\"*.shop.example.com\", \"shop.*\""),
    (
      "routes:\n",
      "routes:\n  - {name: pay-api, to: production/payments, paths: [/pay], preserveHost: true}\n"
    ),
  ]

  static let payments = """
    apiVersion: meshctl.dev/v1alpha1
    kind: ExternalService
    metadata: {name: payments, namespace: production}
    spec: {hosts: [api.payments.example.com]}

    """

  static func topology() throws -> Topology {
    var spec = FullGateway.spec
    for (original, change) in changes {
      let range = try #require(spec.firstRange(of: original), "\(original)")
      spec.replaceSubrange(range, with: change)
    }
    return try ReferenceGateway.topology(spec, adding: payments)
  }

  static func objects() throws -> [RenderedObject] { try ReferenceGateway.objects(try topology()) }
}
