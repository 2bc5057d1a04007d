import HTTPTypes
import KubeModel
import MeshSim
import Seams
import Testing

@Suite("An apply next to other managers")
struct ApplyConflictTests {
  private static let path = configMaps + "/c"

  private static func shared() throws -> TestCluster {
    let cluster = try TestCluster()
    try cluster.apply(path, configMap("c", ["x": "1", "y": "1"]), by: "alpha")
    try cluster.apply(path, configMap("c", ["x": "1", "b": "1"]), by: "beta")
    return cluster
  }

  @Test("shares fields of equal value and never conflicts over them (apply-conflict)")
  func sharing() throws {
    let cluster = try ApplyConflictTests.shared()
    let answer = try cluster.send(.get, ApplyConflictTests.path)
    #expect(answer.body["data"] == ["b": "1", "x": "1", "y": "1"])
    #expect(
      answer.managers == [
        ApplyTests.entry("alpha", ["f:data": ["f:x": [:], "f:y": [:]]]),
        ApplyTests.entry("beta", ["f:data": ["f:b": [:], "f:x": [:]]]),
      ])
  }

  @Test("that would change another's field conflicts, with its name and path (apply-conflict)")
  func conflict() throws {
    let cluster = try ApplyConflictTests.shared()
    let before = try cluster.send(.get, ApplyConflictTests.path).body
    let one = try cluster.apply(ApplyConflictTests.path, configMap("c", ["x": "2", "b": "1"]), by: "beta")
    #expect(
      one.body == [
        "kind": "Status", "apiVersion": "v1", "metadata": [:], "status": "Failure", "reason": "Conflict",
        "message": "Apply failed with 1 conflict: conflict with \"alpha\": .data.x", "code": 409,
        "details": [
          "causes": [
            ["reason": "FieldManagerConflict", "message": "conflict with \"alpha\"", "field": ".data.x"]
          ]
        ],
      ])
    let two = try cluster.apply(
      ApplyConflictTests.path, configMap("c", ["x": "2", "y": "2", "b": "1"]), by: "beta")
    #expect(two.message == "Apply failed with 2 conflicts: conflicts with \"alpha\":\n- .data.x\n- .data.y")
    #expect(
      two.body[path: "details", "causes"]?.array?.compactMap { $0["field"] } == [".data.x", ".data.y"])
    #expect(try cluster.send(.get, ApplyConflictTests.path).body == before, "a conflict changes nothing")
  }

  @Test("that forces takes the field over, and the former owner conflicts (apply-conflict)")
  func force() throws {
    let cluster = try ApplyConflictTests.shared()
    let forced = try cluster.apply(
      ApplyConflictTests.path, configMap("c", ["x": "2", "b": "1"]), by: "beta", isForced: true)
    #expect(forced.status == 200 && forced.body["data"] == ["b": "1", "x": "2", "y": "1"])
    #expect(
      forced.managers == [
        ApplyTests.entry("alpha", ["f:data": ["f:y": [:]]]),
        ApplyTests.entry("beta", ["f:data": ["f:b": [:], "f:x": [:]]]),
      ])
    let former = try cluster.apply(
      ApplyConflictTests.path, configMap("c", ["x": "1", "y": "1"]), by: "alpha")
    #expect(former.message == "Apply failed with 1 conflict: conflict with \"beta\": .data.x")
    let givenUp = try cluster.apply(ApplyConflictTests.path, configMap("c", ["y": "1"]), by: "alpha")
    #expect(givenUp.object.resourceVersion == forced.object.resourceVersion, "nothing is left to change")
  }

  @Test("that drops a field leaves it to another owner, and removes it when there is none (apply-conflict)")
  func drop() throws {
    let cluster = try ApplyConflictTests.shared()
    let kept = try cluster.apply(ApplyConflictTests.path, configMap("c", ["y": "1"]), by: "alpha")
    #expect(kept.body["data"] == ["b": "1", "x": "1", "y": "1"])
    let removed = try cluster.apply(ApplyConflictTests.path, configMap("c", ["b": "1"]), by: "beta")
    #expect(removed.body["data"] == ["b": "1", "y": "1"])
    #expect(
      removed.managers == [
        ApplyTests.entry("alpha", ["f:data": ["f:y": [:]]]),
        ApplyTests.entry("beta", ["f:data": ["f:b": [:]]]),
      ])
  }

  @Test("that takes everything leaves no entry to whom it took it from (apply-conflict)")
  func takeAll() throws {
    let cluster = try ApplyConflictTests.shared()
    let taken = try cluster.apply(
      ApplyConflictTests.path, configMap("c", ["x": "9", "y": "9", "b": "9"]), by: "gamma", isForced: true)
    #expect(
      taken.managers == [ApplyTests.entry("gamma", ["f:data": ["f:b": [:], "f:x": [:], "f:y": [:]]])])
    let nothing = try cluster.apply(ApplyConflictTests.path, configMap("c"), by: "alpha")
    #expect(nothing.body == taken.body)
  }

  @Test("of the present value shares it with an update's manager, without a time (apply-and-update)")
  func update() throws {
    let cluster = try TestCluster()
    let created = try cluster.send(
      .post, configMaps + "?fieldManager=creator", configMap("c", ["x": "1", "y": "1"]))
    let shared = try cluster.apply(ApplyConflictTests.path, configMap("c", ["x": "1"]), by: "alpha")
    let entries = shared.body[path: "metadata", "managedFields"]?.array ?? []
    #expect(entries.first == ApplyTests.entry("alpha", ["f:data": ["f:x": [:]]]))
    #expect(entries.dropFirst().first == created.body[path: "metadata", "managedFields"]?.array?.first)
    let conflict = try cluster.apply(
      ApplyConflictTests.path, configMap("c", ["x": "1", "y": "2"]), by: "alpha")
    #expect(conflict.message == "Apply failed with 1 conflict: conflict with \"creator\" using v1: .data.y")
  }

  @Test("loses what an update changes, and conflicts when it wants it back (apply-and-update)")
  func updateTakesOver() throws {
    let cluster = try TestCluster()
    try cluster.apply(ApplyConflictTests.path, configMap("c", ["x": "1", "y": "1"]), by: "alpha")
    let edited = try cluster.patch(ApplyConflictTests.path, ["data": ["x": "5"]], by: "editor")
    #expect(
      edited.managers == [
        ApplyTests.entry("alpha", ["f:data": ["f:y": [:]]]),
        [
          "manager": "editor", "operation": "Update", "apiVersion": "v1", "fieldsType": "FieldsV1",
          "fieldsV1": ["f:data": ["f:x": [:]]],
        ],
      ])
    let again = try cluster.apply(ApplyConflictTests.path, configMap("c", ["x": "1", "y": "1"]), by: "alpha")
    #expect(again.message == "Apply failed with 1 conflict: conflict with \"editor\" using v1: .data.x")
    #expect(
      again.body[path: "details", "causes"]?.array?.first?["message"] == "conflict with \"editor\" using v1")
    // The same name applying and updating is two managers.
    try cluster.patch(ApplyConflictTests.path, ["data": ["q": "1"]], by: "alpha")
    let applied = try cluster.apply(ApplyConflictTests.path, configMap("c", ["r": "1"]), by: "alpha")
    #expect(applied.body["data"] == ["q": "1", "r": "1", "x": "5"])
  }

  @Test(
    "hands replicas over: who stops saying them leaves them to who says the same (apply-replicas-handover)")
  func handover() throws {
    let cluster = try TestCluster()
    let path = deployments + "/web"
    try cluster.apply(path, deployment(replicas: 3), by: "sync")
    let only: JSONValue = [
      "apiVersion": "apps/v1", "kind": "Deployment", "metadata": ["name": "web"], "spec": ["replicas": 3],
    ]
    let shared = try cluster.apply(path, only, by: "rollout")
    #expect(
      shared.managers.array?.first
        == ApplyTests.entry("rollout", ["f:spec": ["f:replicas": [:]]], apiVersion: "apps/v1"))
    let left = try cluster.apply(path, deployment(replicas: nil), by: "sync")
    #expect(left.body[path: "spec", "replicas"] == 3)
    let back = try cluster.apply(path, deployment(replicas: 5), by: "sync")
    #expect(back.message == "Apply failed with 1 conflict: conflict with \"rollout\": .spec.replicas")
  }
}
