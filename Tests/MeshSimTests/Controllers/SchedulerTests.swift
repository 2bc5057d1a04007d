import HTTPTypes
import KubeModel
import MeshSim
import Testing

@Suite("The scheduler")
struct SchedulerTests {
  private static func pod(_ name: String, spec extra: [(String, JSONValue)] = [], cpu: String = "100m")
    -> JSONValue
  {
    var spec: JSONValue = [
      "containers": [["name": "app", "image": "x:1", "resources": ["requests": ["cpu": .string(cpu)]]]]
    ]
    for (key, value) in extra { spec[key] = value }
    return [
      "apiVersion": "v1", "kind": "Pod", "metadata": ["name": .string(name), "labels": ["app": "x"]],
      "spec": spec,
    ]
  }

  private static func refusal(_ body: JSONValue, prepare: (TestCluster) throws -> Void = { _ in }) throws
    -> String?
  {
    let cluster = try TestCluster()
    try prepare(cluster)
    try cluster.send(.post, pods, body)
    cluster.advance(1)
    let condition = try cluster.object(.pod, "p").condition("PodScheduled")
    #expect(condition?["reason"] == "Unschedulable")
    return condition?["message"]?.string
  }

  @Test("says what each node lacks")
  func messages() throws {
    let big = try Self.refusal(Self.pod("p", cpu: "100"))
    #expect(
      big == "0/3 nodes are available: 3 Insufficient cpu. no new claims to deallocate, preemption: "
        + "0/3 nodes are available: 3 No preemption victims found for incoming pod.")
    let picky = try Self.refusal(Self.pod("p", spec: [("nodeSelector", ["none": "such"])]))
    #expect(
      picky == "0/3 nodes are available: 3 node(s) didn't match Pod's node affinity/selector. "
        + "no new claims to deallocate, preemption: 0/3 nodes are available: "
        + "3 Preemption is not helpful for scheduling.")
  }

  @Test("passes over cordoned nodes, and takes them again")
  func cordon() throws {
    let cluster = try TestCluster()
    cluster.advance(1)
    for node in ["eu-node-1", "eu-node-2", "eu-node-3"] {
      try cluster.patch("/api/v1/nodes/\(node)", ["spec": ["unschedulable": true]])
    }
    try cluster.send(.post, pods, Self.pod("p"))
    cluster.advance(1)
    let waiting = try cluster.object(.pod, "p")
    #expect(
      waiting.condition("PodScheduled")?["message"]?.string?.hasPrefix(
        "0/3 nodes are available: 3 node(s) were unschedulable.") == true)
    try cluster.patch("/api/v1/nodes/eu-node-2", ["spec": ["unschedulable": .null]])
    cluster.advance(1)
    #expect(try cluster.object(.pod, "p")[path: "spec", "nodeName"] == "eu-node-2")
  }

  @Test("spreads pods that repel each other, and leaves over what has no place")
  func antiAffinity() throws {
    let cluster = try TestCluster()
    let term: JSONValue = [
      "labelSelector": ["matchLabels": ["app": "x"]], "topologyKey": "kubernetes.io/hostname",
    ]
    let affinity: JSONValue = ["podAntiAffinity": ["requiredDuringSchedulingIgnoredDuringExecution": [term]]]
    for index in 0..<4 {
      try cluster.send(.post, pods, Self.pod("p\(index)", spec: [("affinity", affinity)]))
      cluster.advance(1)
    }
    let nodes = cluster.cluster.view.objects(.pod, namespace: "n").compactMap {
      $0[path: "spec", "nodeName"]?.string
    }
    #expect(nodes.count == 3 && Set(nodes).count == 3)
  }

  @Test("keeps zones within the skew", arguments: [UInt64(1), 2, 3])
  func spread(seed: UInt64) throws {
    let cluster = try TestCluster(seed: seed)
    let constraint: JSONValue = [
      "maxSkew": 1, "topologyKey": "topology.kubernetes.io/zone", "whenUnsatisfiable": "DoNotSchedule",
      "labelSelector": ["matchLabels": ["app": "x"]],
    ]
    for index in 0..<7 {
      try cluster.send(
        .post, pods, Self.pod("p\(index)", spec: [("topologySpreadConstraints", [constraint])]))
    }
    cluster.advance(2)
    let nodes = cluster.cluster.view.objects(.pod, namespace: "n").compactMap {
      $0[path: "spec", "nodeName"]?.string
    }
    let counts = Dictionary(grouping: nodes) { $0 }.values.map(\.count)
    #expect(nodes.count == 7 && counts.sorted() == [2, 2, 3], "seed \(seed)")
  }
}
