import HTTPTypes
import KubeModel
import MeshSim
import Seams
import Testing

@Suite("The parts of a pod")
struct PodPartTests {
  private static func cluster(_ resources: JSONValue = [:]) throws -> TestCluster {
    let cluster = try TestCluster()
    try cluster.send(
      .post, pods,
      [
        "metadata": ["name": "p", "labels": ["fake/pending": "true"]],
        "spec": ["containers": [["name": "c", "image": "i:1", "resources": resources]]],
      ])
    return cluster
  }

  private static func put(_ cluster: TestCluster, _ part: String, _ spec: JSONValue) throws
    -> TestCluster.Answer
  {
    try cluster.send(
      .patch, "\(pods)/p/\(part)", ["spec": spec], type: "application/strategic-merge-patch+json")
  }

  @Test("ephemeral containers are added, and neither changed nor taken away")
  func ephemeral() throws {
    let cluster = try Self.cluster()
    func set(_ image: String) throws -> TestCluster.Answer {
      try Self.put(
        cluster, "ephemeralcontainers",
        ["ephemeralContainers": [["name": "debug", "image": .string(image)]]])
    }
    let added = try set("busybox")
    #expect(added.status == 200 && added.object.generation == 2)
    let changed = try set("other")
    #expect(
      changed.message.contains(
        "spec.ephemeralContainers: Forbidden: existing ephemeral containers \"debug\" may not be changed"))
    let removed = try cluster.patch(
      pods + "/p/ephemeralcontainers", ["spec": ["ephemeralContainers": .null]])
    #expect(removed.message.contains("existing ephemeral containers \"debug\" may not be removed"))
  }

  @Test("containers get other amounts of what they ask for, as long as the quality of service stays")
  func resize() throws {
    let cluster = try Self.cluster(["requests": ["cpu": "100m"], "limits": ["memory": "1Gi"]])
    func set(_ resources: JSONValue) throws -> TestCluster.Answer {
      try Self.put(cluster, "resize", ["containers": [["name": "c", "resources": resources]]])
    }
    let more = try set(["requests": ["cpu": "200m"]])
    #expect(more.status == 200 && more.object.generation == 2)
    let removed = try set(["limits": ["memory": .null]])
    #expect(
      removed.message.hasSuffix(
        "spec.containers[0].resources.limits: Forbidden: resource limits cannot be removed"))
    let other = try set(["requests": ["ephemeral-storage": "1Gi"]])
    #expect(other.message.hasSuffix("spec: Forbidden: only cpu and memory resources are mutable"))
    let plain = try Self.cluster()
    let first = try Self.put(
      plain, "resize", ["containers": [["name": "c", "resources": ["requests": ["cpu": "1"]]]]])
    #expect(
      first.message.hasSuffix(
        "spec: Invalid value: \"BestEffort\": Pod QOS Class may not change as a result of resizing"))
  }
}
