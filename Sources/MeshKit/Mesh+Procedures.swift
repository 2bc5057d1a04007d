import KubeClient
public import MeshProcedures
import MeshRender
import MeshSim
public import MeshTopology
public import Seams

/// How a rollout is to be run, where it differs from the workload's policy.
public struct RolloutOptions: Sendable {
  /// The image; `nil` for the one that the commit declares.
  public var image: ImageReference?
  /// The canary's shares in percent, strictly increasing, each in 1…99; `nil` for the policy's.
  public var steps: [Int]?
  /// Whether to wait for a person after the last step.
  public var holds: Bool
  /// The cluster; `nil` for the primary one.
  public var cluster: String?
  /// Whether to run it on a copy of the clusters, without changing them.
  public var isRehearsal: Bool

  /// Options; what is left out follows the policy.
  public init(
    image: ImageReference? = nil, steps: [Int]? = nil, holds: Bool = false, cluster: String? = nil,
    isRehearsal: Bool = false
  ) {
    self.image = image
    self.steps = steps
    self.holds = holds
    self.cluster = cluster
    self.isRehearsal = isRehearsal
  }
}

extension Mesh {
  /// Brings the clusters to what the commit declares, the primary region's first.
  ///
  /// A recovery cluster gets a new release of a workload with a rollout policy once the primary cluster
  /// runs it as stable.
  ///
  /// - Parameters:
  ///   - cluster: only this cluster; `nil` for all.
  ///   - isRehearsal: works on a copy of the clusters, without changing them.
  /// - Throws: `ProcedureError`, `KubeError`, `ClusterFileError`.
  public func sync(
    cluster: String? = nil, isRehearsal: Bool = false, events: @escaping EventSink = { _ in }
  ) async throws -> [SyncReport] {
    let chosen = try cluster.map { [try self.cluster($0)] } ?? syncOrder
    return try await run(on: chosen, makesClusters: true, isTwin: isRehearsal) { connections in
      var reports: [SyncReport] = []
      for cluster in chosen {
        let released = try await releasedWorkloads(before: cluster, connections)
        let sync = Sync(client: try connections.client(cluster), world: connections.world, events: events)
        reports.append(
          try await sync.run(objects(for: cluster), of: topology, releases: { released.contains($0) }))
      }
      return reports
    }
  }

  /// What a rollout would do; changes nothing.
  ///
  /// - Throws: `ProcedureError`, `KubeError`, `ClusterFileError`.
  public func planRollout(_ workload: String, options: RolloutOptions = RolloutOptions()) async throws
    -> RolloutPlan
  {
    let (request, cluster) = try rolloutRequest(workload, options)
    return try await run(on: [cluster], isTwin: true) { connections in
      try await procedure(cluster, connections, { _ in }).plan(request)
    }
  }

  /// Rolls a new release of a workload out, to its end or to where a person is needed.
  ///
  /// - Throws: `ProcedureError`, `KubeError`, `ClusterFileError`; `CancellationError` with everything
  ///   saved for `resumeRollout`.
  public func rollout(
    _ workload: String, options: RolloutOptions = RolloutOptions(), events: @escaping EventSink = { _ in }
  ) async throws -> RolloutReport {
    let (request, cluster) = try rolloutRequest(workload, options)
    return try await run(on: [cluster], isTwin: options.isRehearsal) { connections in
      let procedure = try procedure(cluster, connections, events)
      return try await procedure.run(try await procedure.plan(request))
    }
  }

  /// Goes on with a rollout that was interrupted or waits.
  ///
  /// - Parameters:
  ///   - request: what a person decided meanwhile.
  ///   - isForced: takes fields that other managers own.
  /// - Throws: as `rollout`.
  public func resumeRollout(
    _ workload: String, request: RolloutCheckpoint.Request? = nil, isForced: Bool = false,
    cluster: String? = nil,
    events: @escaping EventSink = { _ in }
  ) async throws -> RolloutReport {
    let reference = try self.workload(workload).reference
    let cluster = try self.cluster(cluster)
    return try await run(on: [cluster]) { connections in
      try await procedure(cluster, connections, events).resume(
        reference, request: request, isForced: isForced)
    }
  }

  /// The rollouts of a workload that are kept, oldest first.
  ///
  /// - Throws: `ProcedureError`, `KubeError`, `ClusterFileError`.
  public func rolloutHistory(_ workload: String, cluster: String? = nil) async throws -> [RolloutCheckpoint] {
    let reference = try self.workload(workload).reference
    let cluster = try self.cluster(cluster)
    return try await run(on: [cluster], isTwin: true) { connections in
      try await procedure(cluster, connections, { _ in }).history(of: reference)
    }
  }

  /// Lets virtual time pass in the embedded clusters.
  ///
  /// - Returns: the time afterwards.
  /// - Throws: `ProcedureError` when no cluster is embedded; `ClusterFileError`.
  public func advanceTime(by duration: Duration) throws -> Timestamp {
    let embedded = topology.clusters.filter { environment.access(to: $0.name) == .embedded }
    if embedded.isEmpty { try topology.clusters.forEach(requireEmbedded) }
    let clusters = try EmbeddedClusters(environment, of: topology, state: location.state, isTwin: false)
    try clusters.advance(by: duration)
    return clusters.now
  }

  // MARK: Parts

  /// The clusters that are part of the environment, the primary region's first.
  private var syncOrder: [Cluster] {
    let primary = topology.clusters.filter { $0.region == topology.primaryRegion?.name }
    return (primary + topology.recoveryClusters).filter { environment.access(to: $0.name) != nil }
  }

  private func rolloutRequest(_ name: String, _ options: RolloutOptions) throws -> (RolloutRequest, Cluster) {
    let cluster = try cluster(options.cluster)
    guard cluster.region == topology.primaryRegion?.name else {
      throw ProcedureError(
        .invalidInput, "\(cluster.name) stands by and serves no users, so nothing can be judged there",
        place: "Cluster \(cluster.name)",
        remedy: "roll out in the primary region; meshctl sync brings the release here once it is stable there"
      )
    }
    var request = RolloutRequest(
      workload: try workload(name), topology: topology, commit: commit.id.description)
    request.image = options.image
    request.steps = try options.steps.map { try RolloutRequest.steps($0, option: "--steps") }
    request.holds = options.holds
    return (request, cluster)
  }

  private func procedure(
    _ cluster: Cluster, _ connections: Connections, _ events: @escaping EventSink
  ) throws -> RolloutProcedure {
    RolloutProcedure(
      client: try connections.client(cluster), metrics: try connections.metrics(cluster),
      world: connections.world,
      events: events)
  }

  /// The workloads whose declared release the primary cluster runs as stable.
  private func releasedWorkloads(
    before cluster: Cluster, _ connections: Connections
  ) async throws -> Set<WorkloadReference> {
    guard let primary = topology.primaryCluster, cluster.region != primary.region,
      let client = try? connections.client(primary)
    else { return [] }
    return try await Sync.releasedWorkloads(of: topology, in: client)
  }

  private func requireEmbedded(_ cluster: Cluster) throws {
    guard environment.access(to: cluster.name) == .embedded else {
      throw ProcedureError.isNotEmbedded(cluster)
    }
  }

  /// - Parameters:
  ///   - makesClusters: whether `body` is one that may come before all others; where no clusters are, any
  ///     other one finds empty ones and leaves nothing behind.
  private func run<Value: Sendable>(
    on chosen: [Cluster], makesClusters: Bool = false, isTwin: Bool = false,
    _ body: @escaping @Sendable (Connections) async throws -> Value
  ) async throws -> Value {
    try chosen.forEach(requireEmbedded)
    let identity = World.real().identity
    let isNew = !StateFolder.exists(location.state + "/clusters")
    let clusters = try EmbeddedClusters(
      environment, of: topology, state: location.state, isTwin: isTwin || (isNew && !makesClusters))
    return try await clusters.run(identity: identity, body)
  }
}

/// Embedded clusters, apart from any topology.
public enum EmbeddedState {
  /// Lets time pass in clusters that another process serves: it jumps, and goes on at its speed.
  ///
  /// - Returns: the time afterwards; `nil` when nobody serves the clusters of the folder.
  /// - Throws: `ProcedureError` with what the process answers.
  public static func advanceServed(_ folder: String, by duration: Duration) throws -> Timestamp? {
    let answer = try ServedClusters.ask(["advance": .int(duration.wholeMicroseconds)], state: folder)
    return answer?["time"]?.int.map { Timestamp(microseconds: $0) }
  }

  /// Removes all embedded clusters of a state folder.
  ///
  /// - Returns: the names of those removed.
  /// - Throws: `ClusterFileError`.
  public static func reset(_ folder: String) throws -> [String] { try SimulatedFleet.reset(folder: folder) }
}
