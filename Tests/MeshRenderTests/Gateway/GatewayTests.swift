import Foundation
import KubeModel
import MeshTopology
import Testing

@testable import MeshRender

@Suite("A gateway")
struct GatewayTests {
  private func container(_ objects: [RenderedObject]) throws -> JSONValue {
    try #require(
      try objects.only("Deployment", "api-gateway")[path: "spec", "template", "spec", "containers"]?.array?
        .first)
  }

  private func environment(_ objects: [RenderedObject]) throws -> [String: String] {
    var values: [String: String] = [:]
    for variable in try container(objects)["env"]?.array ?? [] {
      values[variable["name"]?.string ?? ""] = variable["value"]?.string ?? "?"
    }
    return values
  }

  @Test("runs Kong as the reference design does, but without its Admin API")
  func runsKong() throws {
    let objects = try ReferenceGateway.objects(try ReferenceGateway.topology())
    let deployment = try objects.only("Deployment", "api-gateway")
    #expect(deployment[path: "spec", "replicas"] == 3)
    #expect(try container(objects)["image"] == "kong:3.4")
    let settings = try environment(objects)
    for (name, value) in [
      "KONG_DATABASE": "off", "KONG_DECLARATIVE_CONFIG": "/kong/declarative/kong.yml",
      "KONG_PROXY_ACCESS_LOG": "/dev/stdout", "KONG_ADMIN_ACCESS_LOG": "/dev/stdout",
      "KONG_ADMIN_LISTEN": "off",
      "KONG_ADMIN_GUI_LISTEN": "off", "KONG_DNS_ORDER": "LAST,A,CNAME",
    ] {
      #expect(settings[name] == value, "\(name)")
    }
    let ports = try container(objects)["ports"]?.array?.compactMap { $0["containerPort"]?.int }
    #expect(ports == [8000, 8443, 8100])
    let service = try objects.only("Service", "api-gateway")
    #expect(service[path: "spec", "type"] == "LoadBalancer")
    let pairs = service[path: "spec", "ports"]?.array?.map { [$0["port"]?.int, $0["targetPort"]?.int] }
    #expect(pairs == [[80, 8000], [443, 8443]])
  }

  @Test("finds its declarative file mounted where Kong looks for it")
  func mountsFile() throws {
    let objects = try ReferenceGateway.objects(try ReferenceGateway.topology())
    let mount = try #require(
      try container(objects)["volumeMounts"]?.array?.first { $0["mountPath"] == "/kong/declarative/kong.yml" }
    )
    let map = try #require(objects.of("ConfigMap").first { $0.name.hasPrefix("api-gateway-files-") })
    #expect(
      map[path: "data", mount["subPath"]?.string ?? ""]?.string?.hasPrefix("_format_version: \"3.0\"") == true
    )
  }

  @Test("can be hardened: it writes to volumes of its own only")
  func isHardened() throws {
    let objects = try ReferenceGateway.objects(try ReferenceGateway.topology())
    let security = try #require(try container(objects)["securityContext"])
    #expect(security["readOnlyRootFilesystem"] == true && security["runAsUser"] == 1000)
    let folders = try container(objects)["volumeMounts"]?.array?.filter { $0["readOnly"] == nil }
      .compactMap { $0["mountPath"]?.string }
    #expect(folders == ["/kong/prefix", "/tmp"])
    #expect(
      try container(objects)[path: "readinessProbe", "httpGet"] == ["path": "/status/ready", "port": 8100])
  }

  @Test("lets callees allow what its routes take, by the identity that its pods have")
  func allowsRoutes() throws {
    let objects = try ReferenceGateway.objects(try ReferenceGateway.topology())
    let policy = try objects.only("AuthorizationPolicy", "user-service")
    #expect(
      policy[path: "spec", "rules"] == [
        [
          "from": [["source": ["principals": ["cluster.local/ns/api-gateway/sa/api-gateway"]]]],
          "to": [
            [
              "operation": [
                "ports": ["8080"], "methods": ["GET", "POST", "PUT", "DELETE"],
                "paths": ["/api/users", "/api/users/*"],
              ]
            ]
          ],
        ]
      ])
    let ingress = try #require(
      try objects.only("NetworkPolicy", "user-service")[path: "spec", "ingress"]?.array?.first)
    #expect(
      ingress["from"] == [
        [
          "namespaceSelector": ["matchLabels": ["kubernetes.io/metadata.name": "api-gateway"]],
          "podSelector": ["matchLabels": ["app": "api-gateway"]],
        ]
      ])
    #expect(try objects.only("Deployment", "api-gateway").podLabels["app"] == "api-gateway")
  }

  @Test("has the reserved address of each region, and the provider's where there is none")
  func hasAddresses() throws {
    let topology = try ReferenceGateway.topology()
    let main = try ReferenceGateway.objects(topology).only("Service", "api-gateway")
    #expect(main[path: "spec", "loadBalancerIP"] == "203.0.113.10")
    let standby = try ReferenceGateway.objects(topology, cluster: "standby").only("Service", "api-gateway")
    #expect(standby[path: "spec", "loadBalancerIP"] == nil)
    var named = topology
    named.gateways[0].addresses = ["tokyo": .reserved("gateway-ip")]
    let reserved = try ReferenceGateway.objects(named).only("Service", "api-gateway")
    #expect(reserved.annotations["networking.gke.io/load-balancer-ip-addresses"] == "gateway-ip")
    #expect(reserved.annotations["cloud.google.com/l4-rbs"] == "enabled")
    #expect(reserved[path: "spec", "loadBalancerIP"] == nil)
  }

  @Test("sees the addresses of users: no proxy and no other node stands between")
  func seesUsers() throws {
    var topology = try ReferenceGateway.topology()
    func look() throws -> (JSONValue?, JSONValue?, JSONValue?) {
      let objects = try ReferenceGateway.objects(topology)
      return (
        try objects.only("Service", "api-gateway")[path: "spec", "externalTrafficPolicy"],
        try objects.only("Deployment", "api-gateway")[
          path: "spec", "template", "metadata", "annotations", "traffic.sidecar.istio.io/excludeInboundPorts"],
        try objects.only("PeerAuthentication", "api-gateway")[path: "spec", "portLevelMtls", "8000", "mode"]
      )
    }
    #expect(try look() == ("Local", "8000,8443", "DISABLE"))
    topology.gateways[0].preservesClientAddress = false
    #expect(try look() == (nil, nil, "PERMISSIVE"))
  }

  @Test("is not reached from outside when its Service has an address of the cluster only")
  func staysInside() throws {
    var topology = try ReferenceGateway.topology()
    topology.gateways[0].service = .clusterIP
    let objects = try ReferenceGateway.objects(topology)
    #expect(try objects.only("Service", "api-gateway")[path: "spec", "type"] == "ClusterIP")
    #expect(objects.of("PeerAuthentication").contains { $0.name == "api-gateway" } == false)
  }

  @Test("has the load balancer that is asked for: within the network, and for some only")
  func hasInternalLoadBalancer() throws {
    let service = try ReferenceGateway.objects(try FullGateway.topology()).only("Service", "api-gateway")
    #expect(service.annotations == ["networking.gke.io/load-balancer-type": "Internal"])
    #expect(service[path: "spec", "loadBalancerSourceRanges"] == ["10.0.0.0/8"])
  }

  @Test("may be reached by a port of each node")
  func isAtNodes() throws {
    var topology = try ReferenceGateway.topology()
    topology.gateways[0].service = .nodePort
    topology.gateways[0].addresses = [:]
    let service = try ReferenceGateway.objects(topology).only("Service", "api-gateway")
    #expect(service[path: "spec", "type"] == "NodePort" && service.annotations.isEmpty)
  }

  @Test("may scale by load, and then its number of pods is nobody else's")
  func scales() throws {
    let objects = try ReferenceGateway.objects(try FullGateway.topology())
    #expect(try objects.only("Deployment", "api-gateway")[path: "spec", "replicas"] == nil)
    let scaler = try objects.only("HorizontalPodAutoscaler", "api-gateway")
    #expect(scaler[path: "spec", "minReplicas"] == 3 && scaler[path: "spec", "maxReplicas"] == 10)
    #expect(try objects.only("PodDisruptionBudget", "api-gateway")[path: "spec", "minAvailable"] == 2)
  }

  @Test("has its measures served together with those of its proxy")
  func isMeasured() throws {
    let pods = try ReferenceGateway.objects(try ReferenceGateway.topology()).only("Deployment", "api-gateway")
    let annotations = try #require(pods[path: "spec", "template", "metadata", "annotations"])
    #expect(annotations["prometheus.io/port"] == "8100" && annotations["prometheus.io/path"] == "/metrics")
  }

  @Test("shows the certificate of a Secret")
  func showsCertificate() throws {
    var topology = try ReferenceGateway.topology()
    topology.gateways[0].certificate = "shop-tls"
    let settings = try environment(try ReferenceGateway.objects(topology))
    #expect(settings["KONG_SSL_CERT"] == "/kong/certificate/tls.crt")
    #expect(settings["KONG_SSL_CERT_KEY"] == "/kong/certificate/tls.key")
  }

  @Test("gives the same workload whether or not a cluster is named")
  func dependsOnNoCluster() throws {
    let topology = try ReferenceGateway.topology()
    let gateway = try #require(topology.gateways.first)
    #expect(
      gateway.parts(of: topology, in: nil).workloads
        == gateway.parts(of: topology, in: topology.clusters[0]).workloads)
  }

  @Test("shares its requests among its routes: what none claims is for those that say nothing")
  func sharesRequests() throws {
    let topology = try ReferenceGateway.topology()
    let calls = try #require(topology.gateways.first).calls(in: topology)
    #expect(calls.map(\.to.name) == ["user-service", "order-service"])
    #expect(calls.map(\.perRequest) == [0.6, 0.4])
  }
}
