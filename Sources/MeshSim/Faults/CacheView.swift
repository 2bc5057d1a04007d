import KubeModel
import Seams

extension ClusterState {
  /// What the API's cache shows of a kind, where a fault lets it lag behind.
  ///
  /// - Parameter version: the version that the client has seen already; a cache that is not there yet is waited for.
  /// - Returns: `nil` when the cache is up to date.
  func laggingView(of kind: ResourceKind, notOlderThan version: Int64) -> PastView? {
    guard let age = faults.cacheAge else { return nil }
    let horizon = now - age
    let shown = store.history.commits.last { $0.time <= horizon }?.resourceVersion
    let wanted = max(version, shown ?? store.oldestWatchable, store.oldestWatchable)
    guard wanted < store.resourceVersion else { return nil }
    return PastView(store, kind, at: wanted)
  }
}

extension PastView {
  /// One object as it was then.
  func stored(_ kind: ResourceKind, _ key: ObjectKey) -> StoredObject? {
    sections(kind, namespace: key.namespace).lazy.flatMap(\.slots).first { $0.name == key.name }?.stored
  }
}
