import HTTPTypes
import KubeModel
import MeshSim
import Seams
import Testing

@Suite("A collection of objects")
struct CollectionTests {
  @Test("of all namespaces together is only read")
  func everywhere() throws {
    let cluster = try TestCluster()
    try cluster.send(.post, configMaps, configMap("a"))
    #expect(try cluster.send(.get, "/api/v1/configmaps").status == 200)
    #expect(try cluster.send(.delete, "/api/v1/configmaps").status == 405)
    #expect(try cluster.send(.post, "/api/v1/configmaps", configMap("b")).status == 405)
    #expect(try cluster.send(.get, configMaps + "/a").status == 200)
  }

  @Test("is deleted under the preconditions that it is deleted with")
  func preconditions() throws {
    let cluster = try TestCluster()
    try cluster.send(.post, configMaps, configMap("a", metadata: [("labels", ["t": "c"])]))
    let selected = configMaps + "?labelSelector=t%3Dc"
    let refused = try cluster.send(.delete, selected, ["preconditions": ["uid": "another"]])
    #expect(refused.status == 409 && refused.message.contains("the UID in the precondition (another)"))
    #expect(try cluster.send(.get, configMaps + "/a").status == 200)
    #expect(try cluster.send(.delete, selected).body["items"]?.array?.count == 1)
  }
}
