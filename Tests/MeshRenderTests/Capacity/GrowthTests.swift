import MeshRender
import MeshTopology
import Testing

@Suite("The growth of a cluster")
struct GrowthTests {
  @Test(
    "ends at what is named",
    arguments: [
      (3, 6, "10.0.1.0/24", 110, 6, "the sizes of its node pools"),
      (3, 600, "10.0.1.0/24", 110, 252, "the subnet's primary range 10.0.1.0/24"),
      (3, 600, "10.0.0.0/22", 110, 256, "the pods range pods 10.1.0.0/16"),
      (3, 600, "10.0.0.0/22", 32, 600, "the sizes of its node pools"),
      (300, 300, "10.0.1.0/24", 110, 252, "the subnet's primary range 10.0.1.0/24"),
    ])
  func knowsBound(
    _ nodes: Int, most: Int, primary: String, podsPerNode: Int, atMost: Int, bound: String
  ) throws {
    let cluster = try SmallCluster.capacity { topology in
      topology.networks[0].subnets[0].range = try #require(AddressRange(parsing: primary))
      topology.clusters[0].nodePools[0].maxPodsPerNode = podsPerNode
      topology.clusters[0].nodePools[0].autoscaling = NodePool.Autoscaling(min: nodes, max: most)
    }
    #expect(cluster[.nodes]?.now == nodes)
    #expect(cluster[.nodes]?.atMost == atMost)
    #expect(cluster[.nodes]?.bound == bound)
    #expect(cluster[.pods]?.atMost == atMost * podsPerNode)
  }

  @Test("shares the addresses of a subnet with its other clusters")
  func sharesAddresses() throws {
    let cluster = try SmallCluster.capacity { topology in
      var other = topology.clusters[0]
      other.name = "other"
      other.nodePools[0].nodes = 249
      topology.clusters.append(other)
      topology.clusters[0].nodePools[0].autoscaling = NodePool.Autoscaling(min: 3, max: 10)
    }
    #expect(cluster[.nodes]?.atMost == 3)
    #expect(cluster.notes == ["an upgrade needs addresses for 1 node more"])
  }

  @Test("goes by what the zones can share evenly")
  func roundsUp() throws {
    let cluster = try SmallCluster.capacity { $0.clusters[0].nodePools[0].nodes = 4 }
    #expect(cluster[.nodes]?.now == 6)
    let named = try SmallCluster.capacity {
      $0.clusters[0].nodePools[0].nodes = 4
      $0.clusters[0].zones = ["tokyo-a", "tokyo-b"]
    }
    #expect(named[.nodes]?.now == 4)
  }
}
