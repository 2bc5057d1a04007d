import KubeModel
import MeshTopology
import Testing

@testable import MeshRender

@Suite("The Kong Ingress Controller")
struct GatewayControllerTests {
  private func pods(_ objects: [RenderedObject], _ name: String) throws -> JSONValue {
    try #require(try objects.only("Deployment", name)[path: "spec", "template", "spec"])
  }

  private func environment(_ objects: [RenderedObject], _ name: String) throws -> [String: String] {
    var values: [String: String] = [:]
    for variable in try pods(objects, name)["containers"]?.array?.first?["env"]?.array ?? [] {
      values[variable["name"]?.string ?? ""] = variable["value"]?.string ?? "?"
    }
    return values
  }

  @Test("runs beside Kong, whose pods may ask the Kubernetes API nothing")
  func runsBeside() throws {
    let objects = try ControlledGateway.objects()
    #expect(try pods(objects, "api-gateway")["automountServiceAccountToken"] == false)
    let pods = try pods(objects, "api-gateway-controller")
    #expect(pods["automountServiceAccountToken"] == nil)
    let container = try #require(pods["containers"]?.array?.first)
    #expect(container["image"] == "kong/kubernetes-ingress-controller:3.5.13")
    #expect(container[path: "readinessProbe", "httpGet"] == ["path": "/healthz", "port": 10254])
    #expect(container[path: "securityContext", "readOnlyRootFilesystem"] == true)
    #expect(
      try objects.only("Deployment", "api-gateway-controller")[path: "spec", "replicas"] == 3)
  }

  @Test("reads this gateway only, and no namespace but those that its routes lead to")
  func readsItsOwn() throws {
    let settings = try environment(try ControlledGateway.objects(), "api-gateway-controller")
    for (name, value) in [
      "KONG_ADMIN_SVC": "api-gateway/api-gateway-admin", "PUBLISH_SERVICE": "api-gateway/api-gateway",
      "GATEWAY_TO_RECONCILE": "api-gateway/api-gateway", "INGRESS_CLASS": "api-gateway.api-gateway",
      "WATCH_NAMESPACE": "api-gateway,production", "COMBINED_SERVICES_FROM_DIFFERENT_HTTPROUTES": "true",
      "ENABLE_CONTROLLER_INGRESS_NETWORKINGV1": "false",
    ] {
      #expect(settings["CONTROLLER_\(name)"] == value, "\(name)")
    }
  }

  @Test("may read Secrets of these namespaces, and of no others")
  func mayRead() throws {
    let objects = try ControlledGateway.objects()
    func reads(_ role: KubeObject, _ resource: JSONValue) -> Bool {
      (role.fields["rules"]?.array ?? []).contains { $0["resources"]?.array?.contains(resource) == true }
    }
    let wide = try objects.only("ClusterRole", "shop:api-gateway:api-gateway-controller")
    #expect(!reads(wide, "secrets") && reads(wide, "gatewayclasses"))
    let roles = objects.of("Role").filter { reads($0, "secrets") }
    #expect(
      Set(roles.map { "\($0.namespace ?? "")/\($0.name)" }) == [
        "api-gateway/api-gateway-controller", "production/api-gateway.api-gateway-controller",
      ])
    let binding = try objects.only("RoleBinding", "api-gateway.api-gateway-controller")
    #expect(
      binding.fields["subjects"] == [
        ["kind": "ServiceAccount", "name": "api-gateway-controller", "namespace": "api-gateway"]
      ])
    #expect(binding[path: "roleRef", "name"] == "api-gateway.api-gateway-controller")
  }

  @Test("reaches the Admin API of each pod of Kong, and nobody else does")
  func reachesAdmin() throws {
    let objects = try ControlledGateway.objects()
    #expect(try environment(objects, "api-gateway")["KONG_ADMIN_LISTEN"] == "0.0.0.0:8444 http2 ssl")
    let outer = try objects.only("Service", "api-gateway")[path: "spec", "ports"]?.array
    #expect(outer?.map { $0["targetPort"] } == [8000, 8443])
    let inner = try objects.only("Service", "api-gateway-admin")
    #expect(inner[path: "spec", "clusterIP"] == "None")
    #expect(inner[path: "spec", "publishNotReadyAddresses"] == true)
    let admitted = objects.of("NetworkPolicy").filter {
      $0[path: "spec", "ingress"]?.jsonText().contains("8444") == true
    }
    #expect(admitted.map(\.name) == ["api-gateway-admin"])
    #expect(
      admitted.first?[path: "spec", "ingress"] == [
        [
          "from": [["podSelector": ["matchLabels": ["app": "api-gateway-controller"]]]],
          "ports": [["protocol": "TCP", "port": 8444]],
        ]
      ])
    let allowing = objects.of("AuthorizationPolicy").filter {
      $0[path: "spec", "rules"]?.jsonText().contains("8444") == true
    }
    #expect(allowing.map(\.name) == ["api-gateway-admin"])
    #expect(
      allowing.first?[path: "spec", "rules"]?.array?.first?["from"] == [
        ["source": ["principals": ["cluster.local/ns/api-gateway/sa/api-gateway-controller"]]]
      ])
    let leaving = try objects.only("NetworkPolicy", "api-gateway-controller-admin")
    #expect(leaving[path: "spec", "policyTypes"] == ["Egress"])
  }

  @Test("has the Admin API to itself also where the mesh serves callers without a certificate")
  func keepsAdmin() throws {
    var topology = try ControlledGateway.topology()
    let index = try #require(topology.namespaces.firstIndex { $0.name == "api-gateway" })
    topology.namespaces[index].mutualTLS = .permissive
    let policies = try ReferenceGateway.objects(topology).of("AuthorizationPolicy").filter {
      $0[path: "spec", "selector", "matchLabels", "app"] == "api-gateway"
    }
    #expect(policies.map { $0[path: "spec", "action"] } == ["DENY"])
    #expect(
      policies.first?[path: "spec", "rules"]?.array?.first?["from"] == [
        ["source": ["notPrincipals": ["cluster.local/ns/api-gateway/sa/api-gateway-controller"]]]
      ])
    topology.namespaces[index].hasIstioInjection = false
    #expect(
      try ReferenceGateway.objects(topology).of("AuthorizationPolicy")
        .allSatisfy { $0.namespace != "api-gateway" })
  }

  @Test("is led to callees in other namespaces by their permission, and by Services alone")
  func isLed() throws {
    let objects = try ControlledGateway.objects()
    let grant = try objects.only("ReferenceGrant", "api-gateway.api-gateway")
    #expect(grant.namespace == "production")
    let routes: [JSONValue] = ["GRPCRoute", "HTTPRoute"].map {
      ["group": "gateway.networking.k8s.io", "kind": $0, "namespace": "api-gateway"]
    }
    #expect(grant[path: "spec", "from"] == .array(routes))
    #expect(
      grant[path: "spec", "to"] == [
        ["group": "", "kind": "Service", "name": "order-service"],
        ["group": "", "kind": "Service", "name": "user-service"],
      ])
    for name in ["order-service", "user-service"] {
      let service = try objects.only("Service", name)
      #expect(service.annotations["ingress.kubernetes.io/service-upstream"] == "true")
      #expect(service[path: "spec", "selector"] == ["app": .string(name)])
    }
  }

  @Test("calls what is outside by its own name, with TLS")
  func callsOutside() throws {
    let objects = try ControlledGateway.objects()
    let route = try objects.only("HTTPRoute", "api-gateway.pay-api")
    let backend = route[path: "spec", "rules"]?.array?.first?["backendRefs"]?.array?.first
    #expect(backend?["namespace"] == nil && backend?["port"] == 443)
    let service = try objects.only("Service", backend?["name"]?.string ?? "")
    #expect(service.namespace == "api-gateway")
    #expect(service[path: "spec", "externalName"] == "api.payments.example.com")
    #expect(service.annotations == ["konghq.com/protocol": "https"])
  }

  @Test("needs no permission of a namespace that is the gateway's own")
  func needsNoGrant() throws {
    var topology = try ReferenceGateway.topology()
    topology.gateways[0].configuration = .gatewayAPI
    topology.gateways[0].namespace = "production"
    let objects = try ReferenceGateway.objects(topology)
    #expect(objects.of("ReferenceGrant").isEmpty)
    #expect(objects.of("RoleBinding").map(\.name) == ["api-gateway-controller"])
  }

  @Test("is not there where Kong reads a file")
  func isMissing() throws {
    let objects = try ReferenceGateway.objects(try FullGateway.topology())
    let kinds = ["GatewayClass", "HTTPRoute", "GRPCRoute", "KongPlugin", "KongClusterPlugin", "KongConsumer"]
    #expect(kinds.allSatisfy { objects.of($0).isEmpty })
    #expect(!objects.of("Deployment").contains { $0.name.hasSuffix("-controller") })
  }

  @Test("gives Kong no file to read, and the certificate by its Gateway")
  func replacesFile() throws {
    let topology = try ControlledGateway.topology()
    let kong = topology.gateways[0].workload(in: topology)
    #expect(kong.files.isEmpty && kong.initContainers.isEmpty && kong.secrets.isEmpty)
    #expect(kong.env["KONG_DECLARATIVE_CONFIG"] == nil && kong.env["KONG_SSL_CERT"] == nil)
    #expect(kong.env["KONG_ROUTER_FLAVOR"] == "traditional_compatible")
  }

  @Test("gives the same workloads whether or not a cluster is named")
  func dependsOnNoCluster() throws {
    let topology = try ControlledGateway.topology()
    let parts = [nil, topology.clusters.first].map { topology.gateways[0].parts(of: topology, in: $0) }
    #expect(parts[0].workloads == parts[1].workloads && parts[0].workloads.count == 2)
  }
}
