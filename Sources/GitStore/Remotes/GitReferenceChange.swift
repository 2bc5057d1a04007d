/// A reference that a fetch changed.
public struct GitReferenceChange: Hashable, Sendable {
  /// The full name, such as `refs/remotes/origin/main`.
  public let name: String
  /// Where it was; nil when it is new.
  public let old: ObjectID?
  /// Where it is; nil when it was deleted on the remote.
  public let new: ObjectID?
}
