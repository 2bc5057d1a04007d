import KubeModel
import Seams
import Testing

@testable import MeshSim

@Suite("The ownership of fields after an update")
struct FieldOwnershipTests {
  static let time = Timestamp(microseconds: 1_700_000_000_000_000)

  static func object(_ fields: JSONObject, uid: String = "u") -> KubeObject {
    var object = KubeObject(fields)
    object.fields["apiVersion"] = object.fields["apiVersion"] ?? "v1"
    object.fields["kind"] = object.fields["kind"] ?? "ConfigMap"
    object.set("metadata", "name", to: "a")
    object.set("metadata", "uid", to: .string(uid))
    return object
  }

  static func created(_ fields: JSONObject, by manager: String = "creator") -> KubeObject {
    var object = object(fields)
    FieldOwnership.update(&object, live: nil, manager: manager, time: time, schema: .builtIn)
    return object
  }

  static func updated(
    _ live: KubeObject, _ fields: JSONObject, by manager: String = "editor", subresource: String? = nil
  ) -> KubeObject {
    var object = object(fields)
    object.managedFields = live.managedFields
    FieldOwnership.update(
      &object, live: live, manager: manager, subresource: subresource, time: time + .seconds(60),
      schema: .builtIn)
    return object
  }

  /// Who owns what, by `MANAGER/OPERATION/SUBRESOURCE`.
  static func owners(_ object: KubeObject) -> [String: JSONValue] {
    var owners: [String: JSONValue] = [:]
    for entry in object.managedFields?.array ?? [] {
      let parts = ["manager", "operation", "subresource"].compactMap { entry[$0]?.string }
      owners[parts.joined(separator: "/")] = entry["fieldsV1"]
    }
    return owners
  }

  @Test("that made the object is the manager's: the fields it set, and the maps that came with them")
  func create() {
    let object = FieldOwnershipTests.created(["data": ["x": "1"]])
    #expect(
      FieldOwnershipTests.owners(object) == ["creator/Update": ["f:data": [".": [:], "f:x": [:]]]])
    #expect(object.managedFields?.array?.first?["time"] == .string(FieldOwnershipTests.time.rfc3339))
  }

  @Test("of structs that are always there is not the maker's, of those that came it is")
  func structs() throws {
    let made = try FormTests.read([
      "apiVersion": "apps/v1", "kind": "Deployment", "metadata": ["labels": ["l": "1"]],
      "spec": [
        "replicas": 1, "selector": ["matchLabels": ["a": "b"]],
        "strategy": ["type": "RollingUpdate", "rollingUpdate": ["maxSurge": 1]],
        "template": [
          "spec": ["containers": [["name": "c", "ports": [["containerPort": 80, "protocol": "TCP"]]]]]
        ],
      ],
    ])
    let object = FieldOwnershipTests.created(try #require(made.object))
    #expect(
      FieldOwnershipTests.owners(object)["creator/Update"] == [
        "f:metadata": ["f:labels": [".": [:], "f:l": [:]]],
        "f:spec": [
          "f:replicas": [:], "f:selector": [:],
          "f:strategy": ["f:rollingUpdate": [".": [:], "f:maxSurge": [:]], "f:type": [:]],
          "f:template": [
            "f:spec": [
              "f:containers": [
                #"k:{"name":"c"}"#: [
                  ".": [:], "f:name": [:],
                  "f:ports": [
                    ".": [:],
                    #"k:{"containerPort":80,"protocol":"TCP"}"#: [
                      ".": [:], "f:containerPort": [:], "f:protocol": [:],
                    ],
                  ], "f:resources": [:],
                ]
              ]
            ]
          ],
        ],
      ])
  }

  @Test("moves to whoever changes a field, and ends with the field")
  func changes() {
    let made = FieldOwnershipTests.created(["data": ["x": "1", "y": "1"]])
    let changed = FieldOwnershipTests.updated(made, ["data": ["x": "2", "y": "1"]])
    #expect(
      FieldOwnershipTests.owners(changed) == [
        "creator/Update": ["f:data": [".": [:], "f:y": [:]]], "editor/Update": ["f:data": ["f:x": [:]]],
      ])
    let replaced = FieldOwnershipTests.updated(changed, ["data": ["z": "1"]])
    #expect(
      FieldOwnershipTests.owners(replaced) == [
        "creator/Update": ["f:data": [:]], "editor/Update": ["f:data": ["f:z": [:]]],
      ])
  }

  @Test("stays as it is, with its times, when nothing changes")
  func unchanged() {
    let made = FieldOwnershipTests.created(["data": ["x": "1"]])
    #expect(FieldOwnershipTests.updated(made, ["data": ["x": "1"]]) == made)
  }

  @Test("keeps the times of an update that only sets the time anew")
  func times() {
    let made = FieldOwnershipTests.created(["data": ["x": "1"]])
    var entry = made.managedFields?.array?.first ?? .null
    entry["time"] = "2030-01-01T00:00:00Z"
    var object = made
    object.managedFields = [entry]
    FieldOwnership.keepTimes(of: &object, live: made)
    #expect(object == made)
    object.managedFields = [entry]
    object.set("data", "y", to: "2")
    FieldOwnership.keepTimes(of: &object, live: made)
    #expect(object.managedFields == [entry])
  }

  @Test(
    "is forgotten when a client writes [] or [{}], and nobody's from then on",
    arguments: [[], [[:]]] as [JSONValue])
  func reset(value: JSONValue) {
    let made = FieldOwnershipTests.created(["data": ["x": "1"]])
    var object = made
    object.managedFields = value
    FieldOwnership.update(
      &object, live: made, manager: "editor", time: FieldOwnershipTests.time, schema: .builtIn)
    #expect(object.managedFields == nil)
    #expect(FieldOwnershipTests.updated(object, ["data": ["x": "2"]]).managedFields == nil)
  }

  @Test("of the status is nobody's at the main path, and of the rest nobody's at the status")
  func subresources() {
    let made = FieldOwnershipTests.created([
      "kind": "Pod", "spec": ["nodeName": "n"], "status": ["phase": "Running"],
    ])
    #expect(FieldOwnershipTests.owners(made) == ["creator/Update": ["f:spec": ["f:nodeName": [:]]]])
    let changed = FieldOwnershipTests.updated(
      made, ["kind": "Pod", "spec": ["nodeName": "m"], "status": ["phase": "Failed", "reason": "x"]],
      by: "kubelet",
      subresource: "status")
    #expect(
      FieldOwnershipTests.owners(changed)["kubelet/Update/status"] == [
        "f:status": ["f:phase": [:], "f:reason": [:]]
      ])
  }

  @Test("is kept for ten managers that update; older ones share an entry")
  func cap() {
    var object = FieldOwnershipTests.created(["data": ["k": "0"]], by: "m0")
    for index in 1...12 {
      var next = object
      next.set("data", "k\(index)", to: "1")
      FieldOwnership.update(
        &next, live: object, manager: "m\(index)", time: FieldOwnershipTests.time + .seconds(Int64(index)),
        schema: .builtIn)
      object = next
    }
    let owners = FieldOwnershipTests.owners(object)
    #expect(owners.count == 10)
    #expect(
      owners["ancient-changes/Update"] == [
        "f:data": [".": [:], "f:k": [:], "f:k1": [:], "f:k2": [:], "f:k3": [:]]
      ])
  }
}
