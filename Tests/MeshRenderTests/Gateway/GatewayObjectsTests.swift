import Foundation
import KubeModel
import MeshTopology
import Testing

@testable import MeshRender

@Suite("A gateway of the Gateway API")
struct GatewayObjectsTests {
  /// Run with `MESHKIT_UPDATE_SNAPSHOTS=1` to write the file anew.
  @Test("is as it was")
  func isUnchanged() throws {
    let groups = ["gateway.networking.k8s.io/", "configuration.konghq.com/"]
    let objects = try ControlledGateway.objects().filter { rendered in
      groups.contains { rendered.object.apiVersion.hasPrefix($0) }
    }
    let text = objects.map { $0.object.json.yamlText() }.joined(separator: "---\n")
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Snapshots")
    let file = folder.appending(path: "everything.gateway-api.yaml")
    if ProcessInfo.processInfo.environment["MESHKIT_UPDATE_SNAPSHOTS"] == "1" {
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == text)
  }

  @Test("has a class of its own that the controller takes, and listeners with its certificate")
  func hasListeners() throws {
    let objects = try ControlledGateway.objects()
    let kind = try objects.only("GatewayClass", "api-gateway.api-gateway")
    #expect(kind.annotations["konghq.com/gatewayclass-unmanaged"] == "true" && kind.namespace == nil)
    #expect(kind[path: "spec", "controllerName"] == "konghq.com/kic-gateway-controller")
    let gateway = try objects.only("Gateway", "api-gateway")
    #expect(gateway.apiVersion == "gateway.networking.k8s.io/v1" && gateway.namespace == "api-gateway")
    #expect(gateway[path: "spec", "gatewayClassName"]?.string == kind.name)
    let listeners = try #require(gateway[path: "spec", "listeners"]?.array)
    #expect(listeners.map { $0["protocol"] } == ["HTTP", "HTTPS"])
    #expect(listeners.map { $0["port"] } == [80, 443])
    #expect(
      listeners[1][path: "tls", "certificateRefs"] == [["group": "", "kind": "Secret", "name": "shop-tls"]])
    #expect(listeners.allSatisfy { $0[path: "allowedRoutes", "namespaces", "from"] == "Same" })
  }

  @Test("listens without TLS only where it has no certificate")
  func mayHaveNoCertificate() throws {
    var topology = try ControlledGateway.topology()
    topology.gateways[0].certificate = nil
    let gateway = try ReferenceGateway.objects(topology).only("Gateway", "api-gateway")
    #expect(gateway[path: "spec", "listeners"]?.array?.map { $0["name"] } == ["http"])
  }

  @Test("has one route of the Gateway API for each of its own, in its own namespace")
  func hasRoutes() throws {
    let objects = try ControlledGateway.objects()
    let routes = objects.of("HTTPRoute") + objects.of("GRPCRoute")
    let gateway = try #require(try ControlledGateway.topology().gateways.first)
    #expect(Set(routes.map(\.name)) == Set(gateway.routes.map { "api-gateway.\($0.name)" }))
    #expect(routes.allSatisfy { $0.namespace == "api-gateway" })
    #expect(routes.allSatisfy { $0[path: "spec", "parentRefs"] == [["name": "api-gateway"]] })
    #expect(objects.of("GRPCRoute").map(\.name) == ["api-gateway.user-grpc"])
  }

  @Test("says of a route what the declarative file says")
  func describesRoute() throws {
    let route = try ControlledGateway.objects().only("HTTPRoute", "api-gateway.user-api")
    #expect(route[path: "spec", "hostnames"] == ["api.example.com", "*.shop.example.com"])
    #expect(
      route[path: "spec", "rules"] == [
        [
          "backendRefs": [["name": "user-service", "port": 8080, "namespace": "production"]],
          "matches": [
            ["path": ["type": "PathPrefix", "value": "/api/users"]],
            ["path": ["type": "RegularExpression", "value": "/api/v[0-9]+/users$"]],
          ],
        ]
      ])
    #expect(
      route.annotations == [
        "konghq.com/protocols": "https", "konghq.com/https-redirect-status-code": "308",
        "konghq.com/preserve-host": "false", "konghq.com/strip-path": "false",
        "konghq.com/methods": "GET,POST,OPTIONS", "konghq.com/host-aliases": "shop.*",
        "konghq.com/plugins":
          "api-gateway.user-api.key-auth,api-gateway.user-api.rate-limiting,api-gateway.user-api.cors,"
          + "api-gateway.user-api.request-size-limiting,api-gateway.user-api.acl",
      ])
  }

  @Test("strips paths and keeps hosts by annotation, as the controller would not by itself")
  func saysHowToForward() throws {
    let objects = try ControlledGateway.objects()
    let upload = try objects.only("HTTPRoute", "api-gateway.upload-api").annotations
    #expect(upload["konghq.com/strip-path"] == "true" && upload["konghq.com/preserve-host"] == "false")
    #expect(upload["konghq.com/protocols"] == "http,https" && upload["konghq.com/methods"] == nil)
    let pay = try objects.only("HTTPRoute", "api-gateway.pay-api").annotations
    #expect(pay["konghq.com/strip-path"] == "false" && pay["konghq.com/preserve-host"] == "true")
  }

  @Test(
    "takes calls of gRPC by service and method, or all of them",
    arguments: [
      (["/shop.Users/"], [["method": ["type": "Exact", "service": "shop.Users"]]]),
      (["/shop.Users/Get"], [["method": ["type": "Exact", "service": "shop.Users", "method": "Get"]]]),
      (["/", "/shop.Users/"], nil), ([], nil),
    ] as [([String], JSONValue?)])
  func takesCalls(paths: [String], matches: JSONValue?) throws {
    var topology = try ControlledGateway.topology()
    let index = try #require(topology.gateways[0].routes.firstIndex { $0.name == "user-grpc" })
    topology.gateways[0].routes[index].paths = paths
    let route = try ReferenceGateway.objects(topology).only("GRPCRoute", "api-gateway.user-grpc")
    #expect(route[path: "spec", "rules"]?.array?.first?["matches"] == matches)
    #expect(route.annotations["konghq.com/protocols"] == "grpc,grpcs")
    #expect(route.annotations["konghq.com/strip-path"] == nil)
  }

  @Test("is called by callers, and calls, as with a declarative file")
  func callsTheSame() throws {
    var topology = try ControlledGateway.topology()
    let calls = topology.gateways[0].calls(in: topology)
    topology.gateways[0].configuration = .declarative
    #expect(topology.gateways[0].calls(in: topology) == calls)
  }

  @Test("lets Istio verify the same tokens")
  func verifiesTokens() throws {
    var topology = try ControlledGateway.topology()
    func policies() throws -> [KubeObject] {
      try ReferenceGateway.objects(topology).map(\.object).filter { $0.name.hasSuffix("-tokens") }
    }
    let controlled = try policies()
    topology.gateways[0].configuration = .declarative
    #expect(try policies() == controlled && controlled.count == 2)
  }

  @Test("reads back as the same gateway, and is Swift as well")
  func readsBack() throws {
    let topology = try ControlledGateway.topology()
    #expect(try topology.validated() == topology)
    #expect(topology.swiftText().contains("$0.configuration = .gatewayAPI"))
  }
}
