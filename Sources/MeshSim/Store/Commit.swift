public import KubeModel
public import Seams

/// One change of one stored object.
public struct Commit: Sendable {
  /// What happened to the object.
  public enum Change: String, Sendable {
    case added = "ADDED"
    case modified = "MODIFIED"
    case deleted = "DELETED"
  }

  /// What happened.
  public let change: Change
  /// The kind of the object.
  public let kind: ResourceKind
  /// When it happened, in the cluster's time.
  public let time: Timestamp
  /// The field manager of the request that asked for it, or for a deletion its user agent; `nil` when a
  /// controller of the cluster did it.
  public let manager: String?
  let storedBefore: StoredObject?
  let stored: StoredObject

  init(
    change: Change, kind: ResourceKind, before: StoredObject?, stored: StoredObject, time: Timestamp,
    manager: String?
  ) {
    self.change = change
    self.kind = kind
    storedBefore = before
    self.stored = stored
    self.time = time
    self.manager = manager
  }

  /// The object before; `nil` when it came.
  public var before: KubeObject? { storedBefore?.object }
  /// The object now, or as it was last when it went.
  public var object: KubeObject { stored.object }
  /// The cluster's resource version of this change.
  public var resourceVersion: Int64 { stored.version }
}
