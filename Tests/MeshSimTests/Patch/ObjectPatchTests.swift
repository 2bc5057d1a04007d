import KubeModel
import Testing

@testable import MeshSim

@Suite("A patch of an object")
struct ObjectPatchTests {
  private static let live: JSONValue = [
    "apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": "a"], "data": ["k": "1"],
  ]

  private static func apply(_ patch: ObjectPatch, _ body: String, _ validation: FieldValidation = .strict)
    throws -> (
      value: JSONValue, warnings: [String]
    )
  {
    try patch.apply(
      Array(body.utf8), to: live, shape: Schema.builtIn.root(apiVersion: "v1", kind: "ConfigMap"),
      schema: .builtIn, validation: validation)
  }

  @Test("gives the object in the server's form")
  func form() throws {
    #expect(try ObjectPatchTests.apply(.merge, #"{"data":{"k":null}}"#).value["data"] == nil)
    #expect(
      try ObjectPatchTests.apply(.strategic, #"{"data":{"l":"2"}}"#).value["data"] == ["k": "1", "l": "2"])
  }

  @Test(
    "is refused for what it makes of the object",
    arguments: [
      (
        .merge, #"{"unknown":1}"#,
        #" "" is invalid: patch: Invalid value: "{\"apiVersion\":\"v1\",\"data\":{\"k\":\"1\"},\"kind\":"#
          + #"\"ConfigMap\",\"metadata\":{\"name\":\"a\"},\"unknown\":1}": strict decoding error: unknown field "unknown""#
      ),
      (
        .strategic, #"{"unknown":1}"#,
        #" "" is invalid: patch: Invalid value: "map[unknown:1]": strict decoding error: unknown field "unknown""#
      ),
      (
        .json, #"[{"op":"replace","path":"/data","value":"text"}]"#,
        #" "" is invalid: patch: Invalid value: "{\"apiVersion\":\"v1\",\"data\":\"text\",\"kind\":\"ConfigMap\","#
          + #"\"metadata\":{\"name\":\"a\"}}": json: cannot unmarshal string into Go struct field ConfigMap.data of "#
          + "type map[string]string"
      ),
    ] as [(ObjectPatch, String, String)])
  func refusedResult(patch: ObjectPatch, body: String, message: String) {
    #expect {
      try ObjectPatchTests.apply(patch, body)
    } throws: { error in
      let error = error as? StatusError
      return error?.code == 422 && error?.message == message
    }
  }

  @Test(
    "is refused when it is none",
    arguments: [
      (
        .json, "{}",
        "error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp"
      ),
      (
        .merge, "[]",
        "error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}"
      ),
      (.strategic, "[]", "json: cannot unmarshal array into Go value of type map[string]interface {}"),
      (.merge, "{", "error decoding patch: unexpected end of JSON input"),
    ] as [(ObjectPatch, String, String)])
  func refusedBody(patch: ObjectPatch, body: String, message: String) {
    #expect {
      try ObjectPatchTests.apply(patch, body)
    } throws: { error in
      let error = error as? StatusError
      return error?.code == 400 && error?.message == message
    }
  }

  @Test("warns of what is written twice and of operations with unknown fields")
  func warnings() throws {
    #expect(
      try ObjectPatchTests.apply(.merge, #"{"data":{"x":"1","x":"2"}}"#, .warn).warnings == [
        #"duplicate field "data.x""#
      ])
    #expect(
      try ObjectPatchTests.apply(.json, #"[{"op":"test","path":"/kind","value":"ConfigMap","why":1}]"#, .warn)
        .warnings == [#"json patch unknown field "[0].why""#])
  }
}
