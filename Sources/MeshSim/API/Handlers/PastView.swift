import KubeModel

/// One kind's objects as they were at some version, as far back as the history goes.
struct PastView {
  let version: Int64
  /// Whether it is the state of now.
  let isNewest: Bool
  private let store: ObjectStore
  /// What was different then, where anything was.
  private var collection: ObjectCollection?

  init(newest store: ObjectStore) {
    self.store = store
    version = store.resourceVersion
    isNewest = true
  }

  /// - Returns: `nil` when the history does not go back that far.
  init?(_ store: ObjectStore, _ kind: ResourceKind, at version: Int64) {
    guard version >= store.oldestWatchable else { return nil }
    self.store = store
    self.version = version
    let changes = store.history.after(version).filter { $0.kind == kind }
    isNewest = changes.isEmpty
    guard !isNewest else { return }
    var collection = store.collection(kind)
    // Undone from the newest on, so that the oldest change of an object has the last word.
    for commit in changes.reversed() {
      if let before = commit.storedBefore {
        _ = collection.put(before, at: before.object.key)
      } else {
        _ = collection.remove(commit.object.key)
      }
    }
    self.collection = collection
  }

  func sections(_ kind: ResourceKind, namespace: String?) -> ArraySlice<ObjectCollection.Section> {
    collection?.sections(in: namespace) ?? store.sections(kind, namespace: namespace)
  }
}
