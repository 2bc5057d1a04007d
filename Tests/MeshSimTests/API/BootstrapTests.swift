import HTTPTypes
import KubeModel
import MeshSim
import Seams
import Testing

@Suite("What a new cluster has made for itself")
struct BootstrapTests {
  @Test("are flow schemas that all name a priority level that is there")
  func flows() throws {
    let cluster = try TestCluster()
    func items(_ plural: String) throws -> [JSONValue] {
      try cluster.send(.get, "/apis/flowcontrol.apiserver.k8s.io/v1/\(plural)").body["items"]?.array ?? []
    }
    let levels = try items("prioritylevelconfigurations").compactMap { $0[path: "metadata", "name"]?.string }
    let used = try items("flowschemas").compactMap {
      $0[path: "spec", "priorityLevelConfiguration", "name"]?.string
    }
    #expect(levels.count == 8 && used.count == 11)
    #expect(Set(used) == Set(levels))
  }

  @Test("is the range that Services get their addresses from")
  func addresses() throws {
    let cluster = try TestCluster()
    let range = try cluster.send(.get, "/apis/networking.k8s.io/v1/servicecidrs/kubernetes")
    #expect(range.body[path: "spec", "cidrs"] == ["10.96.0.0/16"])
    let address = try cluster.send(.post, services, service()).body[path: "spec", "clusterIP"]?.string
    #expect(address?.hasPrefix("10.96.") == true)
  }
}
