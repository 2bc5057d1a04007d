public import KubeModel
import MeshProcedures
import MeshSim
public import Seams

/// What the embedded clusters of a folder hold, as ordinary manifests.
public struct EmbeddedManifests: Sendable {
  /// The folder in which the clusters live.
  public var state: String
  /// How long pods may take to become ready in a cluster that is made, in its own time.
  public var patience: Duration = .seconds(120)

  /// The clusters in `state`.
  public init(state: String) { self.state = state }

  /// The name under which what is brought in is owned.
  static let manager = "meshctl-import"

  /// What came of bringing objects into a cluster.
  public struct Report: Sendable {
    /// The cluster.
    public let cluster: String
    /// How many objects it took.
    public let taken: Int
    /// Those that it did not take, with the reason.
    public let refused: [(object: ObjectReference, message: String)]
    /// How many of its pods are ready, of how many.
    public let pods: (ready: Int, all: Int)
    /// The cluster's time.
    public let time: Timestamp
  }

  /// The objects of a cluster that somebody put there, without what clusters make by themselves.
  ///
  /// - Parameter name: the only cluster of the folder by default.
  /// - Throws: `ProcedureError` when there is no such cluster; `ClusterFileError`.
  public func export(from name: String? = nil) throws -> [KubeObject] {
    let name = try existing(name)
    let fleet = try SimulatedFleet(folder: state, names: [name], seed: 1, isTwin: true)
    defer { fleet.close() }
    return fleet.clusters[name]?.manifests() ?? []
  }

  /// Brings objects into a cluster that exists.
  ///
  /// - Throws: `ProcedureError` when there is no such cluster; `ClusterFileError`.
  public func `import`(_ objects: [KubeObject], into name: String? = nil) throws -> Report {
    try bring(objects, into: existing(name))
  }

  /// Makes a cluster that holds `objects`, and lets it come up.
  ///
  /// Nodes among the objects are the cluster's nodes; without any it has three of its own.
  ///
  /// - Throws: `ProcedureError` when there is a cluster of that name; `ClusterFileError`.
  public func make(_ name: String, from objects: [KubeObject]) throws -> Report {
    guard !SimulatedFleet.names(in: state).contains(name) else {
      throw ProcedureError(
        .invalidInput, "there is an embedded cluster of that name already",
        place: "\(state)/clusters/\(name)",
        remedy: "name another one with --cluster, or bring the objects in with meshctl sim import")
    }
    return try bring(objects, into: name)
  }

  private func bring(_ objects: [KubeObject], into name: String) throws -> Report {
    try StateFolder.make(state)
    let isNew = !SimulatedFleet.names(in: state).contains(name)
    let fleet = try SimulatedFleet(folder: state, names: [name], seed: 1)
    defer { fleet.close() }
    guard let cluster = fleet.clusters[name] else { throw EmbeddedManifests.noCluster(name, state) }
    if isNew, objects.contains(where: { $0.kind == "Node" }) {
      cluster.setUp(ClusterSetup(nodes: 0, hasStorage: !objects.contains { $0.kind == "StorageClass" }))
    }
    let refused = cluster.bring(objects, manager: EmbeddedManifests.manager)
    let pods = cluster.awaitPods(limit: isNew ? patience : .zero)
    try fleet.save()
    return Report(
      cluster: name, taken: objects.count - refused.count,
      refused: refused.map { ($0.object, $0.message) }, pods: pods, time: fleet.simulation.clock.now)
  }

  private func existing(_ name: String?) throws -> String {
    let names = SimulatedFleet.names(in: state)
    if let name {
      guard names.contains(name) else { throw EmbeddedManifests.noCluster(name, state) }
      return name
    }
    guard let only = names.first, names.count == 1 else {
      throw ProcedureError(
        .invalidInput,
        names.isEmpty ? "there is no embedded cluster" : "there are several embedded clusters", place: state,
        remedy: names.isEmpty
          ? "make one with meshctl sim up or meshctl sync, or name the folder with --state"
          : "name one with --cluster: \(names.joined(separator: ", "))")
    }
    return only
  }

  private static func noCluster(_ name: String, _ state: String) -> ProcedureError {
    ProcedureError(
      .invalidInput, "there is no embedded cluster \(name)", place: state,
      remedy: "the clusters are: \(SimulatedFleet.names(in: state).joined(separator: ", "))")
  }
}
