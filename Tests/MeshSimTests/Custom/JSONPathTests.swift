import KubeModel
import Testing

@testable import MeshSim

@Suite("Paths of printer columns")
struct JSONPathTests {
  private static let object: JSONValue = [
    "metadata": ["name": "n", "labels": ["app.kubernetes.io/name": "web", "x": "y"]],
    "spec": [
      "ports": [["name": "a", "port": 1], ["name": "b", "port": 2]], "on": true, "ratio": .double(1.5),
      "none": .null,
    ],
    "status": [
      "conditions": [["type": "Ready", "status": "True"], ["type": "Done", "status": "False", "n": 3]]
    ],
  ]

  @Test(
    "a path leads to its value",
    arguments: [
      (".metadata.name", "n"), ("{.metadata.name}", "n"), ("$.metadata.name", "n"),
      (".spec.ports[0].name", "a"),
      (".spec.ports[-1].name", "b"), (".spec.ports[*].port", "1 2"), (".spec.ports[0:1].name", "a"),
      (".spec.ports[0,1].name", "a b"), (#".metadata.labels.app\.kubernetes\.io/name"#, "web"),
      (".metadata.labels['app.kubernetes.io/name']", "web"),
      (".metadata.labels['x','app.kubernetes.io/name']", "y web"),
      (#".status.conditions[?(@.type=="Ready")].status"#, "True"),
      (#".status.conditions[?(@.type!='Ready')].status"#, "False"),
      (".status.conditions[?(@.n>2)].type", "Done"),
      (".status.conditions[?(@.n)].type", "Done"), (".spec.on", "true"), (".spec.ratio", "1.5"),
      ("..port", "1 2"), (".spec.ports", #"[{"name":"a","port":1},{"name":"b","port":2}]"#),
      (".spec.none", ""),
      (".spec.ports.*.name", "a b"), ("metadata.name", "n"),
    ])
  func text(_ path: String, _ text: String) throws {
    #expect(try #require(JSONPath(path)).text(in: JSONPathTests.object) == text)
  }

  @Test(
    "a path to nothing has no text",
    arguments: [
      ".odd", ".spec.ports[7].name", ".metadata.name.x", ".status.conditions[?(@.type=='X')].status",
    ])
  func nothing(_ path: String) throws {
    #expect(try #require(JSONPath(path)).text(in: JSONPathTests.object) == nil)
  }

  @Test(
    "what is no path is refused",
    arguments: ["[", ".a[", ".a[?(", ".a['x", ".a b", ".a[?(@.x ~ 1)]", "{.a", ".a]"])
  func refused(_ path: String) { #expect(JSONPath(path) == nil) }

  @Test("deeply nested filters are refused")
  func hostile() { #expect(JSONPath(String(repeating: ".a[?(@", count: 100)) == nil) }
}
