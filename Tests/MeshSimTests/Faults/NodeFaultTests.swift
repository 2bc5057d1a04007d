import HTTPTypes
import KubeModel
import Seams
import Testing

@testable import MeshSim

@Suite("Faults of nodes and regions")
struct NodeFaultTests {
  private static func node(_ number: Int) -> FaultEffect {
    var target = NodeTarget()
    target.names = ["eu-node-\(number)"]
    return .nodeLoss(target)
  }

  @Test("a lost node's pods are unreachable at once, and given up after the grace period")
  func grace() throws {
    let faulty = try FaultyCluster()
    faulty.add(NodeFaultTests.node(2))
    // The proxies try twice more, each time another pod: one request in 27 finds none that answers.
    #expect((10...100).contains(faulty.lost(in: 10)))
    let ways = faulty.cluster.cluster.reach(from: .outside(), to: ServiceName(namespace: "n", name: "web"))
    #expect(ways.filter { $0.verdict.layer == .node }.map { ($0.share * 3).rounded() } == [1])
    faulty.cluster.advance(38)
    #expect(faulty.isReady(2) == "True" && faulty.readyPods == 3)
    faulty.cluster.advance(4)
    #expect(faulty.isReady(2) == "Unknown" && faulty.readyPods == 2)
    #expect(
      faulty.taints(of: 2) == [
        "node.kubernetes.io/unreachable:NoSchedule", "node.kubernetes.io/unreachable:NoExecute",
      ])
    #expect(faulty.isReady(1) == "True")
    faulty.cluster.advance(2)
    #expect(faulty.lost(in: 20) == 0)
  }

  @Test("its pods are evicted when their toleration is over, and go when the node is back")
  func eviction() throws {
    let faulty = try FaultyCluster()
    faulty.add(NodeFaultTests.node(2)) { $0.duration = .seconds(600) }
    faulty.cluster.advance(340)
    #expect(faulty.pods.filter { $0.deletionTimestamp != nil }.isEmpty)
    faulty.cluster.advance(60)
    #expect(faulty.pods.filter { $0.deletionTimestamp != nil }.map(\.nodeName) == ["eu-node-2"])
    #expect(faulty.readyPods == 3)
    faulty.cluster.advance(230)
    #expect(faulty.isReady(2) == "True" && faulty.taints(of: 2).isEmpty)
    #expect(faulty.pods.count == 3 && faulty.readyPods == 3)
  }

  @Test("a node that is back before anybody noticed has lost nothing but requests")
  func shortLoss() throws {
    let faulty = try FaultyCluster()
    let before = faulty.pods.map(\.name)
    faulty.add(NodeFaultTests.node(1)) { $0.duration = .seconds(20) }
    #expect(faulty.lost(in: 19) > 20)
    faulty.cluster.advance(3)
    #expect(faulty.lost(in: 20) == 0)
    #expect(faulty.isReady(1) == "True" && faulty.pods.map(\.name) == before)
  }

  @Test("a pod that is deleted on a lost node stays until the node is back")
  func deletion() throws {
    let faulty = try FaultyCluster()
    let pod = try #require(faulty.pods.first { $0.nodeName == "eu-node-3" })
    faulty.add(NodeFaultTests.node(3))
    faulty.cluster.advance(1)
    try faulty.cluster.send(.delete, "\(pods)/\(pod.name)")
    faulty.cluster.advance(90)
    #expect(faulty.pods.contains { $0.name == pod.name })
    faulty.clear()
    faulty.cluster.advance(10)
    #expect(!faulty.pods.contains { $0.name == pod.name })
  }

  @Test("a lost zone takes its nodes and no others")
  func zone() throws {
    let faulty = try FaultyCluster()
    faulty.add(.zoneLoss(zone: "local-b"))
    faulty.cluster.advance(60)
    #expect([1, 2, 3].map(faulty.isReady) == ["True", "Unknown", "True"])
  }

  @Test("a control plane that hears of no node evicts nobody until one is back")
  func allNodes() throws {
    let faulty = try FaultyCluster(traffic: false)
    faulty.add(.nodeLoss(NodeTarget()), name: "all")
    faulty.cluster.advance(500)
    #expect(faulty.pods.count == 3 && faulty.pods.allSatisfy { $0.deletionTimestamp == nil })
    #expect(faulty.taints(of: 1) == ["node.kubernetes.io/unreachable:NoSchedule"])
    faulty.add(NodeFaultTests.node(2), name: "one")
    faulty.clear("all")
    faulty.cluster.advance(10)
    #expect(faulty.isReady(1) == "True" && faulty.taints(of: 1).isEmpty)
    #expect(faulty.taints(of: 2).contains("node.kubernetes.io/unreachable:NoExecute"))
    faulty.cluster.advance(320)
    #expect(faulty.pods.filter { $0.deletionTimestamp != nil }.map(\.nodeName) == ["eu-node-2"])
  }

  @Test("a lost node renews its Lease no more")
  func lease() throws {
    let faulty = try FaultyCluster()
    faulty.cluster.cluster.withState { state in
      state.controllers.setup.hasHeartbeats = true
      state.schedule(.heartbeat, at: state.now)
    }
    func renewal(_ number: Int) -> String? {
      faulty.cluster.cluster.view.object(.lease, namespace: "kube-node-lease", name: "eu-node-\(number)")?[
        path: "spec", "renewTime"]?.string
    }
    faulty.cluster.advance(1)
    faulty.add(NodeFaultTests.node(2))
    let before = [1, 2].map(renewal)
    faulty.cluster.advance(30)
    #expect(renewal(1) != before[0] && renewal(2) == before[1] && before[1] != nil)
  }

  @Test("nobody reaches a lost region, and nothing is forgotten in it")
  func region() throws {
    let faulty = try FaultyCluster()
    faulty.add(.regionLoss) { $0.duration = .seconds(120) }
    let error = #expect(throws: TransportError.self) { try faulty.send(.get, deployments) }
    #expect(error?.code == .unreachable && error?.wasSent == false)
    #expect(throws: TransportError.self) { try faulty.cluster.cluster.reachMetrics() }
    #expect(faulty.lost(in: 10) > 900)
    faulty.cluster.advance(120)
    #expect(try faulty.send(.get, deployments).head.status == .ok)
    #expect(faulty.lost(in: 10) == 0)
  }
}
