public import GitStore
internal import Seams

/// Where a topology is, and where embedded clusters keep their state.
public struct MeshLocation: Sendable {
  /// A Git repository: a folder in a work tree, a bare repository, or a URL.
  public var repository: String
  /// A branch, tag or commit; `nil` for HEAD.
  public var revision: String?
  /// The folder of the topology in the repository; `nil` for all of it.
  public var path: String?
  /// The environment; `nil` for the only one, or the one called `embedded`.
  public var environment: String?
  /// The folder of the embedded clusters' state.
  public var state: String
  /// Who to sign in as, for a URL.
  public var credentials: GitCredentials?
  /// What builds the kustomizations of the repository.
  var programs: any ProgramRunner = SystemPrograms()

  /// A location; what is left out has the defaults above.
  public init(
    repository: String = ".", revision: String? = nil, path: String? = nil, environment: String? = nil,
    state: String = ".meshctl", credentials: GitCredentials? = nil
  ) {
    self.repository = repository
    self.revision = revision
    self.path = path
    self.environment = environment
    self.state = state
    self.credentials = credentials
  }

  /// YAML files outside hidden folders.
  static func isTopologyFile(_ path: String) -> Bool {
    let parts = path.split(separator: "/")
    return (path.hasSuffix(".yaml") || path.hasSuffix(".yml")) && !parts.contains { $0.hasPrefix(".") }
  }

  /// Opens the repository; a URL is cloned into the state folder, or brought up to date there.
  func openRepository() async throws -> GitRepository {
    guard repository.contains("://") else { return try await GitRepository.open(at: repository) }
    let remote = try GitRemote(repository, credentials: credentials)
    try StateFolder.make(state)
    try StateFolder.make(state + "/repositories", isIgnored: true)
    let folder = state + "/repositories/" + StateFolder.name(for: repository)
    guard StateFolder.exists(folder) else { return try await GitRepository.clone(from: remote, to: folder) }
    let cache = try await GitRepository.open(at: folder)
    try await cache.fetch(from: remote)
    return cache
  }
}
