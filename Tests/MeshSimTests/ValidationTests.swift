import HTTPTypes
import KubeModel
import MeshSim
import Testing

@Suite("A manifest is refused")
struct ValidationTests {
  private static let containers: JSONValue = [["name": "app", "image": "registry.example/app:1"]]

  private static func labels(_ value: String) -> String {
    "spec.template.metadata.labels: Invalid value: \(value): `selector` does not match template `labels`"
  }

  private static func spec(_ change: (inout JSONValue) -> Void) -> JSONValue {
    var spec: JSONValue = [
      "selector": ["matchLabels": ["app": "d"]],
      "template": ["metadata": ["labels": ["app": "d"]], "spec": ["containers": containers]],
    ]
    change(&spec)
    return spec
  }

  @Test(
    "with what is wrong (workload-validation)",
    arguments: [
      (
        spec { $0["selector"] = nil },
        "[spec.selector: Required value, \(labels(#"{"app":"d"}"#))]"
      ),
      (
        spec { $0["template"]?["metadata"] = ["labels": ["app": "e"]] },
        labels(#"{"app":"e"}"#)
      ),
      (spec { $0["replicas"] = -1 }, "spec.replicas: Invalid value: -1: must be greater than or equal to 0"),
      (
        spec { $0["strategy"] = ["rollingUpdate": ["maxSurge": 0, "maxUnavailable": 0]] },
        "spec.strategy.rollingUpdate.maxUnavailable: Invalid value: 0: may not be 0 when `maxSurge` is 0"
      ),
      (
        [:],
        "[spec.selector: Required value, \(labels("null")), spec.template.spec.containers: Required value]"
      ),
    ] as [(JSONValue, String)])
  func workload(spec: JSONValue, text: String) throws {
    let body: JSONValue = [
      "apiVersion": "apps/v1", "kind": "Deployment", "metadata": ["name": "d"], "spec": spec,
    ]
    let answer = try TestCluster().send(.post, deployments, body)
    #expect(answer.status == 422 && answer.body["reason"] == "Invalid")
    #expect(answer.message == "Deployment.apps \"d\" is invalid: \(text)")
    #expect(
      answer.body[path: "details", "kind"] == "Deployment" && answer.body[path: "details", "group"] == "apps")
  }

  @Test("when the selector changes, which is for ever")
  func selector() throws {
    let cluster = try TestCluster()
    try cluster.send(.post, deployments, deployment())
    let answer = try cluster.patch(
      deployments + "/web",
      [
        "spec": [
          "selector": ["matchLabels": ["app": "x"]], "template": ["metadata": ["labels": ["app": "x"]]],
        ]
      ])
    #expect(answer.status == 422 && answer.message.contains("field is immutable"))
  }

  @Test(
    "by its name (names-and-labels)",
    arguments: ["Upper", "a/b", "..", "-a", "a-", "a..b", "é", String(repeating: "x", count: 254)])
  func names(name: String) throws {
    let answer = try TestCluster().send(.post, configMaps, configMap(name))
    #expect(answer.status == 422)
    let words =
      name.utf8.count > 253
      ? "must be no more than 253 characters"
      : "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', "
        + "and must start and end with an alphanumeric character (e.g. 'example.com', regex used for "
        + "validation is "
        + "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"
    #expect(
      answer.message
        == "ConfigMap \"\(name)\" is invalid: metadata.name: "
        + "Invalid value: \(JSONValue.string(name).jsonText()): \(words)")
  }

  @Test("without a name (names-and-labels)")
  func noName() throws {
    let answer = try TestCluster().send(
      .post, configMaps, ["apiVersion": "v1", "kind": "ConfigMap", "metadata": [:]])
    #expect(
      answer.message
        == "ConfigMap \"\" is invalid: metadata.name: Required value: name or generateName is required")
    #expect(answer.body[path: "details", "name"] == nil)
  }

  @Test(
    "with a number that no controller could count with, and nothing crashes",
    arguments: [
      ("replicas", .int(.max)), ("replicas", 2_147_483_648), ("replicas", "three"),
      ("replicas", .double(1.5)),
      ("revisionHistoryLimit", .int(.max)), ("revisionHistoryLimit", -1),
      ("progressDeadlineSeconds", .int(.max)),
      ("maxSurge", .int(.max)), ("maxSurge", "-5%"), ("maxSurge", "5"),
      ("maxUnavailable", .int(.min)), ("maxUnavailable", "%"),
    ] as [(String, JSONValue)])
  func hugeNumbers(field: String, value: JSONValue) throws {
    let isBound = field.hasPrefix("max")
    let body =
      isBound
      ? deployment(surge: field == "maxSurge" ? value : 1, unavailable: field == "maxSurge" ? 1 : value)
      : deployment(spec: [(field, value)])
    let cluster = try TestCluster()
    // What a field cannot hold is no JSON for it (400, 500 in an apply); the rest is refused (422).
    #expect([400, 422].contains(try cluster.send(.post, deployments, body).status))
    #expect([400, 422, 500].contains(try cluster.apply(deployments + "/web", body, by: "m").status))
    cluster.advance(60)
  }

  @Test(
    "when it is a VirtualService that Istio's webhook would refuse",
    arguments: [
      ([:], "at least one host"), (["hosts": ["web"]], "http, tcp or tls must be provided"),
      (["hosts": ["web"], "http": [["route": [["weight": -1]]]]], "weight must not be negative"),
      (
        ["hosts": ["web"], "http": [["route": [["weight": 0], ["weight": 0]]]]],
        "total destination weight = 0"
      ),
      (
        ["hosts": ["web"], "http": [["route": [["weight": .int(.max)], ["weight": .int(.max)]]]]],
        "weight must fit 32 bits"
      ),
    ] as [(JSONValue, String)])
  func virtualService(spec: JSONValue, text: String) throws {
    let answer = try TestCluster().send(
      .post, "/apis/networking.istio.io/v1/namespaces/n/virtualservices",
      [
        "apiVersion": "networking.istio.io/v1", "kind": "VirtualService", "metadata": ["name": "web"],
        "spec": spec,
      ])
    #expect(answer.status == 400)
    #expect(
      answer.message.hasPrefix(
        "admission webhook \"validation.istio.io\" denied the request: configuration is invalid: "))
    #expect(answer.message.contains(text))
  }
}
