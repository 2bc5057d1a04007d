import MeshTopology
import Testing

/// A topology with a gateway that is right; the tests of wrong ones change one thing.
enum SmallGateway {
  static let text = """
    apiVersion: meshctl.dev/v1alpha1
    kind: Topology
    metadata: {name: shop}
    spec:
      regions: [{name: tokyo, role: primary}, {name: osaka, role: recovery}]
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Network
    metadata: {name: vpc}
    spec:
      subnets: [{name: nodes, region: tokyo, range: 10.0.1.0/24}]
      reservedAddresses:
        - {name: gateway-ip, region: tokyo}
        - {name: front-door}
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Namespace
    metadata: {name: production}
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Namespace
    metadata: {name: api-gateway}
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Workload
    metadata: {name: user-service, namespace: production}
    spec:
      image: gcr.io/project/user-service:1.4.2
      ports:
        - {name: http, port: 8080}
        - {name: grpc, port: 9090, protocol: grpc}
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Workload
    metadata: {name: order-service, namespace: production}
    spec:
      image: gcr.io/project/order-service:2.3.0
      ports: [{name: http, port: 8080}]
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Workload
    metadata: {name: counter, namespace: production}
    spec:
      image: redis:7-alpine
      ports: [{name: redis, port: 6379, protocol: tcp}]
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: RedisCluster
    metadata: {name: cache, namespace: production}
    spec: {storage: 10Gi}
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Gateway
    metadata:
      name: kong
      namespace: api-gateway
    spec:
      image: kong:3.4
      replicas: 3
      addresses:
        tokyo: gateway-ip
      issuers:
        - name: accounts
          issuer: https://accounts.example.com
      routes:
        - name: user-api
          to: production/user-service
          paths: [/api/users]
          methods: [GET, POST]
          rateLimit:
            minute: 100
        - name: order-api
          to: production/order-service
          paths: [/api/orders]
          authentication:
            token:
              issuer: accounts
              scopes: [read]
      plugins:
        - name: correlation-id

    """

  /// The text with the first `original` replaced by `change`; `nil` when it is not there.
  static func text(_ original: String, _ change: String) -> String? {
    guard let range = text.firstRange(of: original) else { return nil }
    return String(text[..<range.lowerBound] + change + text[range.upperBound...])
  }
}
