import HTTPTypes
import KubeModel
import MeshSim
import Seams
import Testing

@Suite("A Deployment")
struct DeploymentTests {
  @Test("that is rolled out says so completely (deployment-rolling-update)")
  func complete() throws {
    let cluster = try TestCluster()
    try cluster.rollOut(deployment(replicas: 4))
    let web = try cluster.object(.deployment, "web")
    let counts = ["observedGeneration", "replicas", "updatedReplicas", "readyReplicas", "availableReplicas"]
    #expect(counts.map(web.status) == [1, 4, 4, 4, 4])
    #expect(web.revision == "1")
    let set = try #require(cluster.names(.replicaSet).first)
    let progressing = try #require(web.condition("Progressing"))
    #expect(progressing["status"] == "True" && progressing["reason"] == "NewReplicaSetAvailable")
    #expect(progressing["message"] == .string("ReplicaSet \"\(set)\" has successfully progressed."))
    let available = try #require(web.condition("Available"))
    #expect(available["status"] == "True" && available["reason"] == "MinimumReplicasAvailable")
    #expect(available["message"] == "Deployment has minimum availability.")
  }

  @Test("with no ready pod is not available (deployment-deadline)")
  func unavailable() throws {
    let cluster = try TestCluster()
    cluster.cluster.setBehavior(ImageBehavior(failure: .neverReady), ofImages: "*")
    try cluster.send(.post, deployments, deployment(replicas: 2))
    cluster.advance(10)
    let web = try cluster.object(.deployment, "web")
    #expect(web.status("replicas") == 2 && web.status("unavailableReplicas") == 2)
    #expect(web[path: "status", "readyReplicas"] == nil)
    let available = try #require(web.condition("Available"))
    #expect(available["status"] == "False" && available["reason"] == "MinimumReplicasUnavailable")
    #expect(available["message"] == "Deployment does not have minimum availability.")
  }

  @Test("that misses its progress deadline says so, and recovers by a good version (deployment-deadline)")
  func deadline() throws {
    let cluster = try TestCluster()
    cluster.cluster.setBehavior(ImageBehavior(failure: .neverReady), ofImages: "web:bad")
    let deadline: [(String, JSONValue)] = [("progressDeadlineSeconds", 60)]
    try cluster.send(.post, deployments, deployment(image: "web:bad", replicas: 2, spec: deadline))
    cluster.advance(50)
    #expect(try cluster.object(.deployment, "web").condition("Progressing")?["status"] == "True")
    cluster.advance(30)
    let late = try #require(try cluster.object(.deployment, "web").condition("Progressing"))
    let set = try #require(cluster.names(.replicaSet).first)
    #expect(late["status"] == "False" && late["reason"] == "ProgressDeadlineExceeded")
    #expect(late["message"] == .string("ReplicaSet \"\(set)\" has timed out progressing."))
    try cluster.rollOut(deployment(image: "web:2", replicas: 2, spec: deadline))
    let good = try #require(try cluster.object(.deployment, "web").condition("Progressing"))
    #expect(good["status"] == "True" && good["reason"] == "NewReplicaSetAvailable")
  }

  @Test("gets a new revision by a new template only (deployment-rolling-update)")
  func revisions() throws {
    let cluster = try TestCluster()
    try cluster.rollOut(deployment())
    try cluster.rollOut(deployment(image: "web:2"))
    #expect(try cluster.object(.deployment, "web").revision == "2")
    try cluster.patch(deployments + "/web", ["metadata": ["annotations": ["note": "x"]]])
    try cluster.patch(deployments + "/web", ["spec": ["replicas": 4]])
    try cluster.wait { $0.object(.deployment, namespace: "n", name: "web")?.isRolledOut == true }
    #expect(try cluster.object(.deployment, "web").revision == "2")
    #expect(cluster.names(.replicaSet).count == 2)
    try cluster.patch(
      deployments + "/web", ["spec": ["template": ["metadata": ["annotations": ["restarted": "yes"]]]]])
    try cluster.wait { $0.object(.deployment, namespace: "n", name: "web")?.isRolledOut == true }
    #expect(try cluster.object(.deployment, "web").revision == "3")
    #expect(
      cluster.cluster.view.objects(.pod, namespace: "n").contains { $0.annotations == ["restarted": "yes"] })
  }

  @Test("that is rolled back makes the old ReplicaSet current, with the newest revision")
  func rollback() throws {
    let cluster = try TestCluster()
    try cluster.rollOut(deployment())
    let first = try #require(cluster.names(.replicaSet).first)
    try cluster.rollOut(deployment(image: "web:2"))
    try cluster.rollOut(deployment())
    let sets = cluster.cluster.view.objects(.replicaSet, namespace: "n")
    #expect(sets.count == 2, "none is made anew")
    let current = try #require(sets.first { $0.name == first })
    #expect(current.replicas == 3 && current.revision == "3")
    #expect(sets.first { $0.name != first }?.replicas == 0)
    #expect(
      try cluster.object(.deployment, "web").revision == "3", "the Deployment says the revision of its set")
  }

  @Test("that is rolled back to what never gets ready misses its deadline again")
  func badRollback() throws {
    let cluster = try TestCluster()
    cluster.cluster.setBehavior(ImageBehavior(failure: .neverReady), ofImages: "web:bad")
    let deadline: [(String, JSONValue)] = [("progressDeadlineSeconds", 60)]
    let bad = deployment(image: "web:bad", replicas: 2, spec: deadline)
    try cluster.send(.post, deployments, bad)
    cluster.advance(20)
    try cluster.rollOut(deployment(image: "web:2", replicas: 2, spec: deadline))
    try cluster.apply(deployments + "/web", bad, by: "t")
    cluster.advance(20)
    #expect(try cluster.object(.deployment, "web").condition("Progressing")?["reason"] == "ReplicaSetUpdated")
    cluster.advance(100)
    #expect(
      try cluster.object(.deployment, "web").condition("Progressing")?["reason"] == "ProgressDeadlineExceeded"
    )
  }

  @Test("is scaled up and down, to nothing too", arguments: [(1, 8), (8, 1), (3, 0), (0, 3)])
  func scale(from: Int, to count: Int) throws {
    let cluster = try TestCluster()
    try cluster.rollOut(deployment(replicas: from))
    try cluster.patch(deployments + "/web", ["spec": ["replicas": .int(Int64(count))]])
    try cluster.wait {
      $0.object(.deployment, namespace: "n", name: "web")?.isRolledOut == true
        && $0.objects(.pod, namespace: "n").count == count
    }
    #expect(cluster.names(.replicaSet).count == 1)
  }

  @Test("removes pods that are not ready before those that are")
  func scaleDownOrder() throws {
    let cluster = try TestCluster()
    try cluster.rollOut(deployment(replicas: 4))
    let broken = try #require(cluster.names(.pod).last)
    cluster.cluster.crashPod(namespace: "n", name: broken)
    try cluster.patch(deployments + "/web", ["spec": ["replicas": 3]])
    cluster.advance(0.5)
    let deleted = cluster.cluster.view.objects(.pod, namespace: "n").filter { $0.deletionTimestamp != nil }
    #expect(deleted.map(\.name) == [broken])
  }

  @Test("that is paused keeps its pods, whatever its template says")
  func paused() throws {
    let cluster = try TestCluster()
    try cluster.rollOut(deployment())
    try cluster.patch(deployments + "/web", ["spec": ["paused": true]])
    try cluster.apply(deployments + "/web", deployment(image: "web:2"), by: "t")
    cluster.advance(60)
    #expect(Set(cluster.cluster.view.objects(.pod, namespace: "n").map(\.image)) == ["web:1"])
    try cluster.patch(deployments + "/web", ["spec": ["paused": false]])
    try cluster.wait { Set($0.objects(.pod, namespace: "n").map(\.image)) == ["web:2"] }
  }

  @Test("keeps as many old ReplicaSets as its history limit says (deployment-history-limit)")
  func history() throws {
    let cluster = try TestCluster()
    for version in 1...5 {
      try cluster.rollOut(deployment(image: "web:\(version)", spec: [("revisionHistoryLimit", 2)]))
    }
    cluster.advance(10)
    let sets = cluster.cluster.view.objects(.replicaSet, namespace: "n")
    #expect(Set(sets.compactMap(\.revision)) == ["3", "4", "5"])
  }

  @Test("whose pod is deleted gets another one")
  func replaced() throws {
    let cluster = try TestCluster()
    try cluster.rollOut(deployment(replicas: 2))
    let victim = try #require(cluster.names(.pod).first)
    try cluster.send(.delete, pods + "/" + victim)
    try cluster.wait {
      $0.readyPods(namespace: "n", labels: ["app": "web"]) == 2 && $0.objects(.pod, namespace: "n").count == 2
    }
    #expect(!cluster.names(.pod).contains(victim))
  }
}
