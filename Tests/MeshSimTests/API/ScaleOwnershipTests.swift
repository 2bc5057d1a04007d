import HTTPTypes
import KubeModel
import MeshSim
import Seams
import Testing

@Suite("Who owns the size of something")
struct ScaleOwnershipTests {
  @Test("is whoever replaced its scale, even by a body that does not say its kind")
  func replaced() throws {
    let cluster = try TestCluster()
    try cluster.apply(deployments + "/web", deployment(replicas: 1), by: "first")
    let scale: JSONValue = ["metadata": ["name": "web"], "spec": ["replicas": 2]]
    #expect(try cluster.send(.put, deployments + "/web/scale?fieldManager=sizer", scale).status == 200)
    let entries = try cluster.send(.get, deployments + "/web").managers.array ?? []
    let sizer = entries.first { $0["manager"] == "sizer" }
    #expect(sizer?["subresource"] == "scale" && sizer?["fieldsV1"] == ["f:spec": ["f:replicas": [:]]])
    let conflict = try cluster.apply(
      deployments + "/web", deployment(replicas: 3), by: "first")
    #expect(conflict.status == 409 && conflict.message.contains("conflict with \"sizer\""))
  }
}
