import HTTPTypes
import KubeModel
import MeshSim
import Seams
import Testing

@Suite("A watch")
struct WatchTests {
  private static func cluster() throws -> TestCluster {
    let cluster = try TestCluster()
    try cluster.send(.post, configMaps, configMap("old", metadata: [("labels", ["t": "w"])]))
    return cluster
  }

  private static func merge(_ cluster: TestCluster, _ name: String, _ patch: JSONValue) async throws {
    try await cluster.exchange(
      .patch, configMaps + "/" + name, bytes: patch.jsonBytes(), type: "application/merge-patch+json")
  }

  private static let changes: @Sendable (TestCluster) async throws -> Void = { cluster in
    let new = configMap("new", ["a": "1"], metadata: [("labels", ["t": "w"])])
    try await cluster.exchange(.post, configMaps, bytes: new.jsonBytes())
    try await merge(cluster, "new", ["data": ["a": "2"]])
    try await merge(cluster, "new", ["data": ["a": "2"]])
    try await merge(cluster, "old", ["metadata": ["annotations": ["x": "y"]]])
    try await cluster.exchange(.delete, configMaps + "/new")
  }

  @Test("from a list's version tells what happened since, and nothing of what did not (watch-basics)")
  func changes() throws {
    let cluster = try WatchTests.cluster()
    let version = try #require(
      Int(try cluster.send(.get, configMaps).object.resourceVersion))
    let events = [
      "ADDED new@\(version + 1)", "MODIFIED new@\(version + 2)", "MODIFIED old@\(version + 3)",
      "DELETED new@\(version + 4)",
    ]
    let query = "labelSelector=t%3Dw&resourceVersion=\(version)"
    #expect(try cluster.watch(query, during: WatchTests.changes) == events)
    #expect(try cluster.watch(query) == events, "the same again from the same version")
    #expect(
      try cluster.watch("labelSelector=t%3Dw&resourceVersion=\(version + 2)") == Array(events.dropFirst(2)))
  }

  @Test("from no version starts with what exists (watch-basics)", arguments: ["", "resourceVersion=0"])
  func present(query: String) throws {
    let cluster = try WatchTests.cluster()
    let version = try cluster.send(.get, configMaps + "/old").object.resourceVersion
    #expect(try cluster.watch(query) == ["ADDED old@\(version)"])
  }

  @Test("of one object tells of that one only (watch-basics)")
  func oneObject() throws {
    let cluster = try WatchTests.cluster()
    let events = try cluster.watch("labelSelector=t%3Dw") { cluster in
      try await WatchTests.merge(cluster, "old", ["data": ["z": "1"]])
      try await cluster.exchange(.delete, configMaps + "/old")
    }
    #expect(events.map { $0.prefix { $0 != "@" } } == ["ADDED old", "MODIFIED old", "DELETED old"])
  }

  @Test("sees objects come into its selection and leave it")
  func selection() throws {
    let cluster = try WatchTests.cluster()
    let version = try cluster.send(.get, configMaps).object.resourceVersion
    let events = try cluster.watch("labelSelector=t%3Dw&resourceVersion=\(version)") { cluster in
      try await WatchTests.merge(cluster, "old", ["metadata": ["labels": ["t": "other"]]])
      try await WatchTests.merge(cluster, "old", ["data": ["unseen": "1"]])
      try await WatchTests.merge(cluster, "old", ["metadata": ["labels": ["t": "w"]]])
    }
    let first = (Int(version) ?? 0) + 1
    #expect(events == ["DELETED old@\(first)", "ADDED old@\(first + 2)"])
    #expect(
      try cluster.watch("labelSelector=t%3Dw&resourceVersion=\(version)") == events, "and when it resumes")
  }

  @Test("from a version that is too old gets 410 in the stream, which ends (watch-expired)")
  func expired() throws {
    let cluster = try WatchTests.cluster()
    let version = try cluster.send(.get, configMaps).object.resourceVersion
    for number in 0..<4_200 { try cluster.patch(configMaps + "/old", ["data": ["n": .string("\(number)")]]) }
    let events = try cluster.watch("resourceVersion=\(version)")
    #expect(events.count == 2 && events[1] == "closed")
    #expect(events[0].hasPrefix("ERROR too old resource version: \(version) ("))
    let oldest = try #require(events[0].split(separator: "(").last.flatMap { Int($0.dropLast()) })
    // The end of the first watch was one commit more.
    #expect(try cluster.watch("resourceVersion=\(oldest + 1)").count > 4_000, "from here on it is known")
    #expect(try cluster.watch("resourceVersion=\(oldest)").last == "closed")
  }

  @Test("from what is no version is refused (watch-basics)")
  func badVersion() throws {
    let answer = try TestCluster().send(.get, configMaps + "?watch=true&resourceVersion=abc")
    #expect(answer.status == 500 && answer.body["reason"] == nil)
    #expect(
      answer.message
        == "resourceVersion: Invalid value: \"abc\": strconv.ParseUint: parsing \"abc\": invalid syntax")
  }

  @Test("that nobody reads any more is forgotten")
  func forgotten() throws {
    let cluster = try WatchTests.cluster()
    for _ in 0..<3 { _ = try cluster.watch("") }
    // Objects still change when nobody listens.
    try cluster.patch(configMaps + "/old", ["data": ["a": "1"]])
    #expect(try cluster.object(.configMap, "old").fields["data"] == ["a": "1"])
  }
}
