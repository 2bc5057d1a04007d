import MeshRender
import MeshTopology
import Testing

@Suite("The graph of a topology")
struct TopologyGraphTests {
  private func graph() throws -> TopologyGraph { TopologyGraph(topology: try Example.topology()) }

  @Test("has a node for each workload, in its namespace")
  func hasWorkloads() throws {
    let graph = try graph()
    let topology = try Example.topology()
    let workloads = graph.nodes.filter { $0.kind != .outside }
    #expect(workloads.map(\.id) == topology.workloads.map(\.reference.description))
    #expect(graph.groups.map(\.id) == topology.namespaces.map(\.name))
    for node in graph.nodes where node.kind != .outside {
      #expect(node.id == "\(node.group ?? "")/\(node.name)")
    }
  }

  @Test(
    "shows version, pods and the canary's share of a workload",
    arguments: [
      ("production/user-service", ["1.4.2", "3–50 pods"], ["v1 80", "v2 20"]),
      ("production/order-service", ["2.3.0", "3 pods"], ["stable 90", "canary 10"]),
      ("cache/redis", ["7-alpine", "1 pod"], []),
    ])
  func showsFacts(id: String, details: [String], shares: [String]) throws {
    let node = try #require(try graph().nodes.first { $0.id == id })
    #expect(node.details == details)
    #expect(node.shares.map { "\($0.name) \($0.percent)" } == shares)
  }

  @Test("leads users to each port of what is exposed, and nowhere else")
  func leadsUsers() throws {
    let edges = try graph().edges.filter { $0.source == "outside" }
    #expect(edges.map(\.target) == ["api-gateway/api-gateway", "api-gateway/api-gateway"])
    #expect(edges.map(\.label) == ["http 80", "https 443"])
    #expect(edges.map(\.rate) == [nil, nil])
  }

  @Test("has no users when nothing is exposed")
  func hasNoUsers() throws {
    var topology = try Example.topology()
    for index in topology.workloads.indices { topology.workloads[index].isExposed = false }
    #expect(!TopologyGraph(topology: topology).nodes.contains { $0.kind == .outside })
  }

  @Test(
    "names the callee's protocol and port, and how often it is called",
    arguments: [
      ("api-gateway/api-gateway", "production/user-service", "http 8080", "×0.6"),
      ("production/user-service", "production/database-service", "tcp 5432", nil),
      ("production/user-service", "cache/redis", "tcp 6379", "×0.8"),
      ("production/order-service", "production/database-service", "tcp 5432", "×2"),
    ])
  func labelsCalls(source: String, target: String, label: String, rate: String?) throws {
    let edge = try #require(try graph().edges.first { $0.source == source && $0.target == target })
    #expect(edge.label == label)
    #expect(edge.rate == rate)
  }

  @Test("knows what well-known images are")
  func knowsImages() throws {
    let kinds = try graph().nodes.map { "\($0.name) \($0.kind)" }
    #expect(kinds.contains("api-gateway gateway"))
    #expect(kinds.contains("redis cache"))
    #expect(kinds.contains("database-service database"))
    #expect(kinds.contains("user-service workload"))
  }

  @Test("shows regions with their clusters and node pools")
  func showsRegions() throws {
    let regions = try graph().regions
    #expect(regions.map(\.role) == ["primary", "recovery"])
    #expect(regions.flatMap(\.clusters).map(\.name) == ["microservices-cluster", "microservices-cluster-dr"])
    #expect(regions[0].clusters[0].details == ["microservices-pool: 3 × e2-standard-4"])
  }
}
