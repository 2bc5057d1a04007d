import MeshTopology
import Testing

@Suite("A fault plan")
struct FaultPlanTests {
  private static func plan(_ fault: String, spec: String = "") -> String {
    """
    apiVersion: meshctl.dev/v1alpha1
    kind: FaultPlan
    metadata: {name: morning}
    spec:
      \(spec.isEmpty ? "" : spec + "\n  ")faults:
        - {name: x, \(fault)}

    """
  }

  private static func problems(_ text: String) -> [String] {
    do {
      _ = try TopologyReader().faultPlans(in: TopologyFile(path: "f.yaml", bytes: Array(text.utf8)))
      return []
    } catch {
      return error.problems.map(\.description)
    }
  }

  @Test(
    "can be said of each kind",
    arguments: [
      "kind: crash, pods: {namespace: shop, labels: {app: web}, atMost: 1}, every: 10m, count: 3",
      "kind: crash, for: 5m", "kind: slowStart, by: 30s, for: 5m, every: 1h",
      "kind: badImage, pods: {image: \"*/web:2.*\"}", "kind: errorRate, percent: 20, probability: 50",
      "kind: latency, by: 800ms, after: 2m", "kind: nodeLoss, nodes: {names: [a, b], labels: {pool: x}}",
      "kind: zoneLoss, zone: local-b", "kind: regionLoss, cluster: eu, at: \"2026-01-01T00:10:00Z\"",
      "kind: apiLatency, by: 2s, requests: {verbs: [list], resources: [pods], namespace: shop}, percent: 10",
      "kind: apiError, status: 429, retryAfter: 5s", "kind: lostAnswer, percent: 5",
      "kind: lostWatch, requests: {resources: [pods]}, every: 1m", "kind: staleRead, by: 30s",
      "kind: partition, from: metrics", "kind: partition, from: us, hosts: [\"*.us.example.com\"]",
      "kind: clockSkew, by: 5m, behind: true",
    ])
  func isRead(fault: String) throws {
    let text = FaultPlanTests.plan(fault)
    #expect(FaultPlanTests.problems(text) == [])
    // What is written is read back as it was.
    let plan = try #require(
      TopologyReader().faultPlans(in: TopologyFile(path: "f.yaml", bytes: Array(text.utf8))).first)
    let topology = try SmallTopology.read(SmallTopology.text).adding {
      FaultPlan(name: "other")
      plan.with { plan in
        plan.environment = "embedded"
        plan.faults[0].cluster = plan.faults[0].cluster.map { _ in "main" }
        plan.faults[0].from = plan.faults[0].from.map { $0 == "us" ? "main" : $0 }
      }
    }
    let whole = topology.with { $0.faultPlans.removeAll { $0.name == "other" } }
    #expect(try whole.validated().faultPlans == whole.faultPlans)
  }

  @Test(
    "that is wrong is refused with the place and the remedy",
    arguments: [
      (
        "kind: crush",
        "f.yaml:6:23: \"crush\" is none of crash, slowStart, badImage, errorRate, latency, nodeLoss, zoneLoss, "
          + "regionLoss, apiLatency, apiError, lostAnswer, lostWatch, staleRead, partition or clockSkew "
          + "(FaultPlan/morning spec.faults[0].kind); did you mean crash?"
      ),
      (
        "kind: latency",
        "f.yaml:6:7: a fault of kind latency lacks by (FaultPlan/morning spec.faults[0]); add it, such as by: 30s"
      ),
      (
        "kind: zoneLoss",
        "f.yaml:6:7: a fault of kind zoneLoss lacks zone (FaultPlan/morning spec.faults[0]); add it, such as zone: "
          + "europe-west3-a"
      ),
      (
        "kind: errorRate, percent: 10, by: 3s",
        "f.yaml:6:51: by says nothing about a fault of kind errorRate (FaultPlan/morning spec.faults[0].by); remove "
          + "it; what says something is percent and pods"
      ),
      (
        "kind: regionLoss, zone: a",
        "f.yaml:6:41: zone says nothing about a fault of kind regionLoss (FaultPlan/morning spec.faults[0].zone); "
          + "remove it"
      ),
      (
        "kind: badImage, pods: {atMost: 2}",
        "f.yaml:6:39: atMost is for faults of kind crash only (FaultPlan/morning spec.faults[0].pods); remove it, "
          + "and choose pods by labels or by name"
      ),
      (
        "kind: apiError, status: 404",
        "f.yaml:6:41: 404 is outside 429 to 503 (FaultPlan/morning spec.faults[0].status); choose a number within that "
          + "range"
      ),
      (
        "kind: apiError, status: 501",
        "f.yaml:6:41: the API does not refuse with 501 (FaultPlan/morning spec.faults[0].status); write 429, 500 or "
          + "503"
      ),
      (
        "kind: apiError, status: 500, retryAfter: 5s",
        "f.yaml:6:58: an answer of 500 has no Retry-After (FaultPlan/morning spec.faults[0].retryAfter); remove it, "
          + "or write status: 503"
      ),
      (
        "kind: clockSkew, by: 2h",
        "f.yaml:6:38: a clock that is wrong by 2h (FaultPlan/morning spec.faults[0].by); write 1h at most"
      ),
      (
        "kind: crash, after: 1m, at: \"2026-01-01T00:00:00Z\"",
        "f.yaml:6:37: after beside at: a fault begins once (FaultPlan/morning spec.faults[0].after); remove one of "
          + "the two"
      ),
      (
        "kind: crash, at: \"tomorrow\"",
        "f.yaml:6:34: \"tomorrow\" is not a time (FaultPlan/morning spec.faults[0].at); write it in UTC like "
          + "2026-01-01T00:10:00Z"
      ),
      (
        "kind: crash, count: 3",
        "f.yaml:6:37: count without every: it is not said from when to when (FaultPlan/morning "
          + "spec.faults[0].count); add every, such as every: 10m"
      ),
      (
        "kind: crash, for: 5m, every: 1m",
        "f.yaml:6:35: for 5m is longer than every 1m (FaultPlan/morning spec.faults[0].for); it would never end: "
          + "shorten for, or lengthen every"
      ),
      (
        "kind: regionLoss, every: 10m",
        "f.yaml:6:42: every without for: it would never end (FaultPlan/morning spec.faults[0].every); add for, such "
          + "as for: 5m"
      ),
      (
        "kind: lostWatch, for: 10m",
        "f.yaml:6:39: a watch is lost in a moment (FaultPlan/morning spec.faults[0].for); remove for, and repeat it "
          + "with every"
      ),
      (
        "kind: crash, pods: {atMost: 1}, for: 1m",
        "f.yaml:6:54: atMost draws pods at one moment, so nothing lasts (FaultPlan/morning spec.faults[0].for); "
          + "remove for, and repeat it with every"
      ),
      (
        "kind: partition, from: metrics, hosts: [a]",
        "f.yaml:6:56: metrics have no hosts (FaultPlan/morning spec.faults[0].hosts); remove it, or name a cluster "
          + "in from"
      ),
      (
        "kind: crash}\n    - {name: x, kind: badImage",
        "f.yaml:7:14: the fault \"x\" stands twice, first at f.yaml:6:14 (FaultPlan/morning spec.faults[1].name); "
          + "rename or remove one of the two"
      ),
    ])
  func isRefused(fault: String, problem: String) {
    #expect(FaultPlanTests.problems(FaultPlanTests.plan(fault)) == [problem])
  }

  @Test(
    "of a topology names what is declared there",
    arguments: [
      (
        "kind: crash, cluster: mian", "",
        "there is no cluster \"mian\" (FaultPlan/morning spec.faults[0].cluster); did you mean main?"
      ),
      (
        "kind: partition, from: osako", "",
        "there is no cluster \"osako\" (FaultPlan/morning spec.faults[0].from); name a declared cluster, or write "
          + "metrics"
      ),
      (
        "kind: crash", "environment: embeded",
        "there is no environment \"embeded\" (FaultPlan/morning spec.environment); did you mean embedded?"
      ),
      (
        "kind: crash, cluster: standby", "environment: embedded",
        "standby is no embedded cluster of the environment embedded (FaultPlan/morning spec.faults[0].cluster); its "
          + "embedded clusters are main"
      ),
    ])
  func references(fault: String, spec: String, problem: String) {
    let text = SmallTopology.text(adding: "---\n" + FaultPlanTests.plan(fault, spec: spec))
    let problems = SmallTopology.problems(text)
    #expect(problems.count == 1 && problems[0].hasSuffix(": " + problem), "\(problems)")
  }

  @Test("stands alone in a file of faults")
  func standsAlone() {
    let text =
      FaultPlanTests.plan("kind: crash") + """
        ---
        apiVersion: meshctl.dev/v1alpha1
        kind: Namespace
        metadata: {name: production}
        """
    #expect(
      FaultPlanTests.problems(text) == [
        "f.yaml:8:1: a Namespace among the faults (Namespace/production); a file of faults has documents of kind "
          + "FaultPlan only"
      ])
  }
}
