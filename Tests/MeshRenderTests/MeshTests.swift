import KubeModel
import MeshRender
import MeshTopology
import Testing

@Suite("Traffic to a workload")
struct MeshTests {
  private func users(_ change: (inout Workload) -> Void = { _ in }) throws -> (Renderer, Workload) {
    let topology = try Example.topology()
    var workload = try #require(topology.workload(named: "user-service", namespace: "production"))
    change(&workload)
    return (Renderer(topology: topology), workload)
  }

  private func routes(_ object: KubeObject?) -> [JSONValue] { object?[path: "spec", "http"]?.array ?? [] }

  private func weights(_ route: JSONValue?) -> [String: Int64] {
    var weights: [String: Int64] = [:]
    for destination in route?["route"]?.array ?? [] {
      weights[destination[path: "destination", "subset"]?.string ?? ""] = destination["weight"]?.int
    }
    return weights
  }

  @Test("goes to the stable subset alone at rest, and no header leads to the canary's")
  func restsOnStable() throws {
    let (renderer, workload) = try users()
    let routes = routes(renderer.virtualService(for: workload))
    #expect(routes.count == 1)
    #expect(weights(routes.first) == ["v1": 100, "v2": 0])
  }

  @Test("is split by the canary's weight, with its header routes first", arguments: [1, 20, 50, 99, 100])
  func isSplit(percent: Int) throws {
    let (renderer, workload) = try users()
    let weight = try #require(Weight(percent: percent))
    let routes = routes(renderer.virtualService(for: workload, canaryWeight: weight))
    #expect(routes.count == 2)
    #expect(routes.first?["match"] == [["headers": ["version": ["exact": "v2"]]]])
    #expect(weights(routes.first) == ["v2": 100])
    #expect(weights(routes.last) == ["v1": Int64(100 - percent), "v2": Int64(percent)])
    #expect(routes.last?["match"] == nil)
  }

  @Test("keeps header routes to the stable subset at rest")
  func keepsStableHeaders() throws {
    let (renderer, workload) = try users {
      $0.traffic?.headerRoutes = [HeaderRoute(header: "version", exact: "v1", subset: "v1")]
    }
    #expect(routes(renderer.virtualService(for: workload)).count == 2)
  }

  @Test("has subsets called stable and canary when only a rollout is declared")
  func namesDefaultSubsets() throws {
    let topology = try Example.topology()
    let orders = try #require(topology.workload(named: "order-service", namespace: "production"))
    #expect(orders.traffic == nil && orders.rollout != nil)
    let renderer = Renderer(topology: topology)
    #expect(weights(routes(renderer.virtualService(for: orders)).first) == ["stable": 100, "canary": 0])
    #expect(
      renderer.destinationRule(for: orders)?[path: "spec", "trafficPolicy", "loadBalancer", "simple"]
        == "LEAST_REQUEST")
  }

  @Test("is left to Istio when nothing is declared about it")
  func leavesToIstio() throws {
    let (renderer, workload) = try users {
      $0.traffic = nil
      $0.rollout = nil
    }
    #expect(renderer.virtualService(for: workload) == nil)
    #expect(renderer.destinationRule(for: workload) == nil)
  }

  @Test("has no routes when it is not HTTP, but a policy for connections")
  func hasPolicyForTCP() throws {
    let (renderer, workload) = try users {
      $0.ports = [Workload.Port(name: "raw", port: 9000)]
      $0.ports[0].protocol = .tcp
      $0.rollout = nil
    }
    #expect(renderer.virtualService(for: workload) == nil)
    #expect(renderer.destinationRule(for: workload)?[path: "spec", "subsets"] == nil)
    #expect(
      renderer.destinationRule(for: workload)?[
        path: "spec", "trafficPolicy", "connectionPool", "tcp", "maxConnections"] == 100)
  }

  @Test(
    "carries time-outs in seconds, which every reader of Istio's objects takes",
    arguments: [(250, "0.25s"), (1000, "1s"), (90_000, "90s"), (1001, "1.001s"), (1, "0.001s")])
  func carriesTimeouts(milliseconds: Int64, text: String) throws {
    let (renderer, workload) = try users {
      $0.traffic?.timeout = .milliseconds(milliseconds)
      $0.traffic?.retries = Retries(attempts: 2)
      $0.traffic?.retries?.perTryTimeout = .milliseconds(milliseconds)
    }
    let route = routes(renderer.virtualService(for: workload)).first
    #expect(route?["timeout"]?.string == text)
    #expect(route?["retries"] == ["attempts": 2, "perTryTimeout": .string(text)])
  }
}
