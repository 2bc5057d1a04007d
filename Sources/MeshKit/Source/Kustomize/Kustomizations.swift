import GitStore
import MeshProcedures
import MeshTopology
import Seams

/// The kustomizations of a commit: folders with a `kustomization.yaml`, `kustomization.yml` or `Kustomization`.
///
/// What is in such a folder and below it belongs to the kustomization, and is not read as a part of the
/// topology. Those that no other refers to are built, each by itself; what comes out is read like any
/// Kubernetes objects of the repository. Bases and components may be anywhere in it.
///
/// What is in a repository was written by others: everything is checked before any program runs. Refused are
/// remote resources, paths out of the repository, symbolic links, Helm charts, plug-ins, Secrets, circles,
/// fields that are not known, and more or larger files than the bounds allow.
struct Kustomizations: Sendable {
  private let folders: Set<String>
  private let graph: KustomizationGraph
  private let files: KustomizationFiles

  /// Finds, reads and checks the kustomizations under a path; hidden folders are passed over as long as no
  /// kustomization refers to them.
  ///
  /// - Throws: `GitError`; `ProcedureError` with everything that is wrong.
  init(in repository: GitRepository, at commit: CommitID, under path: String?) async throws {
    let entries = try await repository.entries(at: commit, under: path) { CommitTree.isKustomization($0) }
    let starts = entries.filter { !CommitTree.isHidden($0.path) && $0.kind != .tree && $0.kind != .submodule }
    folders = Set(starts.map { CommitTree.folder(of: $0.path) })
    guard !folders.isEmpty else {
      var reader = KustomizationReader(tree: CommitTree([]))
      graph = KustomizationGraph(starts: [], contents: [:], reader: &reader)
      files = KustomizationFiles([], graph: graph, reader: &reader)
      return
    }
    var reader = KustomizationReader(tree: CommitTree(try await repository.entries(at: commit)))
    let found = try await repository.files(at: commit) { CommitTree.isKustomization($0) }
    let contents = found.filter { $0.kind != .symlink }.map { ($0.path, $0.bytes) }
    graph = KustomizationGraph(
      starts: folders.sorted(), contents: Dictionary(contents, uniquingKeysWith: { first, _ in first }),
      reader: &reader)
    let paths = KustomizationFiles.paths(for: graph, reader: &reader)
    let read = try await repository.files(at: commit) { paths.contains($0) }
    files = KustomizationFiles(read.map { ($0.path, $0.bytes) }, graph: graph, reader: &reader)
    if let error = KustomizationProblem.error(reader.problems) { throw error }
  }

  /// Whether a file belongs to a kustomization, not to the topology.
  func hold(_ path: String) -> Bool {
    !folders.isEmpty && CommitTree.ancestors(of: path).contains(where: folders.contains)
  }

  /// What the kustomizations come to in an environment.
  ///
  /// - Throws: `ProcedureError` when one cannot be built, with `.unreachable` when nothing that builds is
  ///   installed; `CancellationError`.
  func built(
    for environment: Environment, of topology: Topology, by programs: any ProgramRunner
  ) async throws -> [TopologyFile] {
    let roots = graph.roots(for: environment.name, of: topology.environments.map(\.name))
    if let error = KustomizationProblem.error(roots.problems) { throw error }
    guard !roots.folders.isEmpty else { return [] }
    return try await BuildFolder.with(files.contents) { folder in
      var built: [TopologyFile] = []
      for root in roots.folders {
        built.append(try await Kustomize(programs: programs).build(root, in: folder))
      }
      return built
    }
  }
}
