// Who imports MeshKit needs nothing else. Of modules whose other names would collide with the topology's
// (`Simulation`, `ImageBehavior`) only what the façade gives or throws is passed on.
@_exported public import GitStore
@_exported public import KubeModel
@_exported public import MeshProcedures
@_exported public import MeshRender
@_exported public import MeshTopology

@_exported public import struct KubeClient.KubeError
@_exported public import struct MeshSim.ClusterFileError
@_exported public import struct Seams.Timestamp

/// A declared system at one commit, in one environment, with the procedures to run on it.
///
///     let mesh = try await Mesh.open(MeshLocation(repository: "."))
///     _ = try await mesh.sync()
///     let report = try await mesh.rollout("user-service", options: RolloutOptions(steps: [20]))
public struct Mesh: Sendable {
  /// What the commit declares, as it is in the environment.
  public let topology: Topology
  /// What the commit declares, with what is different in each environment apart.
  public let declared: Topology
  /// What of it is valid and somebody will regret, as it is in the environment.
  public let warnings: [Problem]
  /// The commit.
  public let commit: Commit
  /// The environment that says where the clusters are.
  public let environment: Environment
  /// Files of a topology in the work tree that differ from the commit, so that what is in them does not count;
  /// empty unless the commit is that of the work tree.
  public let uncommitted: [String]
  let location: MeshLocation

  /// Reads the topology of a commit, straight from the object database: no work tree is touched, and
  /// what is not committed does not count. Kustomizations are built with kubectl or kustomize.
  ///
  /// - Throws: `GitError`; `TopologyProblems` with everything that is wrong with the topology;
  ///   `ProcedureError` when the environment is not declared, or a kustomization cannot be built.
  public static func open(_ location: MeshLocation) async throws -> Mesh {
    let repository = try await location.openRepository()
    let id = try await repository.resolve(location.revision ?? "HEAD")
    let commit = try await repository.commit(id)
    let kustomizations = try await Kustomizations(in: repository, at: id, under: location.path)
    let files = try await repository.files(at: id, under: location.path) {
      MeshLocation.isTopologyFile($0) && !kustomizations.hold($0)
    }
    .filter { $0.kind == .file || $0.kind == .executable }
    var texts = files.map { TopologyFile(path: $0.path, bytes: $0.bytes) }
    var review = try TopologyReader().review(files: texts)
    let declared = review.topology
    let environment = try environment(named: location.environment, of: declared)
    let built = try await kustomizations.built(for: environment, of: declared, by: location.programs)
    texts += built
    // The warnings of a first review are those of all environments that have overlays.
    if !built.isEmpty || !declared.overlays.isEmpty {
      review = try TopologyReader().review(files: texts, environment: environment.name)
    }
    return Mesh(
      topology: review.topology, declared: declared, warnings: review.warnings, commit: commit,
      environment: environment,
      uncommitted: location.revision == nil ? await uncommitted(in: repository, location) : [],
      location: location)
  }

  /// The workload called `name`, or `namespace/name`.
  ///
  /// - Throws: `ProcedureError` with `.invalidInput` when there is none, or several.
  public func workload(_ name: String) throws -> Workload {
    let found = topology.workloads.filter { $0.name == name || $0.reference.description == name }
    if let only = found.first, found.count == 1 { return only }
    let known = topology.workloads.map { found.isEmpty ? $0.name : $0.reference.description }
    throw ProcedureError(
      .invalidInput,
      found.isEmpty ? "no workload is called \(name)" : "several workloads are called \(name)",
      place: "commit \(commit.id.abbreviated)", remedy: "the workloads are \(known.joined(separator: ", "))")
  }

  /// The cluster called `name`, or the primary one.
  ///
  /// - Throws: `ProcedureError` with `.invalidInput` when there is none, or the environment does not have it.
  public func cluster(_ name: String?) throws -> Cluster {
    guard let cluster = name.map(topology.cluster(named:)) ?? topology.primaryCluster else {
      throw ProcedureError(
        .invalidInput, name.map { "no cluster is called \($0)" } ?? "no cluster is in the primary region",
        place: "commit \(commit.id.abbreviated)",
        remedy: "the clusters are \(topology.clusters.map(\.name).joined(separator: ", "))")
    }
    guard environment.access(to: cluster.name) != nil else {
      throw ProcedureError(
        .invalidInput, "the environment \(environment.name) does not have the cluster \(cluster.name)",
        place: "Environment \(environment.name)",
        remedy:
          "its clusters are \(clusters.map(\.name).joined(separator: ", ")): name one with --cluster, or "
          + "another environment with --environment")
    }
    return cluster
  }

  /// How the environment reaches a cluster: `embedded` or `kubeconfig`.
  public func kind(of cluster: Cluster) -> String {
    environment.access(to: cluster.name)?.kind ?? "undeclared"
  }

  /// A hint only: what cannot be compared is no reason to stop.
  private static func uncommitted(in repository: GitRepository, _ location: MeshLocation) async -> [String] {
    let folder = location.path.map { $0.hasSuffix("/") ? $0 : $0 + "/" } ?? ""
    let files = try? await repository.uncommittedFiles {
      MeshLocation.isTopologyFile($0) && ($0.hasPrefix(folder) || $0 == location.path)
    }
    return files ?? []
  }

  private static func environment(named name: String?, of topology: Topology) throws -> Environment {
    guard let environment = name.map(topology.environment(named:)) ?? topology.defaultEnvironment else {
      let names = topology.environments.map(\.name)
      throw ProcedureError(
        .invalidInput,
        name.map { "no environment is called \($0)" }
          ?? (names.isEmpty
            ? "the topology declares no environment" : "it is not clear which environment is meant"),
        place: "--environment",
        remedy: names.isEmpty
          ? "add a document of kind Environment that says where the clusters are"
          : "the environments are \(names.joined(separator: ", "))")
    }
    return environment
  }
}
