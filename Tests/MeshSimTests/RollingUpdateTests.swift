import KubeModel
import MeshSim
import Seams
import Synchronization
import Testing

@Suite("A rolling update")
struct RollingUpdateTests {
  struct Bounds: CustomTestStringConvertible, Sendable {
    let surge: JSONValue
    let unavailable: JSONValue

    var testDescription: String { "surge \(surge.jsonText()), unavailable \(unavailable.jsonText())" }

    /// The absolute bounds for a number of replicas: surge rounds up, unavailable down, both 0 is 0 and 1.
    func absolute(of replicas: Int) -> (surge: Int, unavailable: Int) {
      func resolve(_ value: JSONValue, up: Bool) -> Int {
        if let count = value.int { return Int(count) }
        let share = Double(replicas) * (Double(value.string?.dropLast() ?? "") ?? 0) / 100
        return Int(share.rounded(up ? .up : .down))
      }
      let (surge, unavailable) = (resolve(surge, up: true), resolve(unavailable, up: false))
      return surge == 0 && unavailable == 0 ? (0, 1) : (surge, unavailable)
    }
  }

  static let bounds = [
    Bounds(surge: "25%", unavailable: "25%"), Bounds(surge: 1, unavailable: 0),
    Bounds(surge: 0, unavailable: 1), Bounds(surge: 3, unavailable: 2), Bounds(surge: "100%", unavailable: 0),
    Bounds(surge: 0, unavailable: "10%"), Bounds(surge: "50%", unavailable: "50%"),
  ]

  /// As in Kubernetes, the upper bound is on what the ReplicaSets ask for: a ReplicaSet that was scaled
  /// down may take a moment to let its pods go.
  @Test("never has too few ready pods nor asks for too many at any commit", arguments: bounds, 1...10)
  func invariants(bounds: Bounds, replicas: Int) throws {
    let (surge, unavailable) = bounds.absolute(of: replicas)
    for seed in UInt64(1)...2 {
      let cluster = try TestCluster(seed: seed)
      cluster.cluster.setBehavior(
        ImageBehavior(startup: .seconds(2), startupJitter: .seconds(9)), ofImages: "*")
      func body(_ image: String) -> JSONValue {
        deployment(image: image, replicas: replicas, surge: bounds.surge, unavailable: bounds.unavailable)
      }
      try cluster.rollOut(body("web:1"))
      let extremes = Mutex((fewest: Int.max, most: 0))
      cluster.cluster.observe { _, view in
        let wanted = view.objects(.replicaSet, namespace: "n").map(\.replicas).reduce(0, +)
        let ready = view.readyPods(namespace: "n", labels: ["app": "web"])
        extremes.withLock { $0 = (min($0.fewest, ready), max($0.most, wanted)) }
      }
      // The third version comes while the second is on its way.
      try cluster.apply(deployments + "/web", body("web:2"), by: "t")
      cluster.advance(Double(seed * 3))
      try cluster.rollOut(body("web:3"))
      let (fewest, most) = extremes.withLock { $0 }
      #expect(fewest >= replicas - unavailable, "seed \(seed)")
      #expect(most <= replicas + surge, "seed \(seed)")
      let images = Set(
        cluster.cluster.view.objects(.pod, namespace: "n").filter { $0.deletionTimestamp == nil }.map(\.image)
      )
      #expect(images == ["web:3"], "seed \(seed)")
    }
  }

  @Test("of pods that never get ready halts where the bounds say (deployment-surge-and-unavailable)")
  func halts() throws {
    let cluster = try TestCluster()
    cluster.cluster.setBehavior(ImageBehavior(failure: .neverReady), ofImages: "web:bad")
    try cluster.rollOut(deployment(replicas: 10))
    try cluster.apply(deployments + "/web", deployment(image: "web:bad", replicas: 10), by: "t")
    cluster.advance(120)
    let web = try cluster.object(.deployment, "web")
    // 25 % of 10: 3 more, 2 fewer.
    let counts = ["replicas", "updatedReplicas", "readyReplicas", "availableReplicas", "unavailableReplicas"]
    #expect(counts.map(web.status) == [13, 5, 8, 8, 5])
    #expect(web.condition("Available")?["status"] == "True")
    #expect(web.condition("Progressing")?["reason"] == "ReplicaSetUpdated")
    try cluster.rollOut(deployment(image: "web:3", replicas: 10))
    #expect(cluster.cluster.view.objects(.replicaSet, namespace: "n").map(\.replicas).sorted() == [0, 0, 10])
  }

  @Test("by Recreate has no pod of the new version before the last of the old is gone")
  func recreate() throws {
    let cluster = try TestCluster()
    func body(_ image: String) -> JSONValue {
      deployment(image: image, replicas: 4, spec: [("strategy", ["type": "Recreate"])])
    }
    try cluster.rollOut(body("web:1"))
    let mixed = Mutex(0)
    cluster.cluster.observe { _, view in
      let images = Set(view.objects(.pod, namespace: "n").filter { $0.deletionTimestamp == nil }.map(\.image))
      if images.count > 1 { mixed.withLock { $0 += 1 } }
    }
    try cluster.rollOut(body("web:2"))
    #expect(mixed.withLock { $0 } == 0)
  }
}
