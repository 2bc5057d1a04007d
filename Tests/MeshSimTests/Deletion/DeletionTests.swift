import HTTPTypes
import KubeModel
import MeshSim
import Testing

@Suite("A deletion")
struct DeletionTests {
  private static func owned(_ name: String, by owner: KubeObject, blocks: Bool) -> JSONValue {
    configMap(
      name,
      metadata: [
        (
          "ownerReferences",
          [
            [
              "apiVersion": "v1", "kind": "ConfigMap", "name": .string(owner.name), "uid": .string(owner.uid),
              "blockOwnerDeletion": .bool(blocks),
            ]
          ]
        )
      ])
  }

  @Test("waits for finalizers, and completes when the last one goes (finalizers)")
  func finalizers() throws {
    let cluster = try TestCluster()
    try cluster.send(.post, configMaps, configMap("f", metadata: [("finalizers", ["example.com/a"])]))
    let held = try cluster.send(.delete, configMaps + "/f")
    #expect(held.object.deletionTimestamp != nil)
    #expect(held.body[path: "metadata", "deletionGracePeriodSeconds"] == 0)
    #expect(
      try cluster.send(.delete, configMaps + "/f").object.resourceVersion == held.object.resourceVersion)
    #expect(
      try cluster.send(.post, configMaps, configMap("f")).message
        == "object is being deleted: configmaps \"f\" already exists")
    try cluster.patch(configMaps + "/f", ["metadata": ["finalizers": .null]])
    #expect(try cluster.send(.get, configMaps + "/f").status == 404)
  }

  @Test("in the foreground lets what blocks it go first")
  func foreground() throws {
    let cluster = try TestCluster()
    let owner = try cluster.send(.post, configMaps, configMap("owner")).object
    try cluster.send(.post, configMaps, Self.owned("held", by: owner, blocks: true))
    try cluster.patch(configMaps + "/held", ["metadata": ["finalizers": ["example.com/hold"]]])
    let answer = try cluster.send(.delete, configMaps + "/owner?propagationPolicy=Foreground")
    #expect(answer.body[path: "metadata", "finalizers"] == ["foregroundDeletion"])
    cluster.advance(5)
    #expect(try cluster.object(.configMap, "held").deletionTimestamp != nil)
    #expect(try cluster.send(.get, configMaps + "/owner").status == 200, "it waits")
    try cluster.patch(configMaps + "/held", ["metadata": ["finalizers": .null]])
    cluster.advance(5)
    #expect(try cluster.send(.get, configMaps + "/owner").status == 404)
  }

  @Test("that orphans leaves what was owned without its owner (gc-orphan)")
  func orphan() throws {
    let cluster = try TestCluster()
    let owner = try cluster.send(.post, configMaps, configMap("owner")).object
    try cluster.send(.post, configMaps, Self.owned("kept", by: owner, blocks: false))
    try cluster.send(.delete, configMaps + "/owner?propagationPolicy=Orphan")
    cluster.advance(5)
    #expect(try cluster.send(.get, configMaps + "/owner").status == 404)
    #expect(try cluster.object(.configMap, "kept")[path: "metadata", "ownerReferences"] == nil)
  }

  @Test("of a pod gives it time, which can only get shorter (pod-binding)")
  func grace() throws {
    let cluster = try TestCluster()
    let pod: JSONValue = [
      "metadata": ["name": "p"],
      "spec": [
        "schedulerName": "nobody", "nodeName": "none-such", "containers": [["name": "a", "image": "a:1"]],
        "terminationGracePeriodSeconds": 20,
      ],
    ]
    try cluster.send(.post, pods, pod)
    func grace(_ query: String = "") throws -> Int64? {
      try cluster.send(.delete, pods + "/p" + query).body[path: "metadata", "deletionGracePeriodSeconds"]?.int
    }
    #expect(try [grace(), grace("?gracePeriodSeconds=5"), grace("?gracePeriodSeconds=60")] == [20, 5, 5])
    #expect(try grace("?gracePeriodSeconds=0") == 0)
    #expect(try cluster.send(.get, pods + "/p").status == 404)
  }

  @Test("of a namespace takes everything in it, and lets nothing new in (namespace-lifecycle)")
  func namespace() throws {
    let cluster = try TestCluster()
    try cluster.send(.post, configMaps, configMap("held", metadata: [("finalizers", ["example.com/hold"])]))
    try cluster.send(.post, configMaps, configMap("plain"))
    #expect(try cluster.send(.delete, "/api/v1/namespaces/n").body[path: "status", "phase"] == "Terminating")
    let late = try cluster.send(.post, configMaps, configMap("late"))
    #expect(late.status == 403 && late.message.hasSuffix("namespace n because it is being terminated"))
    cluster.advance(5)
    #expect(try cluster.send(.get, configMaps + "/plain").status == 404)
    let waiting = try cluster.send(.get, "/api/v1/namespaces/n").object
    #expect(
      waiting.condition("NamespaceFinalizersRemaining")?["message"]
        == "Some content in the namespace has finalizers remaining: example.com/hold in 1 resource instances")
    try cluster.patch(configMaps + "/held", ["metadata": ["finalizers": .null]])
    cluster.advance(20)
    #expect(try cluster.send(.get, "/api/v1/namespaces/n").status == 404)
    #expect(try cluster.send(.delete, "/api/v1/namespaces/default").status == 403)
  }
}
