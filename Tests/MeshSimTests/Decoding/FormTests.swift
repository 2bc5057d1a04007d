import KubeModel
import Testing

@testable import MeshSim

@Suite("An object that is read gets the form of the server's types")
struct FormTests {
  static func read(_ value: JSONValue, _ validation: FieldValidation = .warn) throws -> JSONValue {
    let shape = Schema.builtIn.root(
      apiVersion: value["apiVersion"]?.string ?? "", kind: value["kind"]?.string ?? "")
    return try ObjectDecoding.read(
      value.jsonBytes(), mediaType: "application/json", shape: shape, schema: .builtIn, validation: validation
    ).value
  }

  static func configMap(_ fields: JSONObject) -> JSONValue {
    var object = fields
    object["apiVersion"] = "v1"
    object["kind"] = "ConfigMap"
    return .object(object)
  }

  @Test(
    "in which what is empty is left out, unless it is always written",
    arguments: [
      (["metadata": ["name": "a", "labels": [:]], "data": [:]], ["metadata": ["name": "a"]]),
      (["metadata": ["name": "a", "generateName": ""]], ["metadata": ["name": "a"]]),
      (["metadata": ["name": "a", "annotations": .null]], ["metadata": ["name": "a"]]),
      (["data": ["k": ""]], ["data": ["k": ""], "metadata": [:]]),
      (["data": ["k": .null]], ["data": ["k": ""], "metadata": [:]]),
      (["immutable": false], ["immutable": false, "metadata": [:]]),
      (["metadata": ["managedFields": []]], ["metadata": ["managedFields": []]]),
      ([:], ["metadata": [:]]),
    ] as [(JSONObject, JSONObject)])
  func empties(written: JSONObject, held: JSONObject) throws {
    #expect(try FormTests.read(FormTests.configMap(written)) == FormTests.configMap(held))
  }

  @Test("in which structs that are no pointers are always there, and lists without omitempty are null")
  func alwaysWritten() throws {
    let held = try FormTests.read(["apiVersion": "apps/v1", "kind": "Deployment", "spec": ["replicas": 0]])
    #expect(
      held == [
        "apiVersion": "apps/v1", "kind": "Deployment", "metadata": [:], "status": [:],
        "spec": [
          "replicas": 0, "selector": .null, "strategy": [:],
          "template": ["metadata": [:], "spec": ["containers": .null]],
        ],
      ])
    let pod = try FormTests.read([
      "apiVersion": "v1", "kind": "Pod",
      "spec": ["containers": [["image": "x", "ports": [["containerPort": 80, "hostPort": 0]]]]],
    ])
    #expect(
      pod[path: "spec", "containers"] == [
        ["image": "x", "name": "", "ports": [["containerPort": 80]], "resources": [:]]
      ])
  }

  @Test(
    "in which times have whole seconds in UTC",
    arguments: [
      ("2026-01-02T03:04:05Z", "2026-01-02T03:04:05Z"), ("2026-01-02T03:04:05.9Z", "2026-01-02T03:04:05Z"),
      ("2026-01-02T03:04:05+02:00", "2026-01-02T01:04:05Z"),
    ])
  func times(written: String, held: String) throws {
    let object = try FormTests.read(
      FormTests.configMap(["metadata": ["creationTimestamp": .string(written)]]))
    #expect(object[path: "metadata", "creationTimestamp"] == .string(held))
  }

  @Test("in which a quantity is a string, as it was written")
  func quantities() throws {
    let quota = try FormTests.read([
      "apiVersion": "v1", "kind": "ResourceQuota",
      "spec": ["hard": ["cpu": 2, "memory": "1Gi", "pods": " 1e3", "x": .double(0.5)]],
    ])
    #expect(quota[path: "spec", "hard"] == ["cpu": "2", "memory": "1Gi", "pods": "1e3", "x": "0.5"])
  }

  @Test(
    "in which an address and the list that it starts say the same",
    arguments: [
      (["podIP": "1.1.1.1"], ["podIP": "1.1.1.1", "podIPs": [["ip": "1.1.1.1"]]]),
      (["podIPs": [["ip": "1.1.1.1"]]], ["podIP": "1.1.1.1", "podIPs": [["ip": "1.1.1.1"]]]),
      (
        ["podIP": "2.2.2.2", "podIPs": [["ip": "1.1.1.1"]]],
        ["podIP": "2.2.2.2", "podIPs": [["ip": "2.2.2.2"]]]
      ),
    ] as [(JSONValue, JSONValue)])
  func twins(written: JSONValue, held: JSONValue) throws {
    let pod = try FormTests.read(["apiVersion": "v1", "kind": "Pod", "status": written])
    #expect(pod["status"] == held)
  }

  @Test("once and for all: reading it again changes nothing")
  func idempotent() throws {
    let object: JSONValue = [
      "apiVersion": "v1", "kind": "Service", "metadata": ["name": "s", "odd": 1],
      "spec": ["ports": [["port": 80, "targetPort": "http"]], "selector": [:], "externalIPs": []],
    ]
    let once = try FormTests.read(object)
    #expect(try FormTests.read(once, .strict) == once)
  }

  @Test("but stays as it was written when its kind is custom, except for its metadata")
  func custom() throws {
    let written: JSONValue = [
      "apiVersion": "example.com/v1", "kind": "Gadget",
      "metadata": ["name": "g", "labels": [:]], "spec": ["a": .null, "b": [], "c": ["d": 0]],
    ]
    let held = try ObjectDecoding.read(
      written.jsonBytes(), mediaType: "", shape: Shape(.anything), schema: Schema(), validation: .warn)
    #expect(held.value["spec"] == written["spec"])
    #expect(held.value["metadata"] == ["name": "g"])
  }
}
