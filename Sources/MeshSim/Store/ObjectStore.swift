import DequeModule
import KubeModel
import Seams

/// The objects of a cluster with their versions and the recent history that watches resume from.
struct ObjectStore {
  private var objects: [ResourceKind: [ObjectKey: KubeObject]] = [:]
  /// The JSON text of objects that were read, with the version it belongs to.
  private var texts: [ResourceKind: [ObjectKey: (version: String, bytes: [UInt8])]] = [:]
  private(set) var history: Deque<Commit> = []
  /// The version of the last change.
  private(set) var resourceVersion: Int64 = 1
  /// The oldest version that a watch can start from.
  private(set) var oldestWatchable: Int64 = 1

  /// How many changes are kept for watches.
  static let historyLimit = 4_096

  func get(_ kind: ResourceKind, _ key: ObjectKey) -> KubeObject? { objects[kind]?[key] }

  func contains(_ kind: ResourceKind, _ key: ObjectKey) -> Bool { objects[kind]?[key] != nil }

  /// An object as JSON text, made once a version: procedures read the same objects again and again.
  mutating func text(of kind: ResourceKind, _ key: ObjectKey) -> [UInt8]? {
    guard let object = objects[kind]?[key] else { return nil }
    let version = object.resourceVersion
    if let known = texts[kind]?[key], known.version == version { return known.bytes }
    let bytes = object.json.jsonBytes()
    texts[kind, default: [:]][key] = (version, bytes)
    return bytes
  }

  /// The objects of a kind in one namespace, or in all, ordered by namespace and name.
  func list(_ kind: ResourceKind, namespace: String? = nil) -> [KubeObject] {
    guard let all = objects[kind] else { return [] }
    let keys = namespace.map { wanted in all.keys.filter { $0.namespace == wanted } } ?? Array(all.keys)
    return keys.sorted().compactMap { all[$0] }
  }

  /// The kinds that have objects.
  var kinds: [ResourceKind] { objects.keys.sorted { $0.description < $1.description } }

  /// Stores `object` under a new version.
  mutating func put(_ object: KubeObject, kind: ResourceKind, time: Timestamp, manager: String?) -> Commit {
    resourceVersion += 1
    var stored = object
    stored.set("metadata", "resourceVersion", to: .string(String(resourceVersion)))
    let key = ObjectKey(namespace: object.namespace ?? "", name: object.name)
    let before = objects[kind, default: [:]].updateValue(stored, forKey: key)
    let commit = Commit(
      change: before == nil ? .added : .modified, kind: kind, before: before, object: stored,
      resourceVersion: resourceVersion, time: time, manager: manager)
    remember(commit)
    return commit
  }

  /// Removes an object; `nil` when there is none.
  mutating func remove(_ kind: ResourceKind, _ key: ObjectKey, time: Timestamp, manager: String?) -> Commit? {
    guard let before = objects[kind]?.removeValue(forKey: key) else { return nil }
    texts[kind]?[key] = nil
    resourceVersion += 1
    var last = before
    last.set("metadata", "resourceVersion", to: .string(String(resourceVersion)))
    let commit = Commit(
      change: .deleted, kind: kind, before: before, object: last, resourceVersion: resourceVersion,
      time: time, manager: manager)
    remember(commit)
    return commit
  }

  /// Puts an object as it was stored before, when a cluster is loaded.
  mutating func restore(_ object: KubeObject, kind: ResourceKind) {
    objects[kind, default: [:]][ObjectKey(namespace: object.namespace ?? "", name: object.name)] = object
  }

  /// Removes an object when a cluster is loaded.
  mutating func restoreRemoval(_ kind: ResourceKind, _ key: ObjectKey) {
    objects[kind]?[key] = nil
  }

  /// Sets the version when a cluster is loaded; watches cannot start before it.
  mutating func restore(resourceVersion: Int64) {
    self.resourceVersion = resourceVersion
    oldestWatchable = resourceVersion
    history.removeAll()
  }

  private mutating func remember(_ commit: Commit) {
    history.append(commit)
    while history.count > ObjectStore.historyLimit {
      oldestWatchable = history.removeFirst().resourceVersion
    }
  }
}
