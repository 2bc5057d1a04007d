public import KubeModel

/// What a sync did to one cluster.
public struct SyncReport: Hashable, Sendable {
  /// What happened to an object.
  public enum Action: String, Hashable, Sendable {
    case created
    case changed
    case unchanged
    /// Its release is left to a rollout, or a rollout of it is open.
    case held
  }

  /// One object.
  public struct Item: Hashable, Sendable {
    /// The object.
    public let object: ObjectReference
    /// What happened to it.
    public let action: Action
  }

  /// The cluster.
  public let cluster: String
  /// The objects in the order they were applied.
  public let items: [Item]
  /// The Deployments that did not become ready in time.
  public let notReady: [ObjectReference]

  /// How many objects something happened to.
  public func count(_ action: Action) -> Int { items.count { $0.action == action } }

  /// The report for machines.
  public var json: JSONValue {
    [
      "procedure": "sync", "name": .string(cluster),
      "outcome": .string(notReady.isEmpty ? "synced" : "notReady"),
      "objects": .array(
        items.map { ["object": .string($0.object.description), "action": .string($0.action.rawValue)] }),
      "notReady": .array(notReady.map { .string($0.description) }),
    ]
  }
}
