internal import MeshTopology

/// What the Kong Ingress Controller asks of the Kubernetes API (config/rbac of its repository), as far as it reads
/// what a gateway is rendered to.
enum GatewayPermissions {
  private static let reading = ["get", "list", "watch"]
  private static let reporting = ["get", "patch", "update"]
  private static let gatewayAPI = "gateway.networking.k8s.io"
  private static let kong = "configuration.konghq.com"

  /// What belongs to no namespace.
  static let cluster =
    [
      allow(["namespaces", "nodes"], reading),
      allow(["customresourcedefinitions"], reading, in: "apiextensions.k8s.io"),
      allow(["gatewayclasses"], reading, in: gatewayAPI),
      allow(["gatewayclasses/status"], reporting, in: gatewayAPI),
      allow(["kongclusterplugins"], reading, in: kong),
      allow(["kongclusterplugins/status"], reporting, in: kong),
    ].map { permission in permission.with { $0.isClusterWide = true } }

  /// What it reads in each of its namespaces: it looks for every kind in all of them.
  static let callees = [
    allow(["configmaps", "pods", "secrets", "services"], reading),
    allow(["endpointslices"], reading, in: "discovery.k8s.io"),
    allow(
      ["backendtlspolicies", "gateways", "grpcroutes", "httproutes", "referencegrants"], reading,
      in: gatewayAPI),
    allow(["kongconsumergroups", "kongconsumers", "kongplugins"], reading, in: kong),
  ]

  /// What it does in the gateway's own namespace: it reports what became of objects, and its pods agree about which
  /// of them works.
  static let own =
    callees + [
      allow(["gateways"], ["update"], in: gatewayAPI),
      allow(["gateways/status", "grpcroutes/status", "httproutes/status"], reporting, in: gatewayAPI),
      allow(["kongconsumers/status", "kongplugins/status"], reporting, in: kong),
      allow(["events"], ["create", "patch"]),
      allow(["leases"], reading + ["create", "update", "patch", "delete"], in: "coordination.k8s.io"),
    ]

  private static func allow(
    _ resources: [String], _ verbs: [String], in group: String = ""
  ) -> Permission {
    Permission(resources: resources, verbs: verbs).with { $0.groups = [group] }
  }
}
