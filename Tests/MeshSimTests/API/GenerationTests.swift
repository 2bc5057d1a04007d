import HTTPTypes
import KubeModel
import MeshSim
import Seams
import Testing

@Suite("The generation of an object")
struct GenerationTests {
  @Test("counts the annotations of a Deployment, and of nothing else; never at status")
  func annotations() throws {
    let cluster = try TestCluster()
    try cluster.send(.post, deployments, deployment(replicas: 0))
    cluster.advance(5)
    let path = deployments + "/web"
    let before = try cluster.send(.get, path).object.generation
    let note: JSONValue = ["metadata": ["annotations": ["note": "x"]]]
    #expect(try cluster.patch(path, note).object.generation == before + 1)
    #expect(try cluster.patch(path, note).object.generation == before + 1)
    let other: JSONValue = ["metadata": ["annotations": ["note": "y"]]]
    #expect(try cluster.patch(path + "/status", other).object.generation == before + 1)
    #expect(try cluster.patch(path, ["metadata": ["labels": ["l": "y"]]]).object.generation == before + 1)
    let sets = "/apis/apps/v1/namespaces/n/replicasets"
    let name = try #require(cluster.names(.replicaSet).first)
    let set = try cluster.send(.get, "\(sets)/\(name)").object.generation
    #expect(try cluster.patch("\(sets)/\(name)", note).object.generation == set)
  }
}
