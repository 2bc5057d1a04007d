import HTTPTypes
import KubeModel
import MeshSim
import Seams
import Testing

@Suite("What a write is warned of")
struct WriteWarningTests {
  @Test("is told with a refusal too")
  func refused() throws {
    let answer = try TestCluster().send(.post, configMaps, ["metadata": ["name": "A_"], "odd": 1])
    #expect(answer.status == 422 && answer.warnings == ["299 - \"unknown field \\\"odd\\\"\""])
  }

  @Test("of a deprecated version stands in every answer")
  func deprecated() throws {
    let answer = try TestCluster().send(.get, "/api/v1/namespaces/n/endpoints")
    #expect(
      answer.warnings == [
        "299 - \"v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice\""
      ])
  }

  @Test("is nothing for bytes that are no text: they are read as unreadable characters")
  func bytes() throws {
    let cluster = try TestCluster()
    let body = Array(#"{"metadata":{"name":"u"},"data":{"k":""#.utf8) + [0xFF, 0xFE] + Array(#""}}"#.utf8)
    let answer = try cluster.send(.post, configMaps, bytes: body, type: "application/json")
    #expect(answer.status == 201 && answer.body[path: "data", "k"] == "\u{FFFD}\u{FFFD}")
  }
}
