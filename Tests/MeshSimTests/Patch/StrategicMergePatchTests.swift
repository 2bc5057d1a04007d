import KubeModel
import Testing

@testable import MeshSim

@Suite("A strategic merge patch")
struct StrategicMergePatchTests {
  /// Applies a patch to `spec` of a Pod, or to its metadata.
  static func apply(_ patch: JSONValue, to value: JSONValue) throws -> JSONValue {
    try StrategicMergePatch.apply(
      patch, to: value, shape: Schema.builtIn.root(apiVersion: "v1", kind: "Pod"), schema: .builtIn)
  }

  private static func containers(_ list: JSONValue) -> JSONValue { ["spec": ["containers": list]] }
  private static let two = containers([["name": "a", "image": "x"], ["name": "b", "image": "y"]])

  @Test(
    "merges lists of structs by their key, what is new in front",
    arguments: [
      ([["name": "b", "image": "z"]], [["name": "a", "image": "x"], ["name": "b", "image": "z"]]),
      (
        [["name": "c", "image": "z"]],
        [["name": "c", "image": "z"], ["name": "a", "image": "x"], ["name": "b", "image": "y"]]
      ),
      ([["name": "a", "$patch": "delete"]], [["name": "b", "image": "y"]]),
      ([["$patch": "replace"], ["name": "c"]], [["name": "c"]]),
      ([["name": "a", "image": .null]], [["name": "a"], ["name": "b", "image": "y"]]),
      (
        [["name": "a", "args": ["1"]]],
        [["name": "a", "image": "x", "args": ["1"]], ["name": "b", "image": "y"]]
      ),
    ] as [(JSONValue, JSONValue)])
  func lists(patch: JSONValue, result: JSONValue) throws {
    let merged = try StrategicMergePatchTests.apply(
      StrategicMergePatchTests.containers(patch), to: StrategicMergePatchTests.two)
    #expect(merged == StrategicMergePatchTests.containers(result))
  }

  @Test("puts elements into the order that it asks for, with the others where they stood")
  func order() throws {
    let patch: JSONValue = [
      "spec": [
        "$setElementOrder/containers": [["name": "b"], ["name": "n"], ["name": "a"]],
        "containers": [["name": "n", "image": "n"]],
      ]
    ]
    let merged = try StrategicMergePatchTests.apply(patch, to: StrategicMergePatchTests.two)
    #expect(merged[path: "spec", "containers"]?.array?.map { $0["name"] } == ["b", "n", "a"])
  }

  @Test(
    "merges, deletes from and orders lists of scalars",
    arguments: [
      (["finalizers": ["c", "a"]], ["c", "a", "b"]),
      (["$deleteFromPrimitiveList/finalizers": ["b"]], ["a"]),
      (["$setElementOrder/finalizers": ["d", "a"], "finalizers": ["d"]], ["d", "a", "b"]),
      (["finalizers": .null], nil),
    ] as [(JSONValue, JSONValue?)])
  func scalars(patch: JSONValue, result: JSONValue?) throws {
    let merged = try StrategicMergePatchTests.apply(
      ["metadata": patch], to: ["metadata": ["finalizers": ["a", "b"]]])
    #expect(merged[path: "metadata", "finalizers"] == result)
  }

  @Test(
    "replaces and deletes maps, and keeps the keys that it names",
    arguments: [
      (["metadata": ["labels": ["$patch": "replace", "n": "1"]]], ["metadata": ["labels": ["n": "1"]]]),
      (["metadata": ["labels": ["$patch": "delete"]]], ["metadata": ["labels": [:]]]),
      (["metadata": ["labels": ["b": "2"]]], ["metadata": ["labels": ["a": "1", "b": "2"]]]),
      (["$patch": "replace", "spec": [:]], ["spec": [:]]),
      (["metadata": ["annotations": ["$patch": "explode"]]], ["metadata": ["labels": ["a": "1"]]]),
    ] as [(JSONValue, JSONValue)])
  func maps(patch: JSONValue, result: JSONValue) throws {
    #expect(try StrategicMergePatchTests.apply(patch, to: ["metadata": ["labels": ["a": "1"]]]) == result)
  }

  @Test("drops what its directive does not retain")
  func retainKeys() throws {
    let merged = try StrategicMergePatchTests.apply(
      [
        "spec": [
          "volumes": [["name": "v", "$retainKeys": ["name", "configMap"], "configMap": ["name": "c"]]]
        ]
      ], to: ["spec": ["volumes": [["name": "v", "emptyDir": [:]]]]])
    #expect(merged == ["spec": ["volumes": [["name": "v", "configMap": ["name": "c"]]]]])
  }

  @Test(
    "is refused",
    arguments: [
      (containers([["image": "q"]]), 500, "map: map[image:q] does not contain declared merge key: name"),
      (
        containers([["name": "a", "$patch": "merge"]]), 500,
        "merging lists cannot yet be specified in the patch"
      ),
      (
        containers([["name": "a", "$patch": "odd"]]), 500,
        "unknown patch type: odd in map: map[$patch:odd name:a]"
      ),
      (["spec": ["$retainKeys": "x"]], 400, "invalid patch format of retainKeys"),
      (["spec": ["$retainKeys": ["x"], "y": 1]], 400, "invalid patch format of retainKeys"),
      (
        ["spec": ["$deleteFromPrimitiveList": ["x"]]], 400, "invalid patch format of primitive list"
      ),
      (
        [
          "spec": [
            "$setElementOrder/containers": [["name": "a"], ["name": "b"]],
            "containers": [["name": "b"], ["name": "a"]],
          ]
        ], 500,
        "The order in patch list:\n[map[name:b] map[name:a]]\n doesn't match $setElementOrder list:\n"
          + "[map[name:a] map[name:b]]\n"
      ),
    ] as [(JSONValue, Int, String)])
  func refused(patch: JSONValue, code: Int, message: String) {
    #expect {
      try StrategicMergePatchTests.apply(patch, to: StrategicMergePatchTests.two)
    } throws: { error in
      let error = error as? StatusError
      return error?.code == code && error?.message == message
    }
  }
}
