import DequeModule
import KubeModel
import Seams

/// The objects of a cluster with their versions and the recent history that watches resume from.
///
/// It is a value: a copy is a snapshot and costs nothing until one of the two changes.
struct ObjectStore: Sendable {
  private var collections: [ResourceKind: ObjectCollection] = [:]
  private var owners = OwnerIndex()
  private(set) var history = CommitHistory()
  /// The version of the last change.
  private(set) var resourceVersion: Int64 = 1

  /// The oldest version that a watch can start from.
  var oldestWatchable: Int64 { history.oldestWatchable }

  // MARK: Reading

  func get(_ kind: ResourceKind, _ key: ObjectKey) -> KubeObject? { collections[kind]?[key]?.object }

  func stored(_ kind: ResourceKind, _ key: ObjectKey) -> StoredObject? { collections[kind]?[key] }

  func contains(_ kind: ResourceKind, _ key: ObjectKey) -> Bool { collections[kind]?[key] != nil }

  /// The objects of a kind in one namespace, or in all, ordered by namespace and name.
  func list(_ kind: ResourceKind, namespace: String? = nil) -> [KubeObject] {
    sections(kind, namespace: namespace).flatMap { $0.slots.lazy.map(\.stored.object) }
  }

  /// The same with their texts, and without a copy.
  func sections(_ kind: ResourceKind, namespace: String? = nil) -> ArraySlice<ObjectCollection.Section> {
    collections[kind]?.sections(in: namespace) ?? []
  }

  func collection(_ kind: ResourceKind) -> ObjectCollection { collections[kind] ?? ObjectCollection() }

  func count(of kind: ResourceKind) -> Int { collections[kind]?.count ?? 0 }

  /// The kinds that have objects, in a fixed order.
  var kinds: [ResourceKind] {
    collections.filter { $0.value.count > 0 }.keys
      .sorted { ($0.plural, $0.group) < ($1.plural, $1.group) }
  }

  /// Where the object with a uid is.
  func location(ofUID uid: String) -> ObjectLocation? { owners.location(ofUID: uid) }

  /// The object with a uid.
  func object(uid: String) -> KubeObject? { location(ofUID: uid).flatMap { get($0.kind, $0.key) } }

  /// The objects that name `uid` among their owners, in a fixed order.
  func dependants(of uid: String) -> [ObjectLocation] { owners.dependants(of: uid) }

  /// The objects of one kind that name `uid` among their owners.
  func dependants(of uid: String, kind: ResourceKind) -> [KubeObject] {
    owners.dependants(of: uid).compactMap { $0.kind == kind ? get(kind, $0.key) : nil }
  }

  // MARK: Writing

  /// Stores `object` under a new version.
  mutating func put(_ object: KubeObject, kind: ResourceKind, time: Timestamp, manager: String?) -> Commit {
    resourceVersion += 1
    var changed = object
    changed.set("metadata", "resourceVersion", to: .string(String(resourceVersion)))
    let stored = StoredObject(changed, version: resourceVersion)
    let key = object.key
    let before = collections[kind, default: ObjectCollection()].put(stored, at: key)
    owners.notice(ObjectLocation(kind: kind, key: key), from: before?.object, to: changed)
    let commit = Commit(
      change: before == nil ? .added : .modified, kind: kind, before: before, stored: stored, time: time,
      manager: manager)
    history.append(commit)
    return commit
  }

  /// Removes an object; `nil` when there is none.
  ///
  /// - Parameter last: the object as it goes, where that differs from what was stored.
  mutating func remove(
    _ kind: ResourceKind, _ key: ObjectKey, last: KubeObject? = nil, time: Timestamp, manager: String?
  ) -> Commit? {
    guard let before = collections[kind]?.remove(key) else { return nil }
    owners.notice(ObjectLocation(kind: kind, key: key), from: before.object, to: nil)
    resourceVersion += 1
    var gone = last ?? before.object
    gone.set("metadata", "resourceVersion", to: .string(String(resourceVersion)))
    let commit = Commit(
      change: .deleted, kind: kind, before: before, stored: StoredObject(gone, version: resourceVersion),
      time: time, manager: manager)
    history.append(commit)
    return commit
  }

  // MARK: Loading

  /// Puts an object as it was stored before, when a cluster is loaded.
  mutating func restore(_ object: KubeObject, kind: ResourceKind) {
    let stored = StoredObject(object, version: Int64(object.resourceVersion) ?? 0)
    let before = collections[kind, default: ObjectCollection()].put(stored, at: object.key)
    owners.notice(ObjectLocation(kind: kind, key: object.key), from: before?.object, to: object)
  }

  /// Removes an object when a cluster is loaded.
  mutating func restoreRemoval(_ kind: ResourceKind, _ key: ObjectKey) {
    guard let before = collections[kind]?.remove(key) else { return }
    owners.notice(ObjectLocation(kind: kind, key: key), from: before.object, to: nil)
  }

  /// Sets the version when a cluster is loaded; watches cannot start before it.
  mutating func restore(resourceVersion: Int64) {
    self.resourceVersion = resourceVersion
    history = CommitHistory(oldestWatchable: resourceVersion)
  }

  /// Forgets the history up to a version, as etcd does when it is compacted.
  mutating func compact(to version: Int64) { history.forget(upTo: min(version, resourceVersion)) }
}

extension KubeObject {
  /// Where the object is stored.
  var key: ObjectKey { ObjectKey(namespace: namespace ?? "", name: name) }
}
