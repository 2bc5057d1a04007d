import KubeModel
import Seams

/// How a controller wants an object deleted.
struct DeletionPolicy: Sendable {
  var propagation: Propagation? = .background
  /// Seconds; `nil` for the object's own.
  var gracePeriod: Int64?
}

extension ClusterState {
  /// Deletes an object as a request would: with grace, and only once its finalizers are gone.
  ///
  /// - Returns: the object as it is left; `nil` when there is none, or none any more.
  @discardableResult
  mutating func beginDeletion(
    _ kind: ResourceKind, _ key: ObjectKey, _ policy: DeletionPolicy = DeletionPolicy(),
    manager: String? = nil
  ) -> KubeObject? {
    guard let live = store.get(kind, key), let served = api.resource(kind) else { return nil }
    var options = DeleteOptions()
    options.propagation = policy.propagation
    options.gracePeriod = policy.gracePeriod
    let outcome = Deletion.delete(live, served, options, manager: manager, in: &self)
    return outcome.isGone ? nil : outcome.object
  }
}
