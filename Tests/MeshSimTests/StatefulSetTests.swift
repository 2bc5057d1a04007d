import HTTPTypes
import KubeModel
import MeshSim
import Testing

@Suite("The pods of a StatefulSet")
struct StatefulSetTests {
  private static let path = "/apis/apps/v1/namespaces/n/statefulsets/db"

  private static func set(image: String = "db:1", replicas: Int64 = 3, isParallel: Bool = false) -> JSONValue
  {
    [
      "apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": ["name": "db"],
      "spec": [
        "replicas": .int(replicas), "serviceName": "db-pods",
        "podManagementPolicy": isParallel ? "Parallel" : "OrderedReady",
        "selector": ["matchLabels": ["app": "db"]],
        "template": [
          "metadata": ["labels": ["app": "db"]],
          "spec": ["containers": [["name": "db", "image": .string(image)]]],
        ],
        "volumeClaimTemplates": [
          [
            "metadata": ["name": "data"],
            "spec": ["accessModes": ["ReadWriteOnce"], "resources": ["requests": ["storage": "1Gi"]]],
          ]
        ],
      ],
    ]
  }

  @Test("come one after the other, each with its ordinal, its host name and its own claim")
  func comeInOrder() throws {
    let cluster = try TestCluster()
    try cluster.apply(StatefulSetTests.path, StatefulSetTests.set(), by: "t")
    cluster.advance(0.5)
    #expect(cluster.names(.pod) == ["db-0"])
    try cluster.wait { $0.object(.statefulSet, namespace: "n", name: "db")?.status("readyReplicas") == 3 }
    #expect(cluster.names(.pod) == ["db-0", "db-1", "db-2"])
    let pod = try cluster.object(.pod, "db-2")
    #expect(pod[path: "spec", "hostname"] == "db-2" && pod[path: "spec", "subdomain"] == "db-pods")
    #expect(
      pod[path: "spec", "volumes"]?.array?.first
        == ["name": "data", "persistentVolumeClaim": ["claimName": "data-db-2"]])
  }

  @Test("come all at once when none has to wait for another")
  func comeTogether() throws {
    let cluster = try TestCluster()
    try cluster.apply(StatefulSetTests.path, StatefulSetTests.set(isParallel: true), by: "t")
    cluster.advance(0.5)
    #expect(cluster.names(.pod) == ["db-0", "db-1", "db-2"])
  }

  @Test("are replaced from the highest down, one at a time")
  func areReplacedDownwards() throws {
    let cluster = try TestCluster()
    try cluster.apply(StatefulSetTests.path, StatefulSetTests.set(), by: "t")
    try cluster.wait { $0.object(.statefulSet, namespace: "n", name: "db")?.status("readyReplicas") == 3 }
    try cluster.apply(StatefulSetTests.path, StatefulSetTests.set(image: "db:2"), by: "t")
    var order: [[String]] = []
    try cluster.wait { view in
      let pods = view.objects(.pod, namespace: "n")
      let old = pods.filter { $0.image == "db:1" }.map(\.name)
      if order.last != old { order.append(old) }
      #expect(pods.count { $0.condition("Ready")?["status"] == "True" && $0.deletionTimestamp == nil } >= 2)
      return old.isEmpty
        && view.object(.statefulSet, namespace: "n", name: "db")?.status("readyReplicas") == 3
    }
    #expect(order == [["db-0", "db-1", "db-2"], ["db-0", "db-1"], ["db-0"], []])
    let set = try cluster.object(.statefulSet, "db")
    #expect(set[path: "status", "currentRevision"] == set[path: "status", "updateRevision"])
  }

  @Test("go from the highest down, and come back under their old names")
  func keepTheirNames() throws {
    let cluster = try TestCluster()
    try cluster.apply(StatefulSetTests.path, StatefulSetTests.set(), by: "t")
    try cluster.wait { $0.object(.statefulSet, namespace: "n", name: "db")?.status("readyReplicas") == 3 }
    try cluster.send(.delete, pods + "/db-1")
    try cluster.wait { $0.objects(.pod, namespace: "n").count == 2 }
    try cluster.wait { $0.object(.statefulSet, namespace: "n", name: "db")?.status("readyReplicas") == 3 }
    #expect(cluster.names(.pod) == ["db-0", "db-1", "db-2"])
    try cluster.apply(StatefulSetTests.path, StatefulSetTests.set(replicas: 1), by: "t")
    try cluster.wait { $0.objects(.pod, namespace: "n").count == 1 }
    #expect(cluster.names(.pod) == ["db-0"])
  }
}
