import HTTPTypes
import KubeModel
import MeshSim
import Seams
import Testing

@Suite("A pod")
struct PodTests {
  private static func cluster(_ failure: ImageBehavior.Failure) throws -> TestCluster {
    let cluster = try TestCluster()
    cluster.cluster.setBehavior(
      ImageBehavior(startup: .seconds(2), startupJitter: .zero, failure: failure), ofImages: "*")
    try cluster.send(.post, deployments, deployment(replicas: 1))
    return cluster
  }

  @Test("is bound to a node, gets an address and is ready after its start-up time")
  func starts() throws {
    let cluster = try PodTests.cluster(.none)
    cluster.advance(1.5)
    let pod = try cluster.object(.pod, try #require(cluster.names(.pod).first))
    #expect(pod[path: "spec", "nodeName"]?.string?.hasPrefix("eu-node-") == true)
    #expect(pod[path: "status", "podIP"]?.string?.hasPrefix("10.1.") == true)
    #expect(pod.condition("PodScheduled")?["status"] == "True" && pod.condition("Ready") == nil)
    cluster.advance(2)
    let ready = try cluster.object(.pod, pod.name)
    #expect(ready.condition("Ready")?["status"] == "True" && ready[path: "status", "phase"] == "Running")
    #expect(try cluster.containerStatus()["ready"] == true)
    #expect(try cluster.containerStatus()["restartCount"] == 0)
  }

  @Test("that crashes again and again restarts after 10, 20, 40, 80, 160 and then 300 seconds")
  func crashLoop() throws {
    let cluster = try PodTests.cluster(.crashLoop)
    cluster.advance(4)
    var crashes: [Timestamp] = []
    for restarts in 1...8 {
      #expect(try cluster.containerStatus()["restartCount"] == .int(Int64(restarts)))
      let status = try cluster.containerStatus()
      #expect(status[path: "state", "waiting", "reason"] == "CrashLoopBackOff" && status["ready"] == false)
      let finished = status[path: "lastState", "terminated", "finishedAt"]?.string
      crashes.append(try #require(finished.flatMap(Timestamp.init(rfc3339:))))
      try cluster.wait(atMost: 400) {
        $0.objects(.pod).first?[path: "status", "containerStatuses"]?.array?.first?["restartCount"]
          != .int(Int64(restarts))
      }
    }
    let pauses = zip(crashes.dropFirst(), crashes).map { ($0 - $1).inSeconds - 2 }
    for (pause, expected) in zip(pauses, [10.0, 20, 40, 80, 160, 300, 300]) {
      #expect(abs(pause - expected) <= 1, "\(pauses)")
    }
    #expect(try !cluster.object(.deployment, "web").isRolledOut)
  }

  @Test("whose image cannot be pulled waits for it")
  func imagePull() throws {
    let cluster = try PodTests.cluster(.imagePull)
    cluster.advance(600)
    let waiting = try cluster.containerStatus()[path: "state", "waiting"]
    #expect(waiting?["reason"] == "ImagePullBackOff")
    #expect(waiting?["message"] == "Back-off pulling image \"web:1\"")
    #expect(
      try cluster.object(.pod, try #require(cluster.names(.pod).first))[path: "status", "phase"] == "Pending")
  }

  @Test("whose probe never succeeds runs and is not ready")
  func neverReady() throws {
    let cluster = try PodTests.cluster(.neverReady)
    cluster.advance(600)
    let pod = try cluster.object(.pod, try #require(cluster.names(.pod).first))
    #expect(pod[path: "status", "phase"] == "Running" && pod.condition("Ready")?["status"] == "False")
    #expect(try cluster.containerStatus()[path: "state", "running"] != nil)
    #expect(try cluster.containerStatus()["restartCount"] == 0)
  }

  @Test("that crashes once comes back with one restart more")
  func crash() throws {
    let cluster = try PodTests.cluster(.none)
    cluster.advance(10)
    let name = try #require(cluster.names(.pod).first)
    cluster.cluster.crashPod(namespace: "n", name: name)
    #expect(try cluster.object(.pod, name).condition("Ready")?["status"] == "False")
    cluster.advance(5)
    #expect(try cluster.object(.pod, name).condition("Ready")?["status"] == "True")
    #expect(try cluster.containerStatus()["restartCount"] == 1)
    cluster.cluster.crashPod(namespace: "n", name: "none")
    #expect(cluster.names(.pod) == [name])
  }

  @Test("that is deleted serves no more at once and is gone after its termination")
  func deletion() throws {
    let cluster = try PodTests.cluster(.none)
    try cluster.send(.post, services, service())
    cluster.advance(10)
    let name = try #require(cluster.names(.pod).first)
    let answer = try cluster.send(.delete, pods + "/" + name)
    #expect(answer.status == 200 && answer.body["kind"] == "Pod" && answer.object.deletionTimestamp != nil)
    #expect(cluster.cluster.view.readyPods(namespace: "n", labels: ["app": "web"]) == 0)
    #expect(cluster.names(.pod).contains(name), "it is still there while it terminates")
    cluster.advance(3)
    #expect(!cluster.names(.pod).contains(name))
  }

  @Test("deleted before it was ready goes too", arguments: [0.01, 0.5, 1.5])
  func earlyDeletion(after seconds: Double) throws {
    let cluster = try PodTests.cluster(.none)
    try cluster.wait { !$0.objects(.pod).isEmpty }
    cluster.advance(seconds)
    let name = try #require(cluster.names(.pod).first)
    try cluster.send(.delete, pods + "/" + name)
    cluster.advance(5)
    #expect(!cluster.names(.pod).contains(name))
  }
}
