import KubeModel
import Testing

@Suite("A Kubernetes object")
struct KubeObjectTests {
  @Test("of a kind has its identity and nothing else")
  func identity() {
    let object = KubeObject(kind: .deployment, namespace: "shop", name: "web")
    #expect(
      object.json == [
        "apiVersion": "apps/v1", "kind": "Deployment", "metadata": ["name": "web", "namespace": "shop"],
      ])
    #expect(object.reference.description == "Deployment shop/web")
    #expect(KubeObject(kind: .namespace, name: "shop").json["metadata"] == ["name": "shop"])
    #expect(KubeObject(kind: .namespace, name: "shop").reference.description == "Namespace shop")
  }

  @Test("is none when the JSON is no object", arguments: [.null, "x", 1, [], true] as [JSONValue])
  func none(value: JSONValue) {
    #expect(KubeObject(value) == nil)
  }

  @Test("has names for what all kinds share")
  func accessors() throws {
    let object = try #require(
      KubeObject([
        "apiVersion": "v1", "kind": "Pod",
        "metadata": [
          "name": "p", "namespace": "n", "uid": "u", "resourceVersion": "7", "generation": 3,
          "deletionTimestamp": "2026-01-01T00:00:00Z", "creationTimestamp": "2025-01-01T00:00:00Z",
          "labels": ["a": "1"], "annotations": ["b": "2"],
          "ownerReferences": [["name": "x"], ["name": "y", "controller": true], ["controller": false]],
        ],
        "status": [
          "conditions": [["type": "Ready", "status": "True"], ["type": "Other", "status": "False"]]
        ],
      ]))
    #expect(object.apiVersion == "v1" && object.kind == "Pod")
    #expect(object.name == "p" && object.namespace == "n" && object.uid == "u")
    #expect(object.resourceVersion == "7" && object.generation == 3)
    #expect(object.deletionTimestamp == "2026-01-01T00:00:00Z")
    #expect(object.creationTimestamp == "2025-01-01T00:00:00Z")
    #expect(object.labels == ["a": "1"] && object.annotations == ["b": "2"])
    #expect(object.controllerReference?["name"] == "y")
    #expect(object.condition("Ready")?["status"] == "True")
    #expect(object.condition("Missing") == nil)
    #expect(object[path: "metadata", "labels", "a"] == "1")
  }

  @Test(
    "with members of the wrong type reads as if they were absent",
    arguments: [
      [:], ["metadata": "text"],
      ["metadata": ["name": 1, "labels": ["x"], "generation": "3", "ownerReferences": 1]],
      ["kind": 5, "apiVersion": [], "metadata": .null, "status": ["conditions": "none"]],
    ] as [JSONValue])
  func wrongTypes(value: JSONValue) throws {
    let object = try #require(KubeObject(value))
    #expect(object.name.isEmpty && object.kind.isEmpty && object.apiVersion.isEmpty)
    #expect(object.namespace == nil && object.uid.isEmpty && object.generation == 0)
    #expect(object.labels.isEmpty && object.annotations.isEmpty)
    #expect(object.controllerReference == nil && object.condition("Ready") == nil)
  }

  @Test("is changed by name and by path")
  func changes() {
    var object = KubeObject(kind: .configMap, namespace: "n", name: "c")
    object.labels["a"] = "1"
    object.annotations = ["b": "2"]
    object.set("data", "k", to: "v")
    object.name = "d"
    object.namespace = nil
    #expect(
      object.json == [
        "apiVersion": "v1", "kind": "ConfigMap", "data": ["k": "v"],
        "metadata": ["name": "d", "labels": ["a": "1"], "annotations": ["b": "2"]],
      ])
    object.set("data", "k", to: nil)
    #expect(object.fields["data"] == nil)
  }

  @Test("reads labels that are strings and leaves out the others")
  func labels() {
    #expect(KubeObject(["metadata": ["labels": ["a": "1", "b": 2, "c": .null]]])?.labels == ["a": "1"])
  }

  @Test("is ordered by namespace, kind and name")
  func order() {
    func reference(_ namespace: String?, _ kind: String, _ name: String) -> ObjectReference {
      ObjectReference(apiVersion: "v1", kind: kind, namespace: namespace, name: name)
    }
    let sorted = [
      reference(nil, "Namespace", "z"), reference("a", "Pod", "b"), reference("a", "Service", "a"),
      reference("a", "Service", "b"), reference("b", "Pod", "a"),
    ]
    #expect(sorted.reversed().sorted() == sorted)
  }

  @Test(
    "has a path by its kind",
    arguments: [
      (.pod, "n", "/api/v1/namespaces/n/pods", "pods"), (.pod, nil, "/api/v1/pods", "pods"),
      (.deployment, "n", "/apis/apps/v1/namespaces/n/deployments", "deployments.apps"),
      (.namespace, "ignored", "/api/v1/namespaces", "namespaces"),
      (
        .virtualService, nil, "/apis/networking.istio.io/v1/virtualservices",
        "virtualservices.networking.istio.io"
      ),
    ] as [(ResourceKind, String?, String, String)])
  func path(kind: ResourceKind, namespace: String?, path: String, description: String) {
    #expect(kind.path(namespace: namespace) == path)
    #expect(kind.description == description)
    #expect(ResourceKind.known(apiVersion: kind.apiVersion, kind: kind.kind) == kind)
  }
}
