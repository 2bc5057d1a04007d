import HTTPTypes
import KubeModel
import MeshSim
import Testing

@Suite("A selector")
struct SelectorTests {
  @Test(
    "that is none is refused in the words of Kubernetes' parser (list-selectors)",
    arguments: [
      ("a%20b", "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt"),
      ("a%20in%20(b", "unable to parse requirement: found '', expected: ',' or ')'"),
      ("t%20in%20()x", "found 'x', expected: ',' or 'end of string'"),
      ("t==s==u", "found '==', expected: ',' or 'end of string'"),
      ("a,", "found '', expected: identifier after ','"),
      ("a%3E1.5", "unable to parse requirement: for 'Gt', 'Lt' operators, the value must be an integer"),
    ])
  func labels(selector: String, message: String) throws {
    let answer = try TestCluster().send(.get, configMaps + "?labelSelector=\(selector)")
    #expect(answer.status == 400 && answer.message == message)
  }

  @Test(
    "of fields knows those of each kind",
    arguments: [
      ("pods", "spec.nodeName=a", 200), ("pods", "status.phase!=Running", 200), ("pods", "spec.image=x", 400),
      ("events", "involvedObject.name=p,type=Normal", 200), ("secrets", "type=Opaque", 200),
      ("configmaps", "metadata.name=a,metadata.namespace=n", 200), ("configmaps", "x", 400),
    ])
  func fields(plural: String, selector: String, status: Int) throws {
    let answer = try TestCluster().send(.get, "/api/v1/namespaces/n/\(plural)?fieldSelector=\(selector)")
    #expect(answer.status == status)
  }

  @Test("compares numbers where it says greater or less")
  func numbers() throws {
    let cluster = try TestCluster()
    for (name, value) in [("a", "1"), ("b", "20"), ("c", "x")] {
      try cluster.send(.post, configMaps, configMap(name, metadata: [("labels", ["n": .string(value)])]))
    }
    let answer = try cluster.send(.get, configMaps + "?labelSelector=n%3E5")
    #expect((answer.body["items"]?.array ?? []).map { $0[path: "metadata", "name"] } == ["b"])
  }
}
