import KubeClient
import MeshProcedures
import MeshRender
import MeshSim
import MeshTopology
import Seams

/// A small system: a gateway that calls one workload, which is rolled out.
struct Reference {
  let topology: Topology
  let scenario: Scenario

  static let workload = WorkloadReference(namespace: "production", name: "user-service")
  static let stableImage = "registry.example/user-service:1.0.0"
  static let candidateImage = "registry.example/user-service:2.0.0"

  init(scenario: Scenario) throws {
    self.scenario = scenario
    let version = "meshctl.dev/v1alpha1"
    let scaling =
      scenario.isAutoscaled
      ? "autoscaling: {min: \(scenario.replicas), max: 8, cpu: 70}" : "replicas: \(scenario.replicas)"
    let yaml = """
      {apiVersion: \(version), kind: Topology, metadata: {name: shop}, spec: {regions: [{name: tokyo, role: primary}]}}
      ---
      {apiVersion: \(version), kind: Cluster, metadata: {name: main}, spec: {region: tokyo}}
      ---
      {apiVersion: \(version), kind: Namespace, metadata: {name: production}, spec: {}}
      ---
      apiVersion: \(version)
      kind: Workload
      metadata: {name: gateway, namespace: production}
      spec:
        image: registry.example/gateway:1.0.0
        replicas: 2
        exposed: true
        ports: [{name: http, port: 8000}]
        calls: [{to: user-service}]
      ---
      apiVersion: \(version)
      kind: Workload
      metadata: {name: user-service, namespace: production}
      spec:
        image: \(Reference.stableImage)
        \(scaling)
        resources: {cpu: 250m, memory: 128Mi}
        ports: [{name: http, port: 8080}]
        health: {path: /health}
        rollout: {bake: \(Int(scenario.bake.inSeconds))s, readyDeadline: 90s, judge: {minimumRequests: 30, patience: 120s}}
      """
    topology = try TopologyReader().read(files: [TopologyFile(path: "shop.yaml", bytes: Array(yaml.utf8))])
  }

  func request() throws -> RolloutRequest {
    guard let workload = topology.workload(Reference.workload),
      let image = ImageReference(parsing: Reference.candidateImage)
    else { throw ProcedureError(.invalidInput, "the reference system is wrong") }
    var request = RolloutRequest(
      workload: workload, topology: topology, commit: String(repeating: "0", count: 40))
    request.image = image
    request.steps = scenario.steps
    return request
  }

  func makeCluster(_ simulation: Seams.Simulation) -> SimulatedCluster {
    let cluster = SimulatedCluster(name: "main", seed: simulation.seed, clock: simulation.clock)
    cluster.setBehavior(scenario.release.behavior, ofImages: Reference.candidateImage)
    cluster.setBehavior(ImageBehavior(startup: scenario.stableStartup), ofImages: Reference.stableImage)
    cluster.setTraffic(
      TrafficPlan(
        sources: [ServiceName(namespace: "production", name: "gateway"): scenario.requestsPerSecond],
        calls: [
          ServiceName(namespace: "production", name: "gateway"): [
            (callee: ServiceName(namespace: "production", name: "user-service"), perRequest: 1)
          ]
        ]))
    return cluster
  }

  func sync(_ client: KubeClient, _ world: World) async throws {
    guard let main = topology.cluster(named: "main") else { return }
    let objects = Renderer(topology: topology).objects(for: main)
    _ = try await Sync(client: client, world: world, events: { _ in }).run(objects, of: topology)
  }
}

/// Reads the traffic of a simulated cluster.
struct SimulatedMetrics: MetricsSource {
  let cluster: SimulatedCluster

  func requests(
    namespace: String, workload: String, after start: Timestamp, to end: Timestamp
  ) async throws -> RequestSample? {
    let statistics = cluster.statistics(namespace: namespace, workload: workload, after: start, to: end)
    let bounds = RequestStatistics.bounds + [.infinity]
    return RequestSample(
      requests: statistics.requests, failures: statistics.failures,
      buckets: zip(bounds, statistics.buckets).map { RequestSample.Bucket(bound: $0, count: $1) })
  }
}
