import KubeModel
import MeshRender
import MeshTopology
import Testing

@Suite("Capacity, as it is shown,")
struct CapacityOutputTests {
  @Test("is a table of one row for each resource of each cluster")
  func isTable() throws {
    let capacity = Capacity(of: SmallCluster.make())
    #expect(
      capacity.rows == [
        ["main", "nodes", "1", "1", "3", "3", "2", "the sizes of its node pools"],
        ["main", "pods", "2", "3", "330", "330", "327", "3 nodes"],
        ["main", "cpu", "1.0", "1.5", "11.8", "11.8", "10.3", "3 nodes"],
        ["main", "memory", "2.0 GiB", "3.0 GiB", "39.9 GiB", "39.9 GiB", "36.9 GiB", "3 nodes"],
        ["main", "services", "0", "0", "16", "16", "16", "the range services 10.2.0.0/28"],
      ])
    #expect(capacity.rows.allSatisfy { $0.count == Capacity.columns.count })
    #expect(capacity.remarks == ["main: cores run out first: at most 1.5 of 11.8 are asked for (13 %)"])
  }

  @Test("has the same numbers in JSON, and null where nothing is known")
  func isJSON() throws {
    var topology = SmallCluster.make()
    topology.clusters[0].nodePools[0].machineType = "z9-giant-4"
    let cluster = try #require(Capacity(of: topology).json["clusters"]?.array?.first)
    let resources = try #require(cluster["resources"]?.array)
    #expect(resources.map { $0["resource"]?.string } == ["nodes", "pods", "cpu", "memory", "services"])
    #expect(resources[2]["askedAtMost"] == 1500 && resources[2]["atMost"] == .null)
    #expect(cluster["nodePools"]?.array?.first?["allocatable"] == .null)
    #expect(cluster[path: "podLimits", "byAddresses"] == 28_160)
    #expect(cluster[path: "limitingFactor", "isShort"] == false)
  }
  @Test("has the rows of each pool below those of the cluster, where there are several")
  func hasPools() throws {
    var topology = SmallCluster.make()
    topology.clusters[0].nodePools.append(NodePool(name: "large", machineType: "e2-standard-8"))
    topology.workloads[0].nodePool = "large"
    let capacity = Capacity(of: topology)
    #expect(
      capacity.rows.map { $0.prefix(7).joined(separator: " ") } == [
        "main nodes 1 1 6 6 5", "main pods 2 3 660 660 657", "main cpu 1.0 1.5 35.5 35.5 34.0",
        "main memory 2.0 GiB 3.0 GiB 124.9 GiB 124.9 GiB 121.9 GiB", "main services 0 0 16 16 16",
        "main/pool nodes 0 0 3 3 3", "main/pool pods 0 0 330 330 330", "main/pool cpu 0.0 0.0 11.8 11.8 11.8",
        "main/pool memory 0.0 GiB 0.0 GiB 39.9 GiB 39.9 GiB 39.9 GiB",
        "main/large nodes 1 1 3 3 2", "main/large pods 2 3 330 330 327",
        "main/large cpu 1.0 1.5 23.7 23.7 22.2",
        "main/large memory 2.0 GiB 3.0 GiB 85.0 GiB 85.0 GiB 82.0 GiB",
      ])
    #expect(
      capacity.remarks == [
        "main: in the pool large, cores run out first: at most 1.5 of 23.7 are asked for (7 %)",
        "main/pool: nothing is asked for",
        "main/large: cores run out first: at most 1.5 of 23.7 are asked for (7 %)",
      ])
    let pools = try #require(capacity.json["clusters"]?.array?.first?["nodePools"]?.array)
    #expect(pools.map { $0["resources"]?.array?.count } == [4, 4])
    #expect(pools[1]["resources"]?.array?[2]["askedAtMost"] == 1500)
    #expect(pools[1][path: "limitingFactor", "resource"] == "cpu")
    #expect(
      capacity.json["clusters"]?.array?.first?[path: "limitingFactor", "nodePool"] == "large")
  }
}
