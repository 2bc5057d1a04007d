import HTTPTypes
import KubeModel
import MeshSim
import Seams
import Testing

@Suite("An object")
struct ObjectTests {
  @Test("gets a uid, a version, a creation time and its owner's fields (configmap-crud)")
  func create() throws {
    let cluster = try TestCluster()
    let answer = try cluster.send(
      .post, configMaps + "?fieldManager=m", configMap("one", ["k": "v"], metadata: [("labels", ["t": "x"])]))
    #expect(answer.status == 201)
    let object = answer.object
    #expect(object.namespace == "n" && object.labels == ["t": "x"])
    #expect(object.uid.split(separator: "-").map(\.count) == [8, 4, 4, 4, 12])
    #expect(Int64(object.resourceVersion).map { $0 > 1 } == true)
    #expect(object.creationTimestamp == cluster.now.rfc3339)
    #expect(object[path: "metadata", "generation"] == nil)
    #expect(
      answer.managers == [
        [
          "manager": "m", "operation": "Update", "apiVersion": "v1", "fieldsType": "FieldsV1",
          "fieldsV1": [
            "f:data": [".": [:], "f:k": [:]], "f:metadata": ["f:labels": [".": [:], "f:t": [:]]],
          ],
        ]
      ])
    #expect(try cluster.send(.get, configMaps + "/one").body == answer.body)
  }

  @Test("keeps its version when nothing changes, and counts generations by changes of the spec")
  func versions() throws {
    let cluster = try TestCluster()
    try cluster.send(.post, deployments, deployment(replicas: 0))
    cluster.advance(5)
    let first = try cluster.object(.deployment, "web")
    #expect(first.generation == 1)
    let same = try cluster.patch(deployments + "/web", ["spec": ["replicas": 0]]).object
    #expect(same.resourceVersion == first.resourceVersion && same.generation == 1)
    let labelled = try cluster.patch(deployments + "/web", ["metadata": ["labels": ["a": "b"]]]).object
    #expect(labelled.resourceVersion != first.resourceVersion && labelled.generation == 1)
    let scaled = try cluster.patch(deployments + "/web", ["spec": ["replicas": 1]]).object
    #expect(scaled.generation == 2)
    let replaced = try cluster.send(.put, deployments + "/web", scaled.json).object
    #expect(replaced.resourceVersion == scaled.resourceVersion, "replaced with what it is")
  }

  @Test("is replaced only at the version that was read (optimistic-locking)")
  func replace() throws {
    let cluster = try TestCluster()
    let first = try cluster.send(.post, configMaps, configMap("c", ["a": "1"])).object
    var second = first
    second.set("data", "a", to: "2")
    #expect(try cluster.send(.put, configMaps + "/c", second.json).status == 200)
    let stale = try cluster.send(.put, configMaps + "/c", second.json)
    #expect(stale.status == 409)
    let message =
      "Operation cannot be fulfilled on configmaps \"c\": the object has been modified; please apply "
      + "your changes to the latest version and try again"
    #expect(
      stale.body == [
        "kind": "Status", "apiVersion": "v1", "metadata": [:], "status": "Failure", "reason": "Conflict",
        "message": .string(message),
        "details": ["name": "c", "kind": "configmaps"], "code": 409,
      ])
    let anyVersion = try cluster.send(.put, configMaps + "/c", configMap("c", ["a": "4"]))
    #expect(anyVersion.status == 200 && anyVersion.object.uid == first.uid)
    #expect(anyVersion.object.creationTimestamp == first.creationTimestamp)
    let nonsense = try cluster.send(
      .put, configMaps + "/c", configMap("c", metadata: [("resourceVersion", "abc")]))
    #expect(
      nonsense.status == 500 && nonsense.message == "strconv.ParseUint: parsing \"abc\": invalid syntax")
    let patched = try cluster.patch(
      configMaps + "/c",
      ["metadata": ["resourceVersion": .string(first.resourceVersion)], "data": ["a": "6"]])
    #expect(patched.status == 409)
  }

  @Test("is changed by a merge patch as RFC 7396 says")
  func mergePatch() throws {
    let cluster = try TestCluster()
    try cluster.send(.post, configMaps, configMap("c", ["a": "1", "b": "2"]))
    let patched = try cluster.patch(
      configMaps + "/c", ["data": ["a": .null, "c": "3"], "binaryData": ["x": "AA=="]])
    #expect(patched.status == 200)
    #expect(patched.body["data"] == ["b": "2", "c": "3"])
    #expect(patched.body["binaryData"] == ["x": "AA=="])
    let identity = try cluster.patch(
      configMaps + "/c", ["metadata": ["uid": .null, "creationTimestamp": .null]])
    #expect(identity.object.uid == patched.object.uid, "the server keeps what is its own")
    #expect(try cluster.patch(configMaps + "/c", ["metadata": ["name": "d"]]).status == 400)
  }

  @Test("is deleted only when the preconditions hold (optimistic-locking)")
  func delete() throws {
    let cluster = try TestCluster()
    let object = try cluster.send(.post, configMaps, configMap("c")).object
    let otherUID = try cluster.send(.delete, configMaps + "/c", ["preconditions": ["uid": "other"]])
    #expect(otherUID.status == 409)
    #expect(
      otherUID.message
        == "Operation cannot be fulfilled on ConfigMap \"c\": the UID in the precondition (other) "
        + "does not match the UID in record (\(object.uid)). "
        + "The object might have been deleted and then recreated"
    )
    #expect(otherUID.body["details"] == ["name": "c", "kind": "ConfigMap"])
    let otherVersion = try cluster.send(
      .delete, configMaps + "/c", ["preconditions": ["resourceVersion": "1"]])
    #expect(
      otherVersion.message
        == "Operation cannot be fulfilled on ConfigMap \"c\": the ResourceVersion in the precondition "
        + "(1) does not match the ResourceVersion in record (\(object.resourceVersion)). "
        + "The object might have been modified"
    )
    let right: JSONValue = [
      "preconditions": ["uid": .string(object.uid), "resourceVersion": .string(object.resourceVersion)]
    ]
    let deleted = try cluster.send(.delete, configMaps + "/c", right)
    #expect(deleted.status == 200)
    #expect(
      deleted.body == [
        "kind": "Status", "apiVersion": "v1", "metadata": [:], "status": "Success",
        "details": ["name": "c", "kind": "configmaps", "uid": .string(object.uid)],
      ])
    #expect(try cluster.send(.delete, configMaps + "/c").status == 404)
  }

  @Test(
    "of a group is deleted with its group in the answer, a Service with itself (gc-orphan, service-defaults)")
  func deleteAnswers() throws {
    let cluster = try TestCluster()
    let web = try cluster.send(.post, deployments, deployment(replicas: 0)).object
    let deleted = try cluster.send(.delete, deployments + "/web")
    #expect(
      deleted.body["details"] == [
        "name": "web", "group": "apps", "kind": "deployments", "uid": .string(web.uid),
      ])
    try cluster.send(.post, services, service())
    let goneService = try cluster.send(.delete, services + "/web")
    #expect(goneService.body["kind"] == "Service" && goneService.object.name == "web")
  }

  @Test("gets a name that nobody has when it asks for one")
  func generateName() throws {
    let cluster = try TestCluster()
    let body: JSONValue = ["apiVersion": "v1", "kind": "ConfigMap", "metadata": ["generateName": "x-"]]
    let names = try (0..<50).map { _ in try cluster.send(.post, configMaps, body).object.name }
    #expect(Set(names).count == 50)
    #expect(names.allSatisfy { $0.hasPrefix("x-") && $0.count == 7 })
  }

  @Test("is what its creator says only as far as the server lets it (optimistic-locking)")
  func serverFields() throws {
    let cluster = try TestCluster()
    let created = try cluster.send(
      .post, configMaps,
      configMap(
        "e",
        metadata: [
          ("uid", "mine"), ("creationTimestamp", "2001-01-01T00:00:00Z"),
          ("deletionTimestamp", "2001-01-01T00:00:00Z"),
        ])
    ).object
    #expect(created.uid != "mine" && created.creationTimestamp == cluster.now.rfc3339)
    #expect(created.deletionTimestamp == nil)
  }
}
