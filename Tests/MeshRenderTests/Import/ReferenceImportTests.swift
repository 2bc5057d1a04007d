import Foundation
import KubeModel
import MeshRender
import MeshTopology
import Testing

@Suite("Importing the reference design")
struct ReferenceImportTests {
  /// The manifests beside the repository; `nil` where they are not.
  static let files: [TopologyFile]? = {
    let folder = ImportText.root.deletingLastPathComponent().appending(path: "shared/reference/manifests")
    return try? ImportText.files(in: folder)
  }()

  private func imported() throws -> Import {
    let result = Importer().run(files: try #require(ReferenceImportTests.files), name: "microservices")
    try ImportText.expectSound(result)
    return result
  }

  private static let isThere = ConditionTrait.enabled("the reference manifests are not beside the repository")
  {
    files != nil
  }

  @Test("nothing is left over, and each object says where it went", isThere)
  func isComplete() throws {
    let result = try imported()
    #expect(result.kept.isEmpty)
    #expect(result.unread.isEmpty)
    #expect(Set(result.placed.map { "\($0.place)" }).count == 19)
  }

  @Test("one workload is joined from what seven files say of it", isThere)
  func joinsWorkload() throws {
    let topology = try imported().topology
    let user = try #require(topology.workload(named: "user-service", namespace: "production"))
    let scaling = try #require(user.autoscaling)
    #expect([scaling.min, scaling.max, scaling.cpu, scaling.memory] == [3, 50, 70, 80])
    #expect(scaling.behavior?.scaleDown.percent == 50)
    let traffic = try #require(user.traffic)
    #expect(traffic.subsets == [Subset(name: "v1", weight: 80), Subset(name: "v2", weight: 20)])
    #expect(traffic.headerRoutes == [HeaderRoute(header: "version", exact: "v2", subset: "v2")])
    #expect(traffic.connectionPool?.maxConnections == 100)
    #expect(traffic.connectionPool?.http1MaxPendingRequests == 50)
    #expect(traffic.connectionPool?.maxRequestsPerConnection == 10)
    #expect(user.serviceAccount == "user-service-sa")
    #expect(user.permissions.count == 2)
    #expect(user.calls.map(\.to) == ["production/database-service"])
    #expect(user.ports.map(\.port) == [8080])
  }

  @Test("Kong's routes lead to the workloads, with their limits", isThere)
  func hasGateway() throws {
    let gateway = try #require(try imported().topology.gateways.first)
    #expect(gateway.reference == "api-gateway/kong-gateway")
    #expect(gateway.replicas == 3)
    #expect(gateway.routes.map(\.to) == ["production/user-service", "production/order-service"])
    #expect(gateway.routes.map(\.paths) == [["/api/users"], ["/api/orders"]])
    #expect(gateway.routes.first?.rateLimit?.minute == 100)
    #expect(gateway.metrics.perConsumer)
    guard case .token(let token)? = gateway.routes.last?.authentication else {
      Issue.record("the second route lets everybody in")
      return
    }
    #expect(token.scopes == ["read", "write"])
  }

  @Test("cache, traces, measures, logs, backups and the cluster have documents of their own", isThere)
  func hasPlatform() throws {
    let topology = try imported().topology
    #expect(topology.redisClusters.map(\.nodes) == [6])
    #expect(topology.redisClusters.map(\.storage) == ["10Gi"])
    guard case .elasticsearch(let storage)? = topology.tracing?.storage else {
      Issue.record("traces are kept nowhere")
      return
    }
    #expect(storage.nodes == 3)
    #expect(topology.monitoring?.scrapes == [.apiServers, .mesh])
    #expect(topology.logging?.namespaces == ["production"])
    let schedule = try #require(topology.backup?.schedules.first)
    #expect(schedule.schedule.description == "0 2 * * *")
    #expect(schedule.namespaces == ["production", "api-gateway"])
    #expect(schedule.ttl == .seconds(720 * 3600))
    #expect(topology.serviceMesh?.name == "production-mesh")
    #expect(topology.primaryCluster?.controlPlaneRange == "10.0.100.0/28")
    #expect(topology.primaryCluster?.nodePools.first?.machineType == "e2-standard-4")
    #expect(topology.namespace(named: "production")?.mutualTLS ?? .strict == .strict)
    #expect(topology.namespace(named: "logging")?.podSecurity == .privileged)
  }

  @Test(
    "its contradictions are found", isThere,
    arguments: [
      "lets production/user-service out without port 53",
      "lets app: api-gateway through in production, where no pod has that label",
      "lets in the service account api-gateway of production, which no workload runs as",
      "keeps api-gateway/kong-gateway from production/user-service",
      "refuses PUT and DELETE",
      "allows /api/users/*, but the route user-api at kong.yml:2:1 strips /api/users from paths",
      "the subset v1 of DestinationRule default/user-service-destination selects version: v1, which no pods have",
      "production/user-service requests nothing",
      "is RESERVED_IP, a placeholder and no address",
      "reads /kong/declarative/kong.yml, which nothing mounts",
      "opens Kong's Admin API at 8001",
      "rate-limiting counts in Kong's database",
      "oauth2 keeps its tokens in Kong's database",
      "mounts the ConfigMap redis-config, which is not among the manifests",
      "names the BackupStorageLocation gcs-backup, which no manifest declares",
      "keeps ports like .*-metrics;.*-metrics, and no Service has one",
      "reads its token by bearer_token_file",
      "have no PodSecurityPolicies",
    ])
  func findsContradiction(_ words: String) throws {
    let found = try imported().contradictionWords
    #expect(found.contains { $0.contains(words) }, "\(found)")
  }
}
