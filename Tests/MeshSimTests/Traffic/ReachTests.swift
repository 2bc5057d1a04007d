import KubeModel
import Seams
import Testing

@testable import MeshSim

@Suite("What becomes of a request in a cluster")
struct ReachTests {
  private static func ways(_ mesh: MeshCluster, from: String = "a", to: String = "b") -> [String] {
    mesh.cluster.cluster.reach(
      from: from == "outside" ? .outside() : .workload(namespace: "n", name: from), to: MeshCluster.name(to)
    ).map { way in
      let end = way.verdict.isServed ? "served" : "\(way.verdict.layer) \(way.verdict.status)"
      return "\(Int((way.share * 100).rounded())) \(way.subset.map { $0 + " " } ?? "")\(end)"
    }
  }

  @Test("is that it arrives, where nothing is in its way")
  func arrives() throws {
    let mesh = try MeshCluster(["a", "b"])
    #expect(ReachTests.ways(mesh) == ["100 served"])
    #expect(ReachTests.ways(mesh, from: "outside") == ["100 served"])
    #expect(ReachTests.ways(mesh, from: "nobody").isEmpty)
  }

  @Test("is 503 for the share of a subset without pods")
  func emptySubset() throws {
    let mesh = try MeshCluster(["a", "b"])
    let istio = "/apis/networking.istio.io/v1/namespaces/n/"
    try mesh.cluster.apply(
      istio + "destinationrules/b",
      [
        "apiVersion": "networking.istio.io/v1", "kind": "DestinationRule", "metadata": ["name": "b"],
        "spec": [
          "host": "b",
          "subsets": [
            ["name": "here", "labels": ["app": "b"]], ["name": "gone", "labels": ["version": "v2"]],
          ],
        ],
      ], by: "t")
    let targets: JSONValue = [
      ["destination": ["host": "b", "subset": "here"], "weight": 70],
      ["destination": ["host": "b", "subset": "gone"], "weight": 30],
    ]
    try mesh.route("b", ["route": targets])
    #expect(ReachTests.ways(mesh) == ["70 here served", "30 gone endpoints 503"])
  }

  @Test("is a refusal of plain text where mutual TLS is strict")
  func strict() throws {
    let mesh = try MeshCluster(["a", "b"])
    try mesh.rule("b", ["tls": ["mode": "DISABLE"]])
    #expect(ReachTests.ways(mesh) == ["100 served"])
    try mesh.cluster.apply(
      "/apis/security.istio.io/v1/namespaces/n/peerauthentications/default",
      [
        "apiVersion": "security.istio.io/v1", "kind": "PeerAuthentication", "metadata": ["name": "default"],
        "spec": ["mtls": ["mode": "STRICT"]],
      ], by: "t")
    #expect(ReachTests.ways(mesh) == ["100 mutualTLS 503"])
  }

  @Test("is no name where NetworkPolicy does not let DNS out")
  func names() throws {
    let mesh = try MeshCluster(["a", "b"])
    try mesh.cluster.apply(
      "/apis/networking.k8s.io/v1/namespaces/n/networkpolicies/closed",
      [
        "apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": ["name": "closed"],
        "spec": ["podSelector": ["matchLabels": ["app": "a"]], "policyTypes": ["Egress"]],
      ], by: "t")
    #expect(ReachTests.ways(mesh) == ["100 nameResolution 0"])
    #expect(ReachTests.ways(mesh, from: "b", to: "a") == ["100 served"])
  }

  @Test("is what faults make of it")
  func faults() throws {
    let mesh = try MeshCluster(["a", "b"])
    mesh.cluster.cluster.add(Fault("region", .regionLoss))
    #expect(ReachTests.ways(mesh) == ["100 node 503"])
  }

  @Test("is counted for every call, by who calls whom")
  func calls() throws {
    let mesh = try MeshCluster(["a", "b"])
    mesh.cluster.cluster.setTraffic(
      TrafficPlan(
        sources: [MeshCluster.name("a"): 50],
        calls: [MeshCluster.name("a"): [(callee: MeshCluster.name("b"), perRequest: 1)]]))
    mesh.cluster.advance(30)
    var target = PodTarget()
    target.labels = ["app": "b"]
    mesh.cluster.cluster.add(Fault("errors", .errorRate(target, share: 1)))
    let before = mesh.cluster.cluster.calls
    mesh.cluster.advance(30)
    let after = mesh.cluster.cluster.calls
    #expect(after.map { "\($0.caller ?? "outside") \($0.callee)" } == ["outside n/a", "n/a n/b"])
    for (early, late) in zip(before, after) {
      #expect(early.failures == 0 && early.requests > 1_000 && early.buckets.reduce(0, +) >= early.requests)
      #expect(late.requests - early.requests > 1_000)
    }
    let (early, late) = (before[1], after[1])
    #expect(late.failures > 1_000 && late.failures >= (late.requests - early.requests) * 9 / 10)
  }
}
