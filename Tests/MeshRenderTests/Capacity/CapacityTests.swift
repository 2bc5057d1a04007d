import KubeModel
import MeshRender
import MeshTopology
import Testing

@Suite("Capacity")
struct CapacityTests {
  @Test("counts at most a release of every workload at its autoscaler's most, with proxies")
  func countsDemand() throws {
    let topology = try Example.topology()
    let rest = Demand(of: topology, at: .rest)
    #expect(rest.pods == 3 + 3 + 3 + 1 + 1)
    #expect(rest.cpu == 9 * 350 + 600 + 200)
    #expect(rest.memory >> 20 == 3 * 640 + 6 * 384 + 1152 + 256)
    let most = Demand(of: topology, at: .most)
    // user-service: 50, a canary of 10, and a surge of 13; order-service: 3, 2 and 1.
    #expect(most.pods == 73 + 6 + 4 + 2 + 2)
    #expect(most.cpu == 83 * 350 + 2 * 600 + 2 * 200)
    #expect(most.podsWithoutRequests == 0)
  }

  @Test("names what runs out first in the example: the autoscaler may ask for more than the pool has")
  func findsExampleShort() throws {
    let capacity = Capacity(of: try Example.topology())
    try #require(capacity.clusters.map(\.name) == ["microservices-cluster", "microservices-cluster-dr"])
    let cluster = capacity.clusters[0]
    #expect(cluster.limitingFactor.resource == .cpu)
    #expect(cluster.limitingFactor.isShort)
    #expect(
      cluster.limitingFactor.text
        == "too few cores: at most 30.7 are asked for, there are 11.8 (3 nodes); 8 nodes would do")
    #expect(cluster[.nodes]?.askedAtRest == 2)
    #expect(cluster[.pods]?.atMost == 330)
    #expect(capacity.clusters[1].limitingFactor == cluster.limitingFactor)
    #expect(cluster[.services]?.askedAtMost == 5 && cluster[.services]?.atMost == 65_536)
    #expect(cluster.podLimits.byNodes == 330)
    #expect(cluster.podLimits.byAddresses == 28_160)
    #expect(cluster.podLimits.byCPU == 87 * 11_760 / 30_650)
    #expect(cluster.notes.isEmpty)
  }

  @Test("counts what runs in a cluster besides the topology's workloads")
  func countsOthers() throws {
    let topology = SmallCluster.make()
    var agent = topology.workloads[0]
    agent.name = "agent"
    agent.replicas = 3
    let capacity = Capacity(of: topology) { _ in topology.workloads + [agent] }
    let cluster = try #require(capacity.clusters.first)
    #expect(cluster[.pods]?.askedAtRest == 5)
    #expect(cluster[.cpu]?.askedAtRest == 2500)
  }

  @Test("says how much is left when there is enough")
  func saysWhatIsLeft() throws {
    let cluster = try SmallCluster.capacity { _ in }
    // Two pods, and one more while they are replaced.
    #expect(cluster[.cpu]?.askedAtMost == 1500)
    #expect(cluster[.cpu]?.headRoom == 3 * 3920 - 1500)
    #expect(!cluster.limitingFactor.isShort)
    #expect(
      cluster.limitingFactor.text == "cores run out first: at most 1.5 of 11.8 are asked for (13 %)")
  }

  @Test("does not guess the size of a machine it does not know")
  func admitsUnknown() throws {
    let cluster = try SmallCluster.capacity { $0.clusters[0].nodePools[0].machineType = "z9-giant-4" }
    #expect(
      cluster[.cpu]?.atMost == nil && cluster[.memory]?.now == nil && cluster[.nodes]?.askedAtMost == nil)
    #expect(cluster[.pods]?.atMost == 330)
    #expect(cluster.limitingFactor.resource == nil)
    #expect(cluster.limitingFactor.text == "not known: the size of z9-giant-4 is not known")
    #expect(cluster.notes == ["the machine type z9-giant-4 is not known, so its nodes are not counted"])
  }

  @Test("finds the pod that fits on no node, however many there are")
  func findsMisfit() throws {
    let cluster = try SmallCluster.capacity {
      $0.workloads[0].resources?.cpu = "4"
      $0.clusters[0].nodePools[0].nodes = 30
    }
    #expect(cluster.limitingFactor.isShort)
    #expect(cluster.limitingFactor.text == "no node is large enough for a pod of production/shop")
    #expect(cluster.notes == ["a pod of production/shop asks for more than any node has"])
  }

  @Test("finds too few addresses for Services, and too few places for pods")
  func findsOthers() throws {
    let services = try SmallCluster.capacity { topology in
      topology.workloads = (0..<17).map { index in
        var workload = topology.workloads[0]
        workload.name = "shop-\(index)"
        workload.replicas = 1
        workload.resources = nil
        workload.ports = [Workload.Port(name: "http", port: 80)]
        return workload
      }
    }
    #expect(services.limitingFactor.resource == .services)
    #expect(
      services.limitingFactor.text
        == "too few addresses of Services: at most 17 are asked for, there are 16 (the range services 10.2.0.0/28)"
    )
    #expect(services.notes == ["34 pods ask for no resources and are counted as nothing"])
    let pods = try SmallCluster.capacity {
      $0.workloads[0].replicas = 400
      $0.workloads[0].resources = nil
    }
    #expect(pods.limitingFactor.resource == .pods)
    #expect(
      pods.limitingFactor.text
        == "too few places for pods: at most 500 are asked for, there are 330 (3 nodes); 5 nodes would do"
    )
  }

  @Test("survives numbers beyond any cluster")
  func survivesNonsense() throws {
    let cluster = try SmallCluster.capacity { topology in
      topology.workloads = (0..<100).map { index in
        var workload = topology.workloads[0]
        workload.name = "shop-\(index)"
        workload.replicas = .max
        workload.resources?.memory =
          "9e300"
        return workload
      }
      topology.clusters[0].nodePools[0].nodes = .max
      topology.clusters[0].nodePools[0].maxPodsPerNode = .max
    }
    #expect(cluster.limitingFactor.isShort)
    #expect(cluster[.nodes]?.atMost == 252)
    #expect(cluster.notes.contains("GKE refuses \(Int.max) pods a node, which pool asks for"))
  }

  @Test("of a cluster without node pools is nothing")
  func isNothing() throws {
    let cluster = try SmallCluster.capacity { $0.clusters[0].nodePools = [] }
    #expect(cluster[.nodes]?.atMost == 0)
    #expect(cluster.limitingFactor.isShort)
  }
}
