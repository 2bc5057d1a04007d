import KubeModel
import MeshRender
import MeshTopology
import Testing

@Suite("Pods are counted on the node pools")
struct PoolPlacementTests {
  /// The small cluster with a second pool of the same size.
  private static func cluster(_ change: (inout Topology) throws -> Void) throws -> ClusterCapacity {
    try SmallCluster.capacity { topology in
      topology.clusters[0].nodePools.append(NodePool(name: "second", machineType: "e2-standard-4"))
      topology.workloads[0].replicas = 8
      try change(&topology)
    }
  }

  private static func pods(_ cluster: ClusterCapacity) -> [Int?] {
    cluster.pools.map { $0[.pods]?.askedAtMost }
  }

  @Test("that their workload names, or that are left to them by taints, evenly where there are several")
  func followWorkloads() throws {
    let taint = NodePool.Taint(key: "dedicated", value: "gpu", effect: .noSchedule)
    #expect(PoolPlacementTests.pods(try PoolPlacementTests.cluster { _ in }) == [5, 5])
    #expect(
      PoolPlacementTests.pods(try PoolPlacementTests.cluster { $0.workloads[0].nodePool = "second" }) == [
        0, 10,
      ])
    #expect(
      PoolPlacementTests.pods(
        try PoolPlacementTests.cluster { $0.clusters[0].nodePools[1].taints = [taint] }) == [10, 0])
    #expect(
      PoolPlacementTests.pods(
        try PoolPlacementTests.cluster {
          $0.clusters[0].nodePools[1].taints = [taint]
          $0.workloads[0].tolerations = [Toleration()]
        }) == [5, 5])
    #expect(
      PoolPlacementTests.pods(
        try PoolPlacementTests.cluster {
          var preferred = taint
          preferred.effect = .preferNoSchedule
          $0.clusters[0].nodePools[1].taints = [preferred]
        }) == [5, 5])
  }

  @Test("that have nodes large enough, in proportion to the room there")
  func followRoom() throws {
    #expect(
      PoolPlacementTests.pods(
        try PoolPlacementTests.cluster {
          $0.workloads[0].resources?.cpu = "3"
          $0.clusters[0].nodePools[1].machineType = "e2-standard-2"
          $0.clusters[0].nodePools[1].nodes = 30
        }) == [3, 7])
    #expect(
      PoolPlacementTests.pods(
        try PoolPlacementTests.cluster {
          $0.clusters[0].nodePools[1].nodes = 12
        }) == [2, 8])
  }

  @Test("on each node for a DaemonSet")
  func onEachNode() throws {
    let cluster = try PoolPlacementTests.cluster {
      $0.workloads[0].controller = .daemonSet
      $0.clusters[0].nodePools[1].autoscaling = NodePool.Autoscaling(min: 3, max: 9)
    }
    #expect(PoolPlacementTests.pods(cluster) == [3, 9])
    #expect(cluster[.pods]?.askedAtRest == 6)
  }

  @Test("so that a full pool is found though another has room")
  func findFullPool() throws {
    let cluster = try PoolPlacementTests.cluster {
      $0.workloads[0].nodePool = "second"
      $0.workloads[0].replicas = 40
    }
    #expect(cluster.limitingFactor.isShort && cluster.limitingFactor.pool == "second")
    #expect(
      cluster.limitingFactor.text
        == "in the pool second, too few cores: at most 25.0 are asked for, there are 11.8 (3 nodes); 7 nodes "
        + "would do")
    #expect(cluster[.cpu]?.headRoom == -1480)
    #expect(cluster.pools[0].limitingFactor.text == "nothing is asked for")
  }

  @Test("and said to run nowhere where no pool takes them")
  func runNowhere() throws {
    let cluster = try PoolPlacementTests.cluster { $0.workloads[0].nodePool = "third" }
    #expect(cluster.limitingFactor.isShort)
    #expect(cluster.limitingFactor.text == "no pool takes the pods of production/shop")
    #expect(cluster[.nodes]?.askedAtMost == nil && cluster[.pods]?.askedAtMost == 10)
  }
}
