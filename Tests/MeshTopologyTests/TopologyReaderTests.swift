import KubeModel
import MeshTopology
import Testing

@Suite("Reading a topology")
struct TopologyReaderTests {
  @Test("gives what the documents say")
  func givesWhatIsSaid() throws {
    let topology = try SmallTopology.read(SmallTopology.text)
    #expect(topology.name == "shop")
    #expect(
      topology.recovery == RecoveryObjectives(recoveryTime: .seconds(900), recoveryPoint: .seconds(300)))
    #expect(topology.primaryCluster?.name == "main")
    #expect(topology.recoveryClusters.map(\.name) == ["standby"])
    #expect(topology.defaultEnvironment?.access(to: "main") == .embedded)
    #expect(
      topology.workloads.map(\.reference.description) == [
        "cache/redis", "production/order-service", "production/user-service",
      ])

    let users = try #require(topology.workload(named: "user-service", namespace: "production"))
    #expect(users.image.version == "1.4.2")
    #expect(users.ports.map(\.targetPort) == [8080, 9090])
    #expect(users.calls[0].port == .name("http"))
    #expect(users.calls[1].to == WorkloadReference(namespace: "cache", name: "redis"))
    #expect(users.calls[1].perRequest == 0.5)
    #expect(users.autoscaling?.behavior?.scaleUp.stabilization == .seconds(60))
    #expect(users.traffic?.canarySubset == "v2")
    #expect(users.rollout?.steps.map(\.percent) == [5, 20, 50])
    #expect(users.rollout?.judge.successRate.minimum == Percent(value: 99.5))
    let callers = topology.callers(of: users.calls[0].to)
    #expect(callers.map(\.workload.name) == ["user-service"])
  }

  @Test("fills in the documented defaults")
  func fillsInDefaults() throws {
    let topology = try SmallTopology.read(SmallTopology.text)
    let redis = try #require(topology.workload(named: "redis", namespace: "cache"))
    var wanted = Workload(
      name: "redis", namespace: "cache", image: try #require(ImageReference(parsing: "redis:7-alpine")))
    wanted.ports = [Workload.Port(name: "redis", port: 6379)]
    wanted.ports[0].protocol = .tcp
    #expect(redis == wanted)
    #expect(redis.replicas == 1)
    #expect(redis.serviceAccount == "redis")
    #expect(topology.namespace(named: "cache") == Namespace(name: "cache"))

    let users = try #require(topology.workload(named: "user-service", namespace: "production"))
    #expect(users.autoscaling?.behavior?.scaleDown == ScalingBehavior().scaleDown)
    #expect(users.rollout?.readyDeadline == RolloutPolicy().readyDeadline)
    #expect(users.rollout?.judge.latency == JudgePolicy.Latency())
  }

  @Test("takes a rollout's step from the canary subset when none is given")
  func takesStepFromSubset() throws {
    let text = SmallTopology.text.replacing("    steps: [5, 20, 50]\n", with: "")
      .replacing("weight: 80", with: "weight: 70").replacing("weight: 20", with: "weight: 30")
    let users = try SmallTopology.read(text).workload(named: "user-service", namespace: "production")
    #expect(users?.rollout?.steps.map(\.percent) == [30])
  }

  @Test("aims at a use of CPU when autoscaling names no target")
  func aimsAtCPU() throws {
    let text = SmallTopology.text.replacing("      cpu: 70\n", with: "")
    let users = try SmallTopology.read(text).workload(named: "user-service", namespace: "production")
    #expect(users?.autoscaling?.cpu == 70)
    #expect(users?.autoscaling?.memory == nil)
  }

  @Test("does not depend on the order of documents or on how they are split into files")
  func ignoresOrder() throws {
    let documents = SmallTopology.text.split(separator: "---\n").map(String.init)
    let whole = try SmallTopology.read(SmallTopology.text)
    #expect(try SmallTopology.read(documents.reversed().joined(separator: "---\n")) == whole)
    let half = documents.count / 2
    let (first, second) = (documents[..<half], documents[half...])
    #expect(
      try SmallTopology.read(second.joined(separator: "---\n"), first.joined(separator: "---\n")) == whole)
  }

  @Test("names the file of each problem, in the order of the files")
  func namesFiles() {
    let documents = SmallTopology.text.split(separator: "---\n").map(String.init)
    let first = documents[..<6].joined(separator: "---\n").replacing("max: 50", with: "max: 1")
    let second = documents[6...].joined(separator: "---\n").replacing("replicas: 3", with: "replicas: x")
    let problems = SmallTopology.problems(second, first)
    #expect(problems.map { $0.prefix(7) } == ["a.yaml:", "b.yaml:"])
  }

  @Test("finds all problems at once")
  func findsAll() {
    let text = SmallTopology.text.replacing("max: 50", with: "max: 1")
      .replacing("port: 6379", with: "port: 0").replacing("replicas: 3", with: "replicaz: 3")
      .replacing("to: order-service\n      port", with: "to: order\n      port")
      .replacing("rto: 15m", with: "rto: 15")
    #expect(SmallTopology.problems(text).count == 5)
  }

  @Test("gives each problem a code that scripts can rely on")
  func hasCodes() {
    let text = SmallTopology.text.replacing("replicas: 3", with: "replicaz: 3")
    let error = #expect(throws: TopologyProblems.self) { try SmallTopology.read(text) }
    #expect(error?.problems.map(\.code) == [.unknownField])
    #expect(error?.problems.first?.code.description == "unknown-field")
    #expect(error?.problems.first?.place.line == 121)
  }

  @Test("asks for the one Topology document")
  func asksForTopology() {
    let remedy =
      "no document of kind Topology declares the system; add one with the system's name and regions"
    #expect(SmallTopology.problems() == ["topology:1:1: \(remedy)"])
    #expect(SmallTopology.problems("") == ["a.yaml:1:1: \(remedy)"])
    #expect(SmallTopology.problems("# nothing\n---\n---\n") == ["a.yaml:1:1: \(remedy)"])
  }
}
