import KubeClient
import KubeModel
import Seams
import Testing

@Suite("An answer")
struct AnswerTests {
  @Test(
    "that is no object is a bad one",
    arguments: ["", "null", "[]", "7", "<html>502</html>", "{", #"{"a":1}{}"#, "\u{0}"])
  func notAnObject(text: String) throws {
    let error = try #require(throws: KubeError.self) {
      try withClient(of: ScriptedServer(.text(200, text))) {
        try await $0.get(.pod, namespace: "n", name: "p")
      }
    }
    #expect(error.code == .badAnswer && !error.isTransient)
  }

  @Test(
    "to a list that holds no list never passes for an empty one",
    arguments: [#"{}"#, #"{"items":{}}"#, #"{"items":"none"}"#, #"{"items":[1]}"#, #"{"items":[{},null]}"#])
  func notAList(text: String) throws {
    let error = try #require(throws: KubeError.self) {
      try withClient(of: ScriptedServer(.text(200, text))) { _ = try await $0.list(.pod) }
    }
    #expect(error.code == .badAnswer && error.request == "LIST pods")
  }

  @Test("to a list may be empty, as Go writes it too", arguments: [#"{"items":[]}"#, #"{"items":null}"#])
  func emptyList(text: String) throws {
    #expect(try withClient(of: ScriptedServer(.text(200, text))) { try await $0.list(.pod).items }.isEmpty)
  }

  @Test("to a list of a built-in kind gets the kind that its items leave out")
  func listedKind() throws {
    let text = #"{"metadata":{"resourceVersion":"9"},"items":[{"metadata":{"name":"d"}}]}"#
    let list = try withClient(of: ScriptedServer(.text(200, text))) { try await $0.list(.deployment) }
    #expect(list.items.map(\.reference.description) == ["Deployment d"])
    #expect(list.items.first?.apiVersion == "apps/v1")
    #expect(list.resourceVersion == "9")
  }

  @Test("with members of unexpected types is read as if they were absent")
  func wrongTypes() throws {
    let text = #"{"metadata":"none","items":[{"metadata":[1],"spec":{"replicas":"three"}}]}"#
    let list = try withClient(of: ScriptedServer(.text(200, text))) { try await $0.list(.pod) }
    #expect(list.resourceVersion.isEmpty && list.items.first?.name == "")
  }

  @Test("that is larger than the limit is refused once, whole or in pieces", arguments: [true, false])
  func tooLarge(isWhole: Bool) throws {
    let bytes = podJSON.jsonBytes()
    let server = ScriptedServer(isWhole ? .bytes(200, bytes) : .pieces(bytes.map { [$0] }, endingWith: nil))
    let error = try #require(throws: KubeError.self) {
      try withClient(of: server) { client in
        var client = client
        client.answerLimit = bytes.count - 1
        return try await client.get(.pod, namespace: "n", name: "p")
      }
    }
    #expect(error.code == .badAnswer && error.message == "the answer is larger than \(bytes.count - 1) bytes")
    #expect(server.requests.count == 1)
  }

  @Test(
    "with an error status has its code",
    arguments: [
      (400, "BadRequest", .badRequest), (401, "Unauthorized", .unauthorized), (403, "Forbidden", .forbidden),
      (404, "NotFound", .notFound), (405, "MethodNotAllowed", .badRequest),
      (406, "NotAcceptable", .badRequest),
      (409, "AlreadyExists", .alreadyExists), (409, "Conflict", .conflict), (409, "", .conflict),
      (410, "Expired", .expired), (410, "Gone", .expired), (413, "RequestEntityTooLarge", .badRequest),
      (415, "UnsupportedMediaType", .badRequest), (422, "Invalid", .invalid),
      (429, "TooManyRequests", .tooManyRequests), (500, "InternalError", .serverError),
      (503, "ServiceUnavailable", .serverError), (504, "Timeout", .serverError), (301, "", .badAnswer),
    ] as [(Int, String, KubeError.Code)])
  func codes(status: Int, reason: String, code: KubeError.Code) throws {
    let body: JSONValue = ["kind": "Status", "reason": .string(reason), "message": "because"]
    let error = try #require(throws: KubeError.self) {
      try withClient(of: ScriptedServer(.json(status, body))) {
        try await $0.mergePatch(.pod, namespace: "n", name: "p", [:], manager: "m")
      }
    }
    #expect(error.code == code)
    #expect(error.description == "cluster test: PATCH Pod n/p: because")
    #expect(error.conflicts.isEmpty)
  }

  @Test(
    "with an error status and no Status names the status",
    arguments: ["", "<html>", "[1]", #"{"message":5}"#])
  func noStatus(text: String) throws {
    let error = try #require(throws: KubeError.self) {
      try withClient(of: ScriptedServer(.text(403, text))) {
        try await $0.get(.pod, namespace: "n", name: "p")
      }
    }
    #expect(error.message == "HTTP status 403")
  }

  @Test("of 404 means that there is none")
  func notFound() throws {
    let server = ScriptedServer(.text(404, "{}"))
    #expect(try withClient(of: server) { try await $0.get(.pod, namespace: "n", name: "p") } == nil)
    #expect(try !withClient(of: server) { try await $0.delete(.pod, namespace: "n", name: "p") })
  }

  @Test("of an apply that conflicts names the managers and the fields")
  func conflicts() throws {
    let body: JSONValue = [
      "reason": "Conflict", "message": "Apply failed with 2 conflicts",
      "details": [
        "causes": [
          [
            "reason": "FieldManagerConflict", "field": ".spec.replicas",
            "message": #"conflict with "hpa" with subresource "scale" using apps/v1"#,
          ],
          ["reason": "FieldManagerConflict", "field": ".data.x", "message": "no quotes here"],
          ["reason": "Other", "field": ".y"],
        ]
      ],
    ]
    let error = try #require(throws: KubeError.self) {
      try withClient(of: ScriptedServer(.json(409, body))) {
        try await $0.apply(KubeObject(kind: .pod, name: "p"), kind: .pod, manager: "m")
      }
    }
    #expect(error.code == .applyConflict)
    #expect(error.conflicts.map(\.manager) == ["hpa", "no quotes here"])
    #expect(error.conflicts.map(\.field) == [".spec.replicas", ".data.x"])
  }
}
