import Dispatch
import KubeClient
import MeshProcedures
import MeshSim
import MeshTopology
import Seams

/// The embedded clusters of an environment, ready for a procedure.
struct EmbeddedClusters {
  private let fleet: SimulatedFleet

  /// Opens the clusters with what the environment says about traffic and images.
  ///
  /// - Parameter isTwin: works on a copy in memory; nothing is written.
  init(_ environment: Environment, of topology: Topology, state: String, isTwin: Bool) throws {
    if isTwin { try StateFolder.check(state) } else { try StateFolder.make(state) }
    let names = environment.clusters.filter { $0.access == .embedded }.map(\.cluster)
    fleet = try SimulatedFleet(folder: state, names: names, seed: 1, isTwin: isTwin)
    let plans = topology.faultPlans.filter { $0.environment == nil || $0.environment == environment.name }
    for (name, cluster) in fleet.clusters.sorted(by: { $0.key < $1.key }) {
      cluster.setTopologyFaults(try plans.flatMap { try $0.faults(for: name, origin: .topology) })
    }
    for cluster in topology.clusters {
      guard let simulated = fleet.clusters[cluster.name], let simulation = environment.simulation else {
        continue
      }
      for image in simulation.images {
        simulated.setBehavior(ImageBehavior(image), ofImages: image.match)
      }
      // What no entry matches behaves as the topology's documentation says, not as the cluster's own default.
      simulated.setBehavior(ImageBehavior(MeshTopology.ImageBehavior(match: "*")), ofImages: "*")
      // Users reach the primary region; the others stand by.
      if cluster.region == topology.primaryRegion?.name {
        simulated.setTraffic(TrafficPlan(simulation, topology, in: cluster))
      }
    }
  }

  /// The time in the clusters.
  var now: Timestamp { fleet.simulation.clock.now }

  /// Runs `body` in the clusters' virtual time on a thread of its own, and saves them.
  func run<Value: Sendable>(
    identity: String, _ body: @escaping @Sendable (Connections) async throws -> Value
  ) async throws -> Value {
    let cancellation = Cancellation()
    let fleet = fleet
    let connections = Connections(
      world: fleet.simulation.world(identity: identity),
      links: fleet.clusters.mapValues { cluster in
        Connections.Link(transport: cluster.transport(), metrics: SimulatedMetrics(cluster: cluster))
      })
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        // The simulation keeps its thread busy until it is over: not one of the concurrency pool.
        DispatchQueue(label: "meshkit.simulation").async {
          let result = Result {
            try fleet.simulation.run(cancellation: cancellation) { try await body(connections) }
          }
          // After a failure the journal has all that was committed; what was only refused touches no file.
          let saved = result.flatMap { value in Result { try fleet.save() }.map { value } }
          fleet.close()
          continuation.resume(with: saved)
        }
      }
    } onCancel: {
      cancellation.cancel()
    }
  }

  /// One of the clusters.
  subscript(name: String) -> SimulatedCluster? { fleet.clusters[name] }

  /// Lets time pass in the clusters, and saves nothing.
  func pass(_ duration: Duration) {
    fleet.simulation.clock.advance(to: fleet.simulation.clock.now + duration)
  }

  /// Lets others have the clusters.
  func close() { fleet.close() }

  /// Lets time pass in the clusters.
  func advance(by duration: Duration) throws {
    defer { fleet.close() }
    fleet.simulation.clock.advance(to: fleet.simulation.clock.now + duration)
    try fleet.save()
  }
}

/// What a procedure needs to reach the clusters of an environment.
struct Connections: Sendable {
  /// The way to one cluster.
  struct Link: Sendable {
    let transport: any Transport
    let metrics: any MetricsSource
  }

  let world: World
  let links: [String: Link]

  func client(_ cluster: Cluster) throws -> KubeClient {
    KubeClient(cluster: cluster.name, transport: try link(cluster).transport, world: world)
  }

  func metrics(_ cluster: Cluster) throws -> any MetricsSource { try link(cluster).metrics }

  private func link(_ cluster: Cluster) throws -> Link {
    guard let link = links[cluster.name] else { throw ProcedureError.isNotEmbedded(cluster) }
    return link
  }
}

extension ProcedureError {
  static func isNotEmbedded(_ cluster: Cluster) -> ProcedureError {
    ProcedureError(
      .unreachable, "the environment does not make \(cluster.name) an embedded cluster",
      place: "Cluster \(cluster.name)",
      remedy: "choose an environment with --environment; this version reaches embedded clusters only")
  }
}
