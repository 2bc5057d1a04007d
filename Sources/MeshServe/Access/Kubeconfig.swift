internal import FoundationEssentials
internal import KubeModel
public import Seams

/// A kubeconfig for one cluster: where it is, how to know it, and a context for each of its users.
public struct Kubeconfig: Sendable {
  /// The cluster's name, and the prefix of the contexts of all users but the first.
  public var cluster: String
  /// Its URL, such as `https://127.0.0.1:6443`.
  public var server: String
  /// The certificate of its authority, in PEM.
  public var authority: String
  /// Its users with their tokens; the first one's context is the current one.
  public var users: [(user: ServedUser, token: String)]

  /// Creates a kubeconfig.
  public init(
    cluster: String, server: String, authority: String, users: [(user: ServedUser, token: String)]
  ) {
    self.cluster = cluster
    self.server = server
    self.authority = authority
    self.users = users
  }

  /// The text as YAML.
  public var text: String {
    let contexts = users.enumerated().map { index, entry in
      (name: index == 0 ? cluster : "\(entry.user.name)@\(cluster)", user: entry.user.name)
    }
    let config: JSONValue = [
      "apiVersion": "v1", "kind": "Config",
      "clusters": [
        [
          "name": .string(cluster),
          "cluster": [
            "server": .string(server),
            "certificate-authority-data": .string(Data(authority.utf8).base64EncodedString()),
          ],
        ]
      ],
      "users": .array(
        users.map { ["name": .string($0.user.name), "user": ["token": .string($0.token)]] }),
      "contexts": .array(
        contexts.map {
          ["name": .string($0.name), "context": ["cluster": .string(cluster), "user": .string($0.user)]]
        }),
      "current-context": .string(contexts.first?.name ?? ""),
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
