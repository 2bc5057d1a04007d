import KubeModel
import Testing

@testable import MeshSim

@Suite("A body is refused")
struct RefusedBodyTests {
  private static func message(_ body: String, kind: String = "ConfigMap", apiVersion: String = "v1")
    -> String?
  {
    do {
      _ = try ObjectDecoding.read(
        Array(body.utf8), mediaType: "application/json",
        shape: Schema.builtIn.root(apiVersion: apiVersion, kind: kind), schema: .builtIn, validation: .strict,
        expected: (apiVersion, kind))
      return nil
    } catch {
      return error.code == 400 ? error.message : "code \(error.code)"
    }
  }

  private static let unrecognized =
    "the object provided is unrecognized (must be of type ConfigMap): "
    + "couldn't get version/kind; json parse error: "
  private static let prefix = "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: "

  @Test(
    "when it is no object of the kind that its path is for",
    arguments: [
      ("", unrecognized + "unexpected end of JSON input (<empty>)"),
      ("{\"a\": ", unrecognized + "unexpected end of JSON input ({\"a\": )"),
      (
        "[1,2]",
        unrecognized + "json: cannot unmarshal array into Go value of type struct { APIVersion string "
          + "\"json:\\\"apiVersion,omitempty\\\"\"; Kind string \"json:\\\"kind,omitempty\\\"\" } (5b312c325d)"
      ),
      (
        #"{"apiVersion":"v1","kind":"Pod"}"#,
        "Pod in version \"v1\" cannot be handled as a ConfigMap: converting (v1.Pod) to (core.ConfigMap): "
          + "unknown conversion"
      ),
      (
        #"{"apiVersion":"v2","kind":"ConfigMap"}"#,
        "ConfigMap in version \"v2\" cannot be handled as a ConfigMap: no kind \"ConfigMap\" is registered for "
          + "version \"v2\" in scheme \"k8s.io/kubernetes/pkg/api/legacyscheme/scheme.go:30\""
      ),
    ])
  func kinds(body: String, message: String) { #expect(RefusedBodyTests.message(body) == message) }

  @Test(
    "when a value is of a wrong type, at the first such place",
    arguments: [
      (
        #"{"data":{"a":1}}"#,
        "json: cannot unmarshal number into Go struct field ConfigMap.data of type string"
      ),
      (
        #"{"metadata":{"labels":["a"]}}"#,
        "json: cannot unmarshal array into Go struct field ObjectMeta.metadata.labels of type map[string]string"
      ),
      (#"{"binaryData":{"a":"not base64!"}}"#, "illegal base64 data at input byte 3"),
      (
        #"{"metadata":{"creationTimestamp":"noon"}}"#,
        "parsing time \"noon\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"noon\" as \"2006\""
      ),
      (
        #"{"metadata":{"generation":1.5}}"#,
        "json: cannot unmarshal number 1.5 into Go struct field ObjectMeta.metadata.generation of type int64"
      ),
    ])
  func types(body: String, problem: String) {
    #expect(RefusedBodyTests.message(body) == RefusedBodyTests.prefix + problem)
  }

  @Test(
    "in strict validation for unknown and repeated fields, all of them in the order of writing",
    arguments: [
      (#"{"Data":{"k":"1"}}"#, #"unknown field "Data""#),
      (#"{"metadata":{"name":"f","name":"g"}}"#, #"duplicate field "metadata.name""#),
      (
        #"{"z":1,"metadata":{"odd":{"x":1}},"data":{"k":"1","k":"2","k":"3"},"a":1}"#,
        #"unknown field "z", unknown field "metadata.odd", duplicate field "data.k", unknown field "a""#
      ),
    ])
  func strict(body: String, problems: String) {
    #expect(RefusedBodyTests.message(body) == RefusedBodyTests.prefix + "strict decoding error: " + problems)
  }

  @Test("after a hundred problems no more are told")
  func limit() throws {
    let fields = (0..<150).map { "\"x\($0)\":1" }.joined(separator: ",")
    let message = try #require(RefusedBodyTests.message("{\(fields)}"))
    #expect(message.contains("\"x99\"") && !message.contains("\"x100\""))
  }

  @Test("not when the validation only warns: then it tells the same as warnings")
  func warnings() throws {
    let body = #"{"apiVersion":"v1","kind":"ConfigMap","data":{"k":"1","k":"2"},"odd":1}"#
    let shape = Schema.builtIn.root(apiVersion: "v1", kind: "ConfigMap")
    func read(_ validation: FieldValidation) throws -> (value: JSONValue, warnings: [String]) {
      try ObjectDecoding.read(
        Array(body.utf8), mediaType: "", shape: shape, schema: .builtIn, validation: validation)
    }
    let warned = try read(.warn)
    #expect(warned.warnings == [#"duplicate field "data.k""#, #"unknown field "odd""#])
    #expect(warned.value["data"] == ["k": "2"])
    let ignored = try read(.ignore)
    #expect(ignored.warnings.isEmpty && ignored.value == warned.value)
  }

  @Test("when its media type is not read")
  func mediaType() {
    #expect {
      _ = try ObjectDecoding.read(
        [], mediaType: "text/plain", shape: Shape(.anything), schema: Schema(), validation: .warn)
    } throws: { ($0 as? StatusError)?.code == 415 }
  }
}
