import KubeModel
import Testing

@testable import MeshSim

@Suite("A JSON patch")
struct JSONPatchTests {
  private static let target: JSONValue = ["a": 1, "l": ["x", "y"], "o": ["k/1": 1, "k~2": 2]]

  @Test(
    "changes the place that each operation names",
    arguments: [
      (#"{"op":"add","path":"/b","value":2}"#, #"{"a":1,"b":2,"l":["x","y"],"o":{"k/1":1,"k~2":2}}"#),
      (#"{"op":"add","path":"/l/1","value":"z"}"#, #"{"a":1,"l":["x","z","y"],"o":{"k/1":1,"k~2":2}}"#),
      (#"{"op":"add","path":"/l/-","value":"z"}"#, #"{"a":1,"l":["x","y","z"],"o":{"k/1":1,"k~2":2}}"#),
      (#"{"op":"add","path":"/l/-1","value":"z"}"#, #"{"a":1,"l":["x","y","z"],"o":{"k/1":1,"k~2":2}}"#),
      (#"{"op":"remove","path":"/l/-1"}"#, #"{"a":1,"l":["x"],"o":{"k/1":1,"k~2":2}}"#),
      (#"{"op":"replace","path":"/o/k~11","value":9}"#, #"{"a":1,"l":["x","y"],"o":{"k/1":9,"k~2":2}}"#),
      (#"{"op":"replace","path":"/o/k~02","value":9}"#, #"{"a":1,"l":["x","y"],"o":{"k/1":1,"k~2":9}}"#),
      (#"{"op":"replace","path":"/new","value":9}"#, #"{"a":1,"l":["x","y"],"new":9,"o":{"k/1":1,"k~2":2}}"#),
      (#"{"op":"replace","path":"","value":{}}"#, "{}"),
      (#"{"op":"move","from":"/a","path":"/o/a"}"#, #"{"l":["x","y"],"o":{"a":1,"k/1":1,"k~2":2}}"#),
      (#"{"op":"copy","from":"/l/0","path":"/a"}"#, #"{"a":"x","l":["x","y"],"o":{"k/1":1,"k~2":2}}"#),
      (#"{"op":"copy","from":"/no","path":"/a"}"#, #"{"a":null,"l":["x","y"],"o":{"k/1":1,"k~2":2}}"#),
      (#"{"op":"test","path":"/no","value":null}"#, #"{"a":1,"l":["x","y"],"o":{"k/1":1,"k~2":2}}"#),
    ])
  func operations(operation: String, result: String) throws {
    let patch = try JSONValue(json: "[\(operation)]")
    #expect(try JSONPatch.apply(patch, to: JSONPatchTests.target).jsonText() == result)
  }

  @Test(
    "is refused as a whole, without a reason, when one operation does not apply",
    arguments: [
      #"{"op":"bump","path":"/a"}"#, #"{"op":"add","value":1}"#, #"{"op":"add","path":"a","value":1}"#,
      #"{"op":"add","path":"/no/b","value":1}"#, #"{"op":"add","path":"/l/3","value":1}"#,
      #"{"op":"add","path":"/l/x","value":1}"#, #"{"op":"remove","path":"/no"}"#,
      #"{"op":"replace","path":"/l/2","value":1}"#, #"{"op":"replace","path":"","value":1}"#,
      #"{"op":"test","path":"/a","value":2}"#, #"{"op":"move","from":"/no","path":"/a"}"#,
      #"{"op":"move","path":"/a"}"#, #"{"op":"add","path":"/a/b","value":1}"#,
    ])
  func refused(operation: String) throws {
    let patch = try JSONValue(json: "[\(operation)]")
    #expect {
      try JSONPatch.apply(patch, to: JSONPatchTests.target)
    } throws: { error in
      guard let error = error as? StatusError else { return false }
      return error.code == 422 && error.reason == "Invalid" && error.details == [:]
        && error.message == "the server rejected our request due to an error in our request"
    }
  }

  @Test("has at most 10,000 operations")
  func limit() {
    let operation: JSONValue = ["op": "test", "path": "/a", "value": 1]
    let patch = JSONValue.array(Array(repeating: operation, count: 10_001))
    #expect {
      try JSONPatch.apply(patch, to: JSONPatchTests.target)
    } throws: { ($0 as? StatusError)?.code == 413 }
  }

  @Test("cannot copy without end")
  func copies() throws {
    let operations = (0..<64).map { #"{"op":"copy","from":"/o","path":"/o/\#($0)"}"# }
    let patch = try JSONValue(json: "[\(operations.joined(separator: ","))]")
    let long = JSONValue.string(String(repeating: "x", count: 1 << 20))
    #expect(throws: StatusError.self) { try JSONPatch.apply(patch, to: ["o": ["long": long]]) }
  }
}

@Suite("A JSON merge patch")
struct MergePatchTests {
  @Test(
    "merges objects, and replaces everything else",
    arguments: [
      (["a": 1], ["b": 2], ["a": 1, "b": 2]), (["a": 1, "b": 2], ["a": .null], ["b": 2]),
      (["a": ["b": 1, "c": 2]], ["a": ["b": .null, "d": .null]], ["a": ["c": 2]]),
      (["a": [1, 2]], ["a": [3]], ["a": [3]]), (["a": 1], ["a": ["b": .null, "c": 1]], ["a": ["c": 1]]),
      ([:], ["a": ["b": .null]], ["a": [:]]), ([:], ["a": [["b": .null, "c": 1]]], ["a": [["c": 1]]]),
    ] as [(JSONValue, JSONValue, JSONValue)])
  func merge(target: JSONValue, patch: JSONValue, result: JSONValue) {
    #expect(MergePatch.apply(patch, to: target) == result)
    #expect(MergePatch.apply(patch, to: result) == result)
  }
}
