/// One commit.
public struct Commit: Hashable, Sendable {
  /// The commit's id.
  public let id: CommitID
  /// Who wrote the change, and when.
  public let author: GitSignature
  /// The whole message; bytes that are not UTF-8 are replaced.
  public let message: String
  /// The commits before this one: none for the first, several for a merge.
  public let parents: [CommitID]
  /// The folder at the top of the repository.
  public let tree: ObjectID

  /// The first line of the message.
  public var summary: String {
    let lines = message.utf8.split(omittingEmptySubsequences: true) { $0 == 10 || $0 == 13 }
    return lines.first.map { String(Substring($0)) } ?? ""
  }
}
