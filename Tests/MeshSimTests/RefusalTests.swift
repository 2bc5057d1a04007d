import HTTPTypes
import KubeModel
import MeshSim
import Testing

@Suite("A request is refused")
struct RefusalTests {
  private static let wrongKind =
    "Pod in version \"v1\" cannot be handled as a ConfigMap: converting (v1.Pod) to (core.ConfigMap): "
    + "unknown conversion"

  private static func failure(
    _ code: Int64, _ reason: String, _ message: String, details: JSONValue? = nil
  ) -> JSONValue {
    var status: JSONValue = [
      "kind": "Status", "apiVersion": "v1", "metadata": [:], "status": "Failure", "code": .int(code),
      "reason": .string(reason), "message": .string(message),
    ]
    status["details"] = details
    return status
  }

  @Test("when the object is there already (configmap-crud)")
  func exists() throws {
    let cluster = try TestCluster()
    try cluster.send(.post, configMaps, configMap("one"))
    let answer = try cluster.send(.post, configMaps, configMap("one"))
    #expect(
      answer.body
        == Self.failure(
          409, "AlreadyExists", "configmaps \"one\" already exists",
          details: ["name": "one", "kind": "configmaps"]))
  }

  @Test(
    "when the object is not there (configmap-crud)",
    arguments: [.get, .put, .patch, .delete] as [HTTPRequest.Method])
  func missing(method: HTTPRequest.Method) throws {
    let body = configMap("missing")
    let answer = try TestCluster().send(
      method, configMaps + "/missing", method == .get || method == .delete ? nil : body,
      type: method == .patch ? "application/merge-patch+json" : "application/json")
    #expect(
      answer.body
        == Self.failure(
          404, "NotFound", "configmaps \"missing\" not found",
          details: ["name": "missing", "kind": "configmaps"]))
  }

  @Test("when the namespace is not there (http-errors)", arguments: [false, true])
  func noNamespace(isApply: Bool) throws {
    let cluster = try TestCluster()
    let path = "/api/v1/namespaces/none/configmaps"
    let answer =
      isApply
      ? try cluster.apply(path + "/x", configMap("x"), by: "m")
      : try cluster.send(.post, path, configMap("x"))
    #expect(
      answer.body
        == Self.failure(
          404, "NotFound", "namespaces \"none\" not found", details: ["name": "none", "kind": "namespaces"]))
  }

  @Test(
    "when nothing is served at the path (http-errors)",
    arguments: [
      "/api/v2/pods", "/api/v1/namespaces/n/nosuchthings/x", "/api/v1/namespaces/n/configmaps/a/status",
      "/api/v1/namespaces/n/configmaps/a/b/c", "/api/v1/configmaps/a", "/api/v1/namespaces/n/namespaces/x",
      "/apis/apps/v1beta1/deployments",
    ])
  func unknownPath(path: String) throws {
    let answer = try TestCluster().send(.get, path)
    #expect(
      answer.body
        == Self.failure(404, "NotFound", "the server could not find the requested resource", details: [:]))
  }

  @Test(
    "when the method does not fit the path (http-errors)",
    arguments: [
      (.post, "/x"), (.put, ""), (.patch, ""), (.options, ""), (.head, "/x"),
    ] as [(HTTPRequest.Method, String)])
  func method(method: HTTPRequest.Method, suffix: String) throws {
    let answer = try TestCluster().send(
      method, configMaps + suffix, configMap("x"), type: "application/merge-patch+json")
    #expect(
      answer.body
        == Self.failure(
          405, "MethodNotAllowed", "the server does not allow this method on the requested resource",
          details: [:]))
  }

  @Test(
    "when the patch is of an unknown type (http-errors)", arguments: ["application/json", "text/plain", "x"])
  func mediaType(type: String) throws {
    let cluster = try TestCluster()
    try cluster.send(.post, configMaps, configMap("x"))
    let answer = try cluster.send(.patch, configMaps + "/x", ["data": ["a": "b"]], type: type)
    #expect(
      answer.body == Self.failure(415, "UnsupportedMediaType", "415: Unsupported Media Type", details: [:]))
  }

  @Test("when a custom resource is patched strategically, with the types that are served")
  func unservedType() throws {
    let cluster = try TestCluster()
    let answer = try cluster.send(
      .patch, "/apis/networking.istio.io/v1/namespaces/n/virtualservices/x", [:],
      type: "application/strategic-merge-patch+json")
    #expect(answer.status == 415)
    #expect(
      answer.message.hasSuffix(
        "application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml"))
  }

  @Test(
    "when the body is not JSON (http-errors)",
    arguments: [#"{"apiVersion": "v1", "#, "[1,2]", "", "\"x\"", "\u{0}"])
  func notJSON(text: String) throws {
    let answer = try TestCluster().send(.post, configMaps, bytes: Array(text.utf8), type: "application/json")
    #expect(answer.status == 400 && answer.body["reason"] == "BadRequest")
    #expect(
      answer.message.hasPrefix(
        "the object provided is unrecognized (must be of type ConfigMap): couldn't get version/kind; "
          + "json parse error: "
      ))
  }

  @Test(
    "when the body does not fit the path (http-errors, apply-create)",
    arguments: [
      (
        .post, "", ["apiVersion": "v1", "kind": "Pod", "metadata": ["name": "x"]],
        wrongKind
      ),
      (
        .post, "",
        ["apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": "x", "namespace": "other"]],
        "the namespace of the provided object does not match the namespace sent on the request"
      ),
      (
        .put, "/x", ["apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": "y"]],
        "the name of the object (y) does not match the name on the URL (x)"
      ),
      (
        .put, "/x", ["apiVersion": "v1", "kind": "ConfigMap", "metadata": [:]],
        "the name of the object (x based on URL) was undeterminable: name must be provided"
      ),
      (
        .patch, "/x?fieldManager=a", ["apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": "b"]],
        "the name of the object (b) does not match the name on the URL (x)"
      ),
      (.patch, "/x?fieldManager=a", ["metadata": ["name": "x"]], "invalid object type: /, Kind="),
      (
        .patch, "/x?fieldManager=a", ["apiVersion": "v1", "kind": "ConfigMap", "metadata": [:]],
        "the name of the object (x based on URL) was undeterminable: name must be provided"
      ),
      (
        .patch, "/x?fieldManager=a",
        [
          "apiVersion": "v1", "kind": "ConfigMap",
          "metadata": ["name": "x", "managedFields": [["manager": "b"]]],
        ],
        "metadata.managedFields must be nil"
      ),
    ] as [(HTTPRequest.Method, String, JSONValue, String)])
  func mismatch(method: HTTPRequest.Method, suffix: String, body: JSONValue, message: String) throws {
    let answer = try TestCluster().send(
      method, configMaps + suffix, body,
      type: method == .patch ? "application/apply-patch+yaml" : "application/json")
    #expect(answer.body == Self.failure(400, "BadRequest", message))
  }

  @Test("when an apply does not say who applies (apply-create)", arguments: ["", "?fieldManager="])
  func noManager(query: String) throws {
    let answer = try TestCluster().send(
      .patch, configMaps + "/a" + query, configMap("a"), type: "application/apply-patch+yaml")
    #expect(
      answer.body
        == Self.failure(
          422, "Invalid",
          "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for apply "
            + "patch",
          details: [
            "group": "meta.k8s.io", "kind": "PatchOptions",
            "causes": [
              [
                "reason": "FieldValueRequired", "message": "Required value: is required for apply patch",
                "field": "fieldManager",
              ]
            ],
          ]))
  }

  @Test("when a new object brings a version (optimistic-locking)")
  func createWithVersion() throws {
    let answer = try TestCluster().send(
      .post, configMaps, configMap("d", metadata: [("resourceVersion", "5")]))
    #expect(answer.status == 500 && answer.body["reason"] == nil)
    #expect(answer.message == "resourceVersion should not be set on objects to be created")
  }

  @Test("when the body is larger than a real server takes")
  func tooLarge() throws {
    let bytes = [UInt8](repeating: 0x20, count: (3 << 20) + 1)
    let answer = try TestCluster().send(.post, configMaps, bytes: bytes, type: "application/json")
    #expect(answer.status == 413 && answer.body["reason"] == "RequestEntityTooLarge")
  }
}
