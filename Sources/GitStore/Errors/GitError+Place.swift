extension GitError {
  /// Where a failure happened.
  public struct Place: Hashable, Sendable, CustomStringConvertible {
    /// The repository's path, or the redacted URL of the remote.
    public let repository: String
    /// A revision, `commit:path` or object id, when the failure is about one;
    /// control characters are spelled out.
    public let object: String?

    init(_ repository: String, object: String? = nil) {
      self.repository = repository
      self.object = object.map(escapedName)
    }

    /// The repository, followed by the object.
    public var description: String {
      object.map { "\(repository) at \($0)" } ?? repository
    }
  }
}
