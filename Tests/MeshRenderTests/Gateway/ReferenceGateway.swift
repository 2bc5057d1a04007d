import KubeModel
import MeshTopology
import Testing

@testable import MeshRender

/// A system whose gateway has every setting of the reference design, in a form that works without a database.
enum ReferenceGateway {
  static let system = """
    apiVersion: meshctl.dev/v1alpha1
    kind: Topology
    metadata: {name: shop}
    spec:
      regions: [{name: tokyo, role: primary}, {name: osaka, role: recovery}]
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Cluster
    metadata: {name: main}
    spec: {region: tokyo}
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Cluster
    metadata: {name: standby}
    spec: {region: osaka}
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
    kind: Namespace
    metadata: {name: cache}
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
    metadata: {name: counter, namespace: cache}
    spec:
      image: redis:7-alpine
      ports: [{name: redis, port: 6379, protocol: tcp}]

    """

  /// The gateway of the reference design.
  static let spec = """
    image: kong:3.4
    replicas: 3
    addresses:
      tokyo: 203.0.113.10
    metrics: {perConsumer: true}
    issuers:
      - name: accounts
        issuer: https://accounts.example.com
        jwksUri: https://accounts.example.com/keys
        audiences: [shop]
    routes:
      - name: user-api
        to: production/user-service
        port: http
        paths: [/api/users]
        methods: [GET, POST, PUT, DELETE]
        perRequest: 0.6
        rateLimit: {minute: 100}
      - name: order-api
        to: production/order-service
        paths: [/api/orders]
        methods: [GET, POST]
        authentication:
          token: {issuer: accounts, scopes: [read, write]}
    """

  static func topology(_ spec: String = spec, adding more: String = "") throws -> Topology {
    let indented = spec.split(separator: "\n", omittingEmptySubsequences: false).map { "  " + $0 }
    let gateway = """
      ---
      apiVersion: meshctl.dev/v1alpha1
      kind: Gateway
      metadata: {name: api-gateway, namespace: api-gateway}
      spec:

      """ + indented.joined(separator: "\n") + "\n"
    let text = system + gateway + (more.isEmpty ? "" : "---\n" + more)
    return try TopologyReader().read(files: [TopologyFile(path: "a.yaml", bytes: Array(text.utf8))])
  }

  static func objects(_ topology: Topology, cluster: String = "main") throws -> [RenderedObject] {
    Renderer(topology: topology).objects(for: try #require(topology.cluster(named: cluster)))
  }

  /// Kong's declarative file, read back.
  static func file(_ topology: Topology) throws -> JSONValue {
    let text = try #require(topology.gateways.first).declarativeFile(in: topology).text
    return try #require(try YAMLReader().documents(Array(text.utf8), file: "kong.yml").first).json
  }
}
