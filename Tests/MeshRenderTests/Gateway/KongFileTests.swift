import Foundation
import KubeModel
import MeshTopology
import Testing

@testable import MeshRender

@Suite("Kong's declarative file")
struct KongFileTests {
  private func plugins(of route: String, _ topology: Topology) throws -> [String: JSONValue] {
    let routes = try ReferenceGateway.file(topology)["services"]?.array?.flatMap { $0["routes"]?.array ?? [] }
    let found = try #require(routes?.first { $0["name"]?.string == route })
    return table(found["plugins"])
  }

  private func table(_ plugins: JSONValue?) -> [String: JSONValue] {
    Dictionary(
      (plugins?.array ?? []).map { ($0["name"]?.string ?? "", $0["config"] ?? .null) },
      uniquingKeysWith: { $1 })
  }

  /// Run with `MESHKIT_UPDATE_SNAPSHOTS=1` to write the files anew.
  @Test("is as it was", arguments: ["reference", "everything"])
  func isUnchanged(_ name: String) throws {
    let topology = try name == "reference" ? ReferenceGateway.topology() : FullGateway.topology()
    let text = try #require(topology.gateways.first).declarativeFile(in: topology).text
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Snapshots")
    let file = folder.appending(path: "\(name).kong.yml")
    if ProcessInfo.processInfo.environment["MESHKIT_UPDATE_SNAPSHOTS"] == "1" {
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == text)
  }

  @Test("has every setting of the reference design's file")
  func hasReference() throws {
    let topology = try ReferenceGateway.topology()
    let file = try ReferenceGateway.file(topology)
    #expect(file["_format_version"] == "3.0")
    let services = try #require(file["services"]?.array)
    #expect(services.map { $0["name"] } == ["user-service", "order-service"])
    #expect(
      services.map { $0["url"] } == [
        "http://user-service.production.svc.cluster.local:8080",
        "http://order-service.production.svc.cluster.local:8080",
      ])
    let routes = services.flatMap { $0["routes"]?.array ?? [] }
    #expect(routes.map { $0["name"] } == ["user-api", "order-api"])
    #expect(routes.map { $0["paths"] } == [["/api/users"], ["/api/orders"]])
    #expect(routes.map { $0["methods"] } == [["GET", "POST", "PUT", "DELETE"], ["GET", "POST"]])
    let limit = try plugins(of: "user-api", topology)["rate-limiting"]
    #expect(limit?["minute"] == 100 && limit?["policy"] == "local")
    #expect(table(file["plugins"])["prometheus"]?["per_consumer"] == true)
  }

  @Test("never leaves it to Kong whether a path is stripped")
  func saysStripPath() throws {
    for topology in [try ReferenceGateway.topology(), try FullGateway.topology()] {
      for service in try ReferenceGateway.file(topology)["services"]?.array ?? [] {
        for route in service["routes"]?.array ?? [] { #expect(route["strip_path"]?.bool != nil) }
      }
    }
  }

  @Test("has one service for all routes to one port, and names that tell ports apart")
  func joinsRoutes() throws {
    let services = try #require(try ReferenceGateway.file(try FullGateway.topology())["services"]?.array)
    #expect(
      services.compactMap { $0["name"]?.string } == [
        "production.user-service.8080", "order-service", "production.user-service.9090",
      ])
    #expect(services.map { $0["routes"]?.array?.count } == [2, 2, 1])
  }

  @Test("takes what browsers ask before a call to another site, which callees need not allow")
  func takesPreflight() throws {
    let topology = try FullGateway.topology()
    let routes = try ReferenceGateway.file(topology)["services"]?.array?.flatMap { $0["routes"]?.array ?? [] }
    #expect(routes?.first { $0["name"] == "user-api" }?["methods"] == ["GET", "POST", "OPTIONS"])
    let calls = try #require(topology.gateways.first).calls(in: topology)
    #expect(calls.allSatisfy { !$0.methods.contains(.options) })
  }

  @Test("names Redis as the version of Kong has it", arguments: [("3.4", "redis_host"), ("3.9", "redis")])
  func namesRedis(version: String, key: String) throws {
    var topology = try FullGateway.topology()
    topology.gateways[0].version = version
    let limit = try #require(try plugins(of: "user-api", topology)["rate-limiting"])
    #expect(limit["policy"] == "redis" && limit[key] != nil)
    #expect((limit["redis"] == nil) == (key == "redis_host"))
    let password = limit["redis_password"] ?? limit[path: "redis", "password"]
    #expect(password == "{vault://env/redis-password-0}")
    let workload = try #require(topology.gateways.first).workload(in: topology)
    #expect(workload.env["REDIS_PASSWORD_0"] == .secret(name: "counter-auth", key: "password"))
    #expect(workload.calls.contains { $0.to == "cache/counter" })
  }

  @Test(
    "sends traces to the collector where there is one",
    arguments: [("3.4", "endpoint"), ("3.9", "traces_endpoint")])
  func sendsTraces(version: String, key: String) throws {
    var topology = try ReferenceGateway.topology()
    topology.gateways[0].version = version
    #expect(table(try ReferenceGateway.file(topology)["plugins"])["opentelemetry"] == nil)
    topology.tracing = Tracing(name: "jaeger", namespace: "cache")
    let plugin = table(try ReferenceGateway.file(topology)["plugins"])["opentelemetry"]
    #expect(plugin?[key]?.string?.hasPrefix("http://otel-collector.cache.svc.cluster.local:4318/") == true)
    let workload = try #require(topology.gateways.first).workload(in: topology)
    #expect(workload.env["KONG_TRACING_SAMPLING_RATE"] == "0.01")
    #expect(workload.calls.last?.to == topology.tracing?.collector)
  }

  @Test("is the same for the same gateway, and its ConfigMap gets another name when it changes")
  func changesName() throws {
    var topology = try ReferenceGateway.topology()
    func name() throws -> String? {
      try ReferenceGateway.objects(topology).of("ConfigMap").map(\.name).first {
        $0.hasPrefix("api-gateway-files-")
      }
    }
    let before = try name()
    #expect(try name() == before)
    topology.gateways[0].routes[0].rateLimit?.minute = 200
    #expect(try name() != before)
  }
}
