internal import KubeModel
public import Seams

/// The users of a port, each with a token, kept in a file so that a kubeconfig outlives a restart.
///
/// The file `tokens.json` has mode 0600. Tokens are 256 bits from the world's random source, which in a real
/// world is the system's generator.
public struct AccessTokens: Sendable {
  private static let file = "tokens.json"

  /// Token by user, in the order they were asked for.
  public let users: [(user: ServedUser, token: String)]

  /// The tokens of `users`: those kept in the folder at `path`, and new ones for those who have none there.
  ///
  /// - Throws: `PortError` with code `.file`.
  public init(_ path: String, users: [ServedUser] = [.admin], random: any RandomSource) throws {
    let folder = try PrivateFolder(path)
    let kept = try AccessTokens.kept(in: folder, path)
    self.users = users.map { user in
      (user, kept[user.name] ?? (0..<4).map { _ in random.word(digits: 16) }.joined())
    }
    let all = self.users.reduce(into: kept) { $0[$1.user.name] = $1.token }
    guard all != kept else { return }
    let text = JSONValue.object(
      JSONObject(all.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }))
    try folder.write(text.jsonText(isPretty: true) + "\n", to: AccessTokens.file, random: random)
  }

  /// The user that a token belongs to. Every token is looked at in full, so that the time it takes tells
  /// nothing.
  public func user(of token: String) -> ServedUser? {
    let bytes = Array(token.utf8)
    return users.reduce(nil) { found, entry in
      let own = Array(entry.token.utf8)
      guard own.count == bytes.count else { return found }
      return zip(own, bytes).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0 ? entry.user : found
    }
  }

  private static func kept(in folder: PrivateFolder, _ path: String) throws -> [String: String] {
    guard let text = try folder.read(file) else { return [:] }
    guard let object = try? JSONValue(json: text).object else {
      throw PortError(.file, "\(path)/\(file) is not a JSON object: delete it, and new tokens will be made")
    }
    return object.keys.reduce(into: [:]) { tokens, name in
      if let token = object[name]?.string, token.utf8.count >= 32 { tokens[name] = token }
    }
  }
}
