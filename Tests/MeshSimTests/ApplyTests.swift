import HTTPTypes
import KubeModel
import MeshSim
import Seams
import Testing

@Suite("An apply by one manager")
struct ApplyTests {
  private static let path = configMaps + "/a"

  /// What `managedFields` of an object hold that one manager applied, without the time.
  static func entry(_ manager: String, _ fields: JSONValue, apiVersion: String = "v1") -> JSONValue {
    [
      "manager": .string(manager), "operation": "Apply", "apiVersion": .string(apiVersion),
      "fieldsType": "FieldsV1", "fieldsV1": fields,
    ]
  }

  @Test("makes the object and owns what it said (apply-create)")
  func create() throws {
    let cluster = try TestCluster()
    let body = configMap("a", ["x": "1", "y": "2"], metadata: [("labels", ["l": "1"])])
    let answer = try cluster.apply(ApplyTests.path, body, by: "alpha")
    #expect(answer.status == 201)
    #expect(answer.body["data"] == ["x": "1", "y": "2"])
    #expect(
      answer.managers == [
        ApplyTests.entry(
          "alpha", ["f:data": ["f:x": [:], "f:y": [:]], "f:metadata": ["f:labels": ["f:l": [:]]]])
      ])
    let time = answer.body[path: "metadata", "managedFields"]?.array?.first?["time"]
    #expect(time == .string(cluster.now.rfc3339))
  }

  @Test("of the same again changes nothing, not even the time (apply-create)")
  func again() throws {
    let cluster = try TestCluster()
    let body = configMap("a", ["x": "1"], metadata: [("labels", ["l": "1"])])
    let first = try cluster.apply(ApplyTests.path, body, by: "alpha")
    cluster.advance(100)
    let second = try cluster.apply(ApplyTests.path, body, by: "alpha")
    #expect(second.status == 200 && second.body == first.body)
    #expect(try cluster.apply(ApplyTests.path, body, by: "alpha", isForced: true).body == first.body)
  }

  @Test("of another value changes it, with the time, and of a further field adds it (apply-create)")
  func change() throws {
    let cluster = try TestCluster()
    let first = try cluster.apply(ApplyTests.path, configMap("a", ["x": "1", "y": "2"]), by: "alpha")
    cluster.advance(100)
    let second = try cluster.apply(
      ApplyTests.path, configMap("a", ["x": "1", "y": "3", "z": "4"]), by: "alpha")
    #expect(second.object.resourceVersion != first.object.resourceVersion)
    #expect(second.body["data"] == ["x": "1", "y": "3", "z": "4"])
    #expect(second.managers == [ApplyTests.entry("alpha", ["f:data": ["f:x": [:], "f:y": [:], "f:z": [:]]])])
    let time = second.body[path: "metadata", "managedFields"]?.array?.first?["time"]
    #expect(time == .string(cluster.now.rfc3339))
  }

  @Test("that leaves fields out removes them, and what gets empty by that (apply-create)")
  func drop() throws {
    let cluster = try TestCluster()
    let body = configMap("a", ["x": "1", "z": "4"], metadata: [("labels", ["l": "1"])])
    try cluster.apply(ApplyTests.path, body, by: "alpha")
    let less = try cluster.apply(ApplyTests.path, configMap("a", ["z": "4"]), by: "alpha")
    #expect(less.body["data"] == ["z": "4"])
    #expect(less.body[path: "metadata", "labels"] == nil)
    #expect(less.managers == [ApplyTests.entry("alpha", ["f:data": ["f:z": [:]]])])
    let none = try cluster.apply(ApplyTests.path, configMap("a"), by: "alpha")
    #expect(none.body["data"] == nil && none.managers == [])
  }

  @Test("at a version applies only at that version (apply-create)")
  func version() throws {
    let cluster = try TestCluster()
    let first = try cluster.apply(ApplyTests.path, configMap("a", ["x": "1"]), by: "alpha").object
    func at(_ version: String, _ value: JSONValue) throws -> TestCluster.Answer {
      let body = configMap("a", ["x": value], metadata: [("resourceVersion", .string(version))])
      return try cluster.apply(ApplyTests.path, body, by: "alpha")
    }
    let second = try at(first.resourceVersion, "2")
    #expect(second.status == 200 && second.body["data"] == ["x": "2"])
    let stale = try at(first.resourceVersion, "3")
    #expect(stale.status == 409 && stale.body["details"] == ["name": "a", "kind": "configmaps"])
    #expect(stale.message.hasSuffix("please apply your changes to the latest version and try again"))
  }

  @Test("at a version makes an object that is not there, as a real server does (apply-create)")
  func versionOfNothing() throws {
    let cluster = try TestCluster()
    let body = configMap("fresh", ["x": "1"], metadata: [("resourceVersion", "2")])
    let answer = try cluster.apply(configMaps + "/fresh", body, by: "alpha")
    #expect(answer.status == 201 && answer.object.resourceVersion != "2")
  }

  @Test("does not own the identity of an object nor what the server keeps")
  func identity() throws {
    let cluster = try TestCluster()
    let body = configMap(
      "a", ["x": "1"], metadata: [("namespace", "n"), ("generation", 7), ("creationTimestamp", .null)])
    let answer = try cluster.apply(ApplyTests.path, body, by: "alpha")
    #expect(answer.status == 201)
    #expect(answer.managers == [ApplyTests.entry("alpha", ["f:data": ["f:x": [:]]])])
  }

  @Test("owns defaults only when it says them, and they survive the apply")
  func defaults() throws {
    let cluster = try TestCluster()
    let path = deployments + "/web"
    let first = try cluster.apply(path, deployment(replicas: nil), by: "alpha")
    #expect(first.body[path: "spec", "replicas"] == 1)
    let entry = first.managers.array?.first?["fieldsV1"]?["f:spec"]
    #expect(entry?["f:replicas"] == nil && entry?["f:selector"] == [:])
    let version = first.object.resourceVersion
    #expect(try cluster.apply(path, deployment(replicas: nil), by: "alpha").object.resourceVersion == version)
  }
}
