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
}
