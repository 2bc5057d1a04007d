import MeshProcedures
import MeshRender
import MeshSim
import MeshTopology
import Seams

extension MeshSim.ImageBehavior {
  /// What the topology declares of an image, in the cluster's terms.
  init(_ declared: MeshTopology.ImageBehavior) {
    self.init(
      startup: declared.startup, startupJitter: declared.startupJitter,
      medianLatency: declared.latency.median, p99Latency: declared.latency.p99,
      errorRate: declared.errorRate.fraction, failure: Failure(rawValue: declared.failure.rawValue) ?? .none)
  }
}

extension TrafficPlan {
  /// The traffic from outside that the environment declares, along the calls of the workloads in `cluster`.
  init(_ simulation: MeshTopology.Simulation, _ topology: Topology, in cluster: Cluster) {
    self.init()
    for traffic in simulation.traffic {
      sources[ServiceName(traffic.to), default: 0] += traffic.requestsPerSecond
    }
    let workloads = Renderer(topology: topology).workloads(in: cluster)
    // What an operator or somebody outside would run has no pods here: calls to it are left out, or they would
    // all fail.
    let running = Set(workloads.map(\.reference))
    for workload in workloads {
      let simulated = workload.calls.filter { $0.to != workload.reference && running.contains($0.to) }
      guard !simulated.isEmpty else { continue }
      calls[ServiceName(workload.reference)] = simulated.map { call in
        (callee: ServiceName(call.to), perRequest: call.perRequest)
      }
    }
  }
}

extension ServiceName {
  fileprivate init(_ workload: WorkloadReference) {
    self.init(namespace: workload.namespace, name: workload.name)
  }
}

/// The metrics of an embedded cluster.
struct SimulatedMetrics: MetricsSource {
  let cluster: SimulatedCluster

  func requests(
    namespace: String, workload: String, after start: Timestamp, to end: Timestamp
  ) async throws -> RequestSample? {
    try cluster.reachMetrics()
    let statistics = cluster.statistics(namespace: namespace, workload: workload, after: start, to: end)
    return RequestSample(
      requests: statistics.requests, failures: statistics.failures,
      buckets: zip(RequestStatistics.bounds + [.infinity], statistics.buckets).map {
        RequestSample.Bucket(bound: $0, count: $1)
      })
  }
}
