import KubeModel
import MeshTopology
import Testing

@Suite("A topology that somebody will regret")
struct WarningTests {
  private static func warnings(_ text: String, environment: String? = nil) throws -> [Problem] {
    try TopologyReader().review(
      files: [TopologyFile(path: "a.yaml", bytes: Array(text.utf8))], environment: environment
    ).warnings
  }

  /// Nothing of it will be regretted.
  private static let careful = SmallTopology.text.replacing(
    "  controlPlaneRange: 10.0.100.0/28\n",
    with: "  controlPlaneRange: 10.0.100.0/28\n  privateEndpoint: true\n")

  private static func gateway(_ spec: String) -> String {
    """
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Gateway
    metadata: {name: entry, namespace: production}
    spec:
      \(spec)
      routes:
        - {name: orders, to: order-service, paths: [/orders], httpsOnly: true}
        - {name: users, to: user-service, paths: [/users]}
        - {name: health, to: user-service, paths: [/health]}

    """
  }

  private static func monitoring(_ spec: String) -> String {
    """
    ---
    apiVersion: meshctl.dev/v1alpha1
    kind: Monitoring
    metadata: {name: prometheus, namespace: cache}
    spec: {\(spec)}

    """
  }

  @Test("is not one where nothing is")
  func isNone() throws { #expect(try WarningTests.warnings(WarningTests.careful) == []) }

  @Test("is valid, and the place and the remedy are told", arguments: Row.all)
  func isTold(_ row: Row) throws {
    #expect(row.text != WarningTests.careful, "the change did not apply")
    #expect(try WarningTests.warnings(row.text).map(\.description) == row.warnings)
  }

  @Test(
    "is not one",
    arguments: [
      gateway("service: clusterIP"), gateway("certificate: tls\n  internal: true"),
      gateway("certificate: tls\n  allowedRanges: [203.0.113.0/24]"),
      monitoring("form: operator"), monitoring("builtInRules: []"),
    ])
  func isFine(_ document: String) throws {
    #expect(try WarningTests.warnings(WarningTests.careful + document) == [])
  }

  @Test("is told about in the environment that makes it one, and once only")
  func isToldOnce() throws {
    let text =
      WarningTests.careful + """
        ---
        apiVersion: meshctl.dev/v1alpha1
        kind: Namespace
        metadata: {name: production, environment: embedded}
        spec: {mutualTLS: permissive}

        """
    #expect(try WarningTests.warnings(text).count == 1)
    #expect(try WarningTests.warnings(text, environment: "embedded").count == 1)
    let open = SmallTopology.text + text.dropFirst(WarningTests.careful.count)
    #expect(try WarningTests.warnings(open).map(\.code) == [.openAPIServer, .unenforcedAuthorization])
  }

  @Test("is one object for machines")
  func isJSON() throws {
    let json = try #require(try WarningTests.warnings(SmallTopology.text).first?.json)
    #expect(json["code"] == "open-api-server" && json["severity"] == "warning")
    #expect(json["object"] == "Cluster/main metadata.name" && json["file"] == "a.yaml")
    #expect(json["line"] == 36 && json["column"] == 9)
    #expect(json["message"] == "the whole internet reaches the API server of main")
  }

  struct Row: CustomTestStringConvertible {
    let testDescription: String
    let text: String
    let warnings: [String]

    static let all = [
      Row(
        testDescription: "an API server that anybody reaches", text: SmallTopology.text,
        warnings: [
          "a.yaml:36:9: warning: the whole internet reaches the API server of main (Cluster/main metadata.name); "
            + "add authorizedNetworks: [{name: office, range: 203.0.113.0/24}], or privateEndpoint: true"
        ]),
      Row(
        testDescription: "an API server that everybody is authorised to reach",
        text: careful.replacing(
          "privateEndpoint: true", with: "authorizedNetworks: [{name: all, range: 0.0.0.0/0}]"),
        warnings: [
          "a.yaml:44:43: warning: the whole internet reaches the API server of main "
            + "(Cluster/main spec.authorizedNetworks[0].range); name those who need it, or write privateEndpoint: true"
        ]),
      Row(
        testDescription: "a gateway without a certificate that takes plain requests",
        text: careful + gateway("replicas: 3"),
        warnings: [
          "a.yaml:170:18: warning: users are shown a certificate that Kong signed itself, which browsers refuse "
            + "(Gateway/entry metadata.name); add certificate: with the name of a Secret of the type "
            + "kubernetes.io/tls",
          "a.yaml:175:7: warning: the internet reaches the route users and 1 more without TLS, where anybody on "
            + "the way reads passwords and tokens (Gateway/entry spec.routes[1]); add httpsOnly: true",
        ]),
      Row(
        testDescription: "a namespace that serves anybody",
        text: careful.replacing("podSecurity: restricted", with: "mutualTLS: permissive"),
        warnings: [
          "a.yaml:55:14: warning: callers without a certificate are served in production, so that nothing enforces "
            + "who may call what there (Namespace/production spec.mutualTLS); write mutualTLS: strict once all "
            + "callers are part of the mesh"
        ]),
      Row(
        testDescription: "a mesh that serves anybody",
        text: careful + """
          ---
          apiVersion: meshctl.dev/v1alpha1
          kind: ServiceMesh
          metadata: {name: mesh}
          spec: {mutualTLS: permissive}

          """,
        warnings: [
          "a.yaml:171:19: warning: callers without a certificate are served in cache and production, so that "
            + "nothing enforces who may call what there (ServiceMesh/mesh spec.mutualTLS); write mutualTLS: strict "
            + "once all callers are part of the mesh"
        ]),
      Row(
        testDescription: "alerts that nobody hears", text: careful + monitoring("scrapeInterval: 30s"),
        warnings: [
          "a.yaml:170:18: warning: alerts are raised, and no Alertmanager tells anybody (Monitoring/prometheus "
            + "metadata.name); add alertmanagers: with an ExternalService or Workload, or write builtInRules: [] "
            + "and no alerts"
        ]),
    ]
  }
}
