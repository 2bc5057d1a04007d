import HTTPTypes
import KubeModel
import MeshSim
import Seams
import Testing

@Suite("A list in pages")
struct PagingTests {
  private static func cluster(_ count: Int = 5) throws -> TestCluster {
    let cluster = try TestCluster()
    for number in 0..<count {
      try cluster.send(.post, configMaps, configMap("c\(number)", metadata: [("labels", ["t": "p"])]))
    }
    return cluster
  }

  private static func names(_ answer: TestCluster.Answer) -> [String] {
    (answer.body["items"]?.array ?? []).compactMap { $0[path: "metadata", "name"]?.string }
  }

  @Test("shows the state of its first page, whatever happens meanwhile (list-paging)")
  func snapshot() throws {
    let cluster = try Self.cluster()
    let first = try cluster.send(.get, configMaps + "?labelSelector=t%3Dp&limit=2")
    let token = try #require(first.body[path: "metadata", "continue"]?.string)
    try cluster.send(.delete, configMaps + "/c3")
    try cluster.send(.post, configMaps, configMap("c25", metadata: [("labels", ["t": "p"])]))
    try cluster.patch(configMaps + "/c4", ["metadata": ["labels": ["t": "other"]]])
    let rest = try cluster.send(.get, configMaps + "?labelSelector=t%3Dp&limit=9&continue=\(token)")
    #expect(Self.names(first) == ["c0", "c1"] && Self.names(rest) == ["c2", "c3", "c4"])
    #expect(rest.object.resourceVersion == first.object.resourceVersion)
  }

  @Test("says how many are left, but not under a selector")
  func remaining() throws {
    let cluster = try Self.cluster()
    let all = try cluster.send(.get, configMaps).body["items"]?.array?.count ?? 0
    let page = try cluster.send(.get, configMaps + "?limit=2")
    #expect(page.body[path: "metadata", "remainingItemCount"]?.int == Int64(all - 2))
    let selected = try cluster.send(.get, configMaps + "?limit=2&labelSelector=t%3Dp")
    #expect(selected.body[path: "metadata", "remainingItemCount"] == nil)
  }

  @Test("whose state is forgotten gets 410 with a token that goes on with the state of now")
  func expired() throws {
    let cluster = try Self.cluster()
    let first = try cluster.send(.get, configMaps + "?labelSelector=t%3Dp&limit=2")
    let token = try #require(first.body[path: "metadata", "continue"]?.string)
    try cluster.send(.delete, configMaps + "/c3")
    cluster.cluster.compact(to: .max)
    let refused = try cluster.send(.get, configMaps + "?labelSelector=t%3Dp&limit=2&continue=\(token)")
    #expect(refused.status == 410 && refused.body["reason"] == "Expired")
    let fresh = try #require(refused.body[path: "metadata", "continue"]?.string)
    let rest = try cluster.send(.get, configMaps + "?labelSelector=t%3Dp&limit=9&continue=\(fresh)")
    #expect(Self.names(rest) == ["c2", "c4"])
  }

  @Test("of a version that is not there yet waits, and then says so")
  func future() throws {
    let cluster = try TestCluster()
    let before = cluster.now
    let answer = try cluster.send(.get, configMaps + "?resourceVersion=99999")
    #expect(answer.status == 504 && answer.body["reason"] == "Timeout")
    #expect(answer.body[path: "details", "causes"]?.array?.first?["reason"] == "ResourceVersionTooLarge")
    #expect(cluster.now - before >= .seconds(3))
  }
}
