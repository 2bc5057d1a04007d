import HTTPTypes
import KubeModel
import MeshSim
import Testing

@Suite("A list")
struct ListTests {
  private static func cluster() throws -> TestCluster {
    let cluster = try TestCluster()
    try cluster.send(.post, "/api/v1/namespaces", namespaceJSON("m"))
    for (name, labels) in [
      ("one", ["t": "s", "env": "prod", "tier": "web"]), ("two", ["t": "s", "env": "dev"]),
      ("three", ["t": "s", "tier": ""]),
    ] as [(String, JSONValue)] {
      try cluster.send(.post, configMaps, configMap(name, metadata: [("labels", labels)]))
    }
    try cluster.send(.post, "/api/v1/namespaces/m/configmaps", configMap("other"))
    return cluster
  }

  /// Without what the cluster itself keeps.
  private static func names(_ answer: TestCluster.Answer) -> [String] {
    (answer.body["items"]?.array ?? []).compactMap { $0[path: "metadata", "name"]?.string }
      .filter { $0 != "kube-root-ca.crt" && $0 != "extension-apiserver-authentication" }
  }

  @Test(
    "holds what the labels select (list-selectors)",
    arguments: [
      ("t=s,env=prod", ["one"]), ("t==s,env!=prod", ["three", "two"]), ("t,env", ["one", "two"]),
      ("t,!env", ["three"]), ("t=s,env in (prod,dev)", ["one", "two"]),
      ("t=s,env notin (prod)", ["three", "two"]), ("t=s,tier=", ["three"]),
      ("t=s,tier in (,web)", ["one", "three"]), ("env=prod,env=dev", []), ("t=s, env = dev ", ["two"]),
      ("", ["one", "three", "two"]),
    ])
  func labels(selector: String, names: [String]) throws {
    let query = selector.map { $0 == " " ? "%20" : String($0) }.joined()
    let answer = try ListTests.cluster().send(.get, configMaps + "?labelSelector=\(query)")
    #expect(answer.status == 200 && ListTests.names(answer) == names)
  }

  @Test(
    "is refused for a selector that is none (list-selectors)",
    arguments: [
      "labelSelector=a%20b", "labelSelector=-x=1", "labelSelector=t%20in%20()x", "fieldSelector=spec.image=x",
    ])
  func badSelector(query: String) throws {
    let answer = try TestCluster().send(.get, configMaps + "?" + query)
    #expect(answer.status == 400 && answer.body["reason"] == "BadRequest")
    let words = "\"spec.image\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\""
    if query.hasPrefix("field") { #expect(answer.message == words) }
  }

  @Test("can be of one name, and the name may be as long as names are")
  func fieldSelector() throws {
    let cluster = try ListTests.cluster()
    #expect(
      ListTests.names(try cluster.send(.get, configMaps + "?fieldSelector=metadata.name=two")) == ["two"])
    let long = String(repeating: "x", count: 200)
    try cluster.send(.post, configMaps, configMap(long))
    #expect(
      ListTests.names(try cluster.send(.get, configMaps + "?fieldSelector=metadata.name%3D\(long)")) == [long]
    )
  }

  @Test("of one namespace or of all is ordered, says its kind and the cluster's version")
  func scope() throws {
    let cluster = try ListTests.cluster()
    cluster.advance(1)  // until each namespace has what belongs to it
    try cluster.send(.put, configMaps + "/two", configMap("two", ["a": "b"]))
    let all = try cluster.send(.get, "/api/v1/configmaps")
    #expect(ListTests.names(all) == ["other", "one", "three", "two"], "by namespace, then by name")
    #expect(all.body["kind"] == "ConfigMapList" && all.body["apiVersion"] == "v1")
    let newest = try cluster.send(.get, configMaps + "/two").object.resourceVersion
    #expect(all.object.resourceVersion == newest)
    #expect(all.body["items"]?.array?.allSatisfy { $0["kind"] == nil && $0["apiVersion"] == nil } == true)
  }

  @Test("in a namespace that does not exist is empty (http-errors)")
  func noNamespace() throws {
    let answer = try TestCluster().send(.get, "/api/v1/namespaces/none/configmaps")
    #expect(answer.status == 200 && answer.body["items"] == [])
  }
}
