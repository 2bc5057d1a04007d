internal import FoundationEssentials
internal import KubeModel
public import Seams

/// A kubeconfig for the clusters behind one port: where they are, how to know them, and a context for each of
/// their users.
public struct Kubeconfig: Sendable {
  /// A cluster.
  public struct Cluster: Hashable, Sendable {
    /// Its name, and that of its first user's context.
    public var name: String
    /// Its URL, such as `https://127.0.0.1:6443`.
    public var server: String

    /// Creates a cluster.
    public init(name: String, server: String) {
      self.name = name
      self.server = server
    }
  }

  /// The clusters; the first one's context is the current one.
  public var clusters: [Cluster]
  /// The certificate of their authority, in PEM.
  public var authority: String
  /// Their users with their tokens; contexts are called `CLUSTER` for the first, `USER@CLUSTER` for others.
  public var users: [(user: ServedUser, token: String)]

  /// Creates a kubeconfig.
  public init(clusters: [Cluster], authority: String, users: [(user: ServedUser, token: String)]) {
    self.clusters = clusters
    self.authority = authority
    self.users = users
  }

  /// The text as YAML.
  public var text: String {
    let authority = JSONValue.string(Data(authority.utf8).base64EncodedString())
    let contexts = clusters.flatMap { cluster in
      users.enumerated().map { index, entry -> JSONValue in
        [
          "name": .string(index == 0 ? cluster.name : "\(entry.user.name)@\(cluster.name)"),
          "context": ["cluster": .string(cluster.name), "user": .string(entry.user.name)],
        ]
      }
    }
    let config: JSONValue = [
      "apiVersion": "v1", "kind": "Config",
      "clusters": .array(
        clusters.map {
          [
            "name": .string($0.name),
            "cluster": ["server": .string($0.server), "certificate-authority-data": authority],
          ]
        }),
      "users": .array(
        users.map { ["name": .string($0.user.name), "user": ["token": .string($0.token)]] }),
      "contexts": .array(contexts), "current-context": contexts.first?["name"] ?? "",
    ]
    return config.yamlText()
  }

  /// Writes it to `path` with mode 0600, whole or not at all. What was there before is replaced.
  ///
  /// - Throws: `PortError` with code `.file`.
  public func write(to path: String, random: any RandomSource) throws {
    try PrivateFolder.write(text, toFile: path, random: random)
  }
}
