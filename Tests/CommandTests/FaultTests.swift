import Foundation
import KubeModel
import Testing

@Suite("meshctl sim fault")
struct FaultTests {
  private static let plan = """
    apiVersion: meshctl.dev/v1alpha1
    kind: FaultPlan
    metadata:
      name: morning
    spec:
      faults:
        - name: crash
          kind: crash
          cluster: microservices-cluster
          pods:
            namespace: production
            labels:
              app: user-service
          after: 1m
          for: 5m
        - name: zone
          kind: zoneLoss
          zone: local-b
          after: 1h

    """

  @Test("adds a fault that holds in the commands after it, until it is cleared")
  func addAndClear() throws {
    let shop = try Shop(.synced)
    let added = try shop.meshctl(
      expecting: 0, "sim", "fault", "add", "error-rate", "--percent", "40", "--namespace", "production",
      "--pods", "app=user-service", "--in", "microservices-cluster")
    #expect(
      added.output.contains(
        "microservices-cluster  error-rate  active  cleared  1      40 % of the requests to pods (namespace "
          + "production, app=user-service) fail"), "\(added.output)")
    let calls = try shop.json("sim", "traffic").array ?? []
    let failing = calls.filter { $0["to"]?.string == "production/user-service" }
    #expect(!failing.isEmpty)
    for call in failing { #expect((call["errorPercent"].flatMap(FaultTests.number) ?? 0) > 20, "\(call)") }
    #expect(
      try shop.meshctl(expecting: 0, "sim", "fault", "clear", "error-rate").output
        == "cleared error-rate in microservices-cluster\n")
    #expect(try shop.meshctl(expecting: 0, "sim", "fault", "list").output == "no faults\n")
  }

  @Test("applies a plan whose times pass with the clusters")
  func apply() throws {
    let shop = try Shop(.synced)
    try shop.write("morning.yaml", FaultTests.plan)
    try shop.meshctl(expecting: 0, "sim", "fault", "apply", "morning.yaml")
    func phases() throws -> [String] {
      (try shop.json("sim", "fault", "list").array ?? []).map {
        "\($0["cluster"]?.string == "microservices-cluster" ? "main" : "dr") \($0["name"]?.string ?? "") "
          + "\($0["phase"]?.string ?? "")"
      }
    }
    #expect(
      try phases() == ["main morning.crash planned", "main morning.zone planned", "dr morning.zone planned"])
    try shop.meshctl(expecting: 0, "sim", "advance", "3m")
    #expect(
      try phases() == ["main morning.crash active", "main morning.zone planned", "dr morning.zone planned"])
    #expect(try FaultTests.waiting(in: shop).contains("CrashLoopBackOff"))
    try shop.meshctl(expecting: 0, "sim", "advance", "20m")
    #expect(try FaultTests.waiting(in: shop).isEmpty)
    #expect(
      try phases() == ["main morning.crash over", "main morning.zone planned", "dr morning.zone planned"])
    try shop.meshctl(expecting: 0, "sim", "fault", "clear", "morning")
    #expect(try phases() == [])
  }

  @Test("shows the faults of the topology, which only a commit takes away")
  func topology() throws {
    let shop = try Shop(.synced)
    try shop.commit("faults.yaml", FaultTests.plan)
    try shop.meshctl(expecting: 0, "sim", "advance", "2m")
    let faults = try shop.json("sim", "fault", "list").array ?? []
    #expect(faults.map { $0["name"]?.string } == ["morning.crash", "morning.zone", "morning.zone"])
    #expect(faults.allSatisfy { $0["isInTopology"]?.bool == true } && faults[0]["phase"]?.string == "active")
    let outcome = try shop.meshctl(expecting: 2, "sim", "fault", "clear", "morning.crash")
    #expect(outcome.errors.contains("the topology declares morning.crash, so it would come back"))
    try shop.git("rm", "--quiet", "faults.yaml")
    try shop.commit("No more faults")
    try shop.meshctl(expecting: 0, "sim", "advance", "1s")
    #expect(try shop.meshctl(expecting: 0, "sim", "fault", "list").output == "no faults\n")
  }

  @Test(
    "refuses what is wrong, with what to do",
    arguments: [
      ("sim fault add latency", "a fault of kind latency lacks by; add it, such as by: 30s"),
      ("sim fault add crush", "\"crush\" is none of crash, "),
      (
        "sim fault add crash --pods app", "--pods: \"app\" is not a label; write labels like app=user-service"
      ),
      ("sim fault add crash --in nowhere", "--in: no embedded cluster is called nowhere; the clusters are"),
      ("sim fault add crash --at 2026-13-41T00:00:00Z", "is in no calendar"),
      ("sim fault clear morning", "no fault is called morning; there are no faults to clear"),
      ("sim fault apply missing.yaml", "missing.yaml: the file cannot be read"),
      ("sim fault apply topology.yaml", "among the faults"),
      ("sim fault list --state none", "there are no embedded clusters in none"),
      ("sim traffic --from user-service", "--from and --to belong together"),
      ("sim traffic --from nobody --to user-service", "no workload with pods called nobody"),
      ("sim traffic --window 2h", "is not a window of at most an hour"),
    ])
  func refusals(line: String, says: String) throws {
    let shop = try Shop(.synced)
    let outcome = try shop.meshctl(line.split(separator: " ").map(String.init))
    #expect(outcome.status == 2 && outcome.errors.contains(says), "\(outcome)")
  }

  private static func waiting(in shop: Shop) throws -> Set<String> {
    let text = try String(
      contentsOf: shop.state.appending(path: "clusters/microservices-cluster/snapshot.json"), encoding: .utf8)
    let objects = try JSONValue(json: Array(text.utf8))["objects"]?.array ?? []
    let pods = objects.compactMap { $0.array?.last }.filter { $0["kind"]?.string == "Pod" }
    return Set(
      pods.flatMap { $0[path: "status", "containerStatuses"]?.array ?? [] }.compactMap {
        $0[path: "state", "waiting", "reason"]?.string
      })
  }

  private static func number(_ value: JSONValue) -> Double? {
    if case .double(let number) = value { return number }
    return value.int.map { Double($0) }
  }
}

@Suite("meshctl sim traffic")
struct SimulatedTrafficTests {
  @Test("shows every call with its rate, and leaves the cluster as it is")
  func calls() throws {
    let shop = try Shop(.synced)
    let before = try shop.contents()
    let text = try shop.meshctl(expecting: 0, "sim", "traffic").output
    #expect(text.hasPrefix("FROM") && text.contains("outside") && text.contains("production/user-service"))
    let calls = try shop.json("sim", "traffic", "--window", "30s").array ?? []
    #expect(calls.count >= 2)
    #expect(try shop.changes(since: before).isEmpty)
  }

  @Test("says what becomes of a request, and who decides")
  func reach() throws {
    let shop = try Shop(.synced)
    let ways = try shop.json("sim", "traffic", "--from", "api-gateway", "--to", "user-service").array ?? []
    #expect(!ways.isEmpty && ways.allSatisfy { $0["isServed"]?.bool == true }, "\(ways)")
    try shop.meshctl(
      expecting: 0, "sim", "fault", "add", "region-loss", "--in", "microservices-cluster")
    let outcome = try shop.meshctl(
      expecting: 1, "sim", "traffic", "--from", "api-gateway", "--to", "user-service")
    #expect(outcome.output.contains("does not answer"), "\(outcome)")
  }
}
