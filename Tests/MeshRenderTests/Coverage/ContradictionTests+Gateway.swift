import KubeModel
import MeshRender
import MeshTopology
import Testing

extension ContradictionTests {
  /// Kong's routes with the Services that they lead to.
  private func routes(of system: RenderedSystem? = nil) throws -> [(service: JSONValue, route: JSONValue)] {
    let system = system ?? self.system
    let routes = (try system.yaml("kong.yml")["services"]?.array ?? []).flatMap { service in
      (service["routes"]?.array ?? []).map { (service, $0) }
    }
    try #require(routes.count == 3)
    return routes
  }

  /// Whether the callee of a route takes a request from the gateway.
  private func takes(
    _ service: JSONValue, method: String, path: String, token: (issuer: String, scopes: [String])? = nil
  ) throws -> Bool {
    let url = try #require(service["url"]?.string?.split(separator: "/").dropFirst().first)
    let host = url.split(separator: ":")[0].split(separator: ".")
    let pod = try #require(
      system.pod(of: WorkloadReference(namespace: String(host[1]), name: String(host[0]))))
    let port = try #require(Int64(url.split(separator: ":")[1]))
    return authorization.allow(
      AuthorizationPolicies.Request(
        principal: "cluster.local/ns/api-gateway/sa/api-gateway", port: port, method: method, path: path,
        requestPrincipal: token.map { "\($0.issuer)/somebody" }, scopes: token?.scopes ?? []),
      to: pod)
  }

  @Test("5: what the gateway forwards, the callee's policy takes, method by method")
  func forwardsWhatIsTaken() throws {
    let token = (issuer: "https://accounts.example.com", scopes: ["read", "write"])
    for (service, route) in try routes() {
      for method in (route["methods"]?.array ?? []).compactMap(\.string) {
        for path in (route["paths"]?.array ?? []).compactMap(\.string) {
          for suffix in ["", "/1"] {
            #expect(
              try takes(service, method: method, path: path + suffix, token: token), "\(method) \(path)")
          }
        }
      }
      #expect(try !takes(service, method: "PATCH", path: "/api/users"))
      #expect(try !takes(service, method: "GET", path: "/elsewhere", token: token))
    }
  }

  @Test("8: no plug-in of Kong needs the database that Kong has not")
  func needsNoDatabase() throws {
    let file = try system.yaml("kong.yml")
    let services = file["services"]?.array ?? []
    let plugins = ([file] + services + services.flatMap { $0["routes"]?.array ?? [] })
      .flatMap { $0["plugins"]?.array ?? [] }
    #expect(plugins.count == 3)
    #expect(!plugins.contains { $0["name"] == "oauth2" })
    for plugin in plugins where plugin["name"] == "rate-limiting" {
      #expect(["local", "redis"].contains(plugin[path: "config", "policy"]?.string))
    }
    // Tokens are verified by the callee's proxy: a scope is asked for, and no token is none.
    let (service, _) = try #require(try routes().last)
    func takes(_ method: String, _ scopes: [String]?) throws -> Bool {
      let token = scopes.map { (issuer: "https://accounts.example.com", scopes: $0) }
      return try self.takes(service, method: method, path: "/api/orders", token: token)
    }
    #expect(try takes("GET", ["read"]) && takes("POST", ["write"]))
    #expect(try !takes("GET", nil) && !takes("POST", nil) && !takes("POST", ["read"]))
    let limit = try RenderedSystem.problems(
      in: "api-gateway.yaml", "minute: 100 #", "policy: cluster\n        minute: 100 #")
    #expect(limit == ["the policy cluster counts in Kong's database, and there is none"])
    let plugin = try RenderedSystem.problems(
      in: "api-gateway.yaml", "  routes:\n", "  plugins: [{name: oauth2}]\n  routes:\n")
    #expect(plugin == ["the plug-in oauth2 keeps its tokens in Kong's database, and there is none"])
  }

  @Test("9: a path reaches the callee as it came")
  func keepsPaths() throws {
    for (service, route) in try routes() {
      #expect(route["strip_path"] == false)
      #expect(service["path"] == nil)
      let address = try #require(service["url"]?.string?.dropFirst("http://".count))
      #expect(!address.contains("/"), "a path in \(address) would come before that of requests")
    }
    // Where a path is wanted without what the route matched, the callee's policy follows.
    let stripping = try RenderedSystem(
      try RenderedSystem.files(
        changing: "api-gateway.yaml", "port: http\n", "port: http\n      stripPath: true\n"))
    #expect(try routes(of: stripping).first?.route["strip_path"] == true)
    let callee = try #require(stripping.pod(of: "production/user-service"))
    #expect(
      AuthorizationPolicies(policies: stripping.of("AuthorizationPolicy")).allow(
        .init(principal: "cluster.local/ns/api-gateway/sa/api-gateway", port: 8080, path: "/1"), to: callee))
  }

  @Test("10: every file that is read is mounted, and every mount has its file")
  func mountsFiles() throws {
    let maps = system.of("ConfigMap")
    for pod in system.pods {
      let volumes = pod.spec["volumes"]?.array ?? []
      let owned = volumes.compactMap { $0["name"]?.string }
      let claims = system.objects.filter { "\($0.reference)" == pod.owner }
        .flatMap { $0[path: "spec", "volumeClaimTemplates"]?.array ?? [] }
        .compactMap { $0[path: "metadata", "name"]?.string }
      for mount in pod.containers.flatMap({ $0["volumeMounts"]?.array ?? [] }) {
        let name = try #require(mount["name"]?.string)
        #expect((owned + claims).contains(name), "\(pod.owner) \(name)")
        guard let volume = volumes.first(where: { $0["name"]?.string == name }),
          let map = volume[path: "configMap", "name"]?.string
        else { continue }
        let data = try #require(
          maps.first { $0.name == map && $0.namespace == pod.namespace }, "\(pod.owner) \(map)")
        if let file = mount["subPath"]?.string { #expect(data[path: "data"]?[file] != nil, "\(map) \(file)") }
      }
    }
    let kong = try #require(system.pod(of: "api-gateway/api-gateway")?.containers.first)
    let file = kong["env"]?.array?.first { $0["name"] == "KONG_DECLARATIVE_CONFIG" }?["value"]
    #expect(file != nil)
    #expect(kong["volumeMounts"]?.array?.contains { $0["mountPath"] == file } == true)
  }

  @Test("20: addresses are addresses, and nobody reaches Kong's Admin API")
  func hasAddresses() throws {
    let installation = try #require(system.files.first { $0.path == "istio.yaml" })
    let node = try #require(
      try YAMLReader().documents(Array(installation.text.utf8), file: installation.path).first)
    let gateways = node.json[path: "spec", "components", "ingressGateways"]?.array ?? []
    #expect(!gateways.isEmpty)
    let installed = gateways.compactMap { $0[path: "k8s", "service", "loadBalancerIP"] }
    let declared = system.of("Service").compactMap { $0[path: "spec", "loadBalancerIP"] }
    for address in installed + declared {
      #expect(AddressRange(parsing: (address.string ?? "") + "/32") != nil, "\(address.jsonText())")
    }
    let wrong = try RenderedSystem.problems(in: "mesh.yaml", "203.0.113.11", "RESERVED_IP")
    #expect(wrong == ["\"RESERVED_IP\" is not an IPv4 address"])

    let gateway = try #require(system.pod(of: "api-gateway/api-gateway"))
    let listen = gateway.containers.first?["env"]?.array?.first { $0["name"] == "KONG_ADMIN_LISTEN" }
    #expect(listen?["value"] == "off")
    #expect(!gateway.ports.contains(8001))
    #expect(!network.allow(from: .address("198.51.100.7"), to: .init(gateway), port: 8001))
  }
}
