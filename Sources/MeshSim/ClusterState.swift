import HeapModule
import KubeModel
import Seams

/// Everything a simulated cluster is, at one moment. All changes go through `create`, `update` and
/// `delete`, which stamp, store, record and announce them.
struct ClusterState {
  let name: String
  let seed: UInt64
  var now: Timestamp
  var store = ObjectStore()
  var generator: SeededGenerator
  var images = ImageCatalog()
  var traffic = TrafficModel()
  var watchers: [Int: Watcher] = [:]
  var nextWatcher = 0
  var observers: [@Sendable (Commit, ClusterView) -> Void] = []
  var journal: (any CommitJournal)?
  private var queue: Heap<ScheduledEvent> = []
  private var scheduled: [ClusterEvent: Timestamp] = [:]
  private var nextOrder: UInt64 = 0

  init(name: String, seed: UInt64, now: Timestamp) {
    self.name = name
    self.seed = seed
    self.now = now
    generator = SeededGenerator(seed: seed, stream: StableHash.of(name))
  }

  // MARK: Events

  var nextEvent: Timestamp? { queue.min?.time }

  /// Makes `event` happen at `time`, unless it is to happen earlier anyway.
  mutating func schedule(_ event: ClusterEvent, at time: Timestamp) {
    if let planned = scheduled[event], planned <= time { return }
    scheduled[event] = time
    nextOrder += 1
    queue.insert(ScheduledEvent(time: max(time, now), order: nextOrder, event: event))
  }

  /// Makes `event` happen within the time a controller takes to notice.
  mutating func enqueue(_ event: ClusterEvent) {
    let lag = Duration.microseconds(5_000 + Int64(generator.next() % 45_000))
    schedule(event, at: now + lag)
  }

  /// Runs all events due at or before `time`.
  mutating func advance(to time: Timestamp) {
    while let next = queue.min, next.time <= time {
      queue.removeMin()
      guard scheduled[next.event].map({ $0 <= next.time }) ?? false else { continue }
      scheduled[next.event] = nil
      now = max(now, next.time)
      run(next.event)
    }
    now = max(now, time)
  }

  // MARK: Writes

  /// Stores a new object with what the server sets on creation.
  @discardableResult
  mutating func create(_ object: KubeObject, kind: ResourceKind, manager: String?) -> KubeObject {
    var object = object
    object.set("metadata", "uid", to: .string(newUID()))
    object.set("metadata", "creationTimestamp", to: .string(now.rfc3339))
    if object.fields["spec"] != nil { object.set("metadata", "generation", to: 1) }
    return announce(store.put(object, kind: kind, time: now, manager: manager))
  }

  /// Stores a changed object; nothing happens when nothing changed.
  @discardableResult
  mutating func update(_ object: KubeObject, kind: ResourceKind, manager: String?) -> KubeObject {
    let key = ObjectKey(namespace: object.namespace ?? "", name: object.name)
    guard let before = store.get(kind, key) else { return object }
    var object = object
    object.set("metadata", "resourceVersion", to: .string(before.resourceVersion))
    if object == before { return before }
    if object.fields["spec"] != before.fields["spec"] {
      object.set("metadata", "generation", to: .int(before.generation + 1))
    }
    return announce(store.put(object, kind: kind, time: now, manager: manager))
  }

  /// Removes an object at once.
  mutating func delete(_ kind: ResourceKind, _ key: ObjectKey, manager: String?) {
    guard let commit = store.remove(kind, key, time: now, manager: manager) else { return }
    announce(commit)
  }

  @discardableResult
  private mutating func announce(_ commit: Commit) -> KubeObject {
    journal?.record(commit)
    traffic.noticeChange(of: commit.kind)
    notifyWatchers(of: commit)
    wakeControllers(after: commit)
    if !observers.isEmpty {
      let view = ClusterView(store: store, now: now)
      for observer in observers { observer(commit, view) }
    }
    return commit.object
  }

  // MARK: Random parts of names

  /// A random UUID, version 4.
  private mutating func newUID() -> String {
    var bytes: [UInt8] = []
    for word in [generator.next(), generator.next()] {
      for shift in stride(from: 56, through: 0, by: -8) {
        bytes.append(UInt8(truncatingIfNeeded: word >> shift))
      }
    }
    bytes[6] = bytes[6] & 0x0F | 0x40
    bytes[8] = bytes[8] & 0x3F | 0x80
    let digits = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
    return [digits[0..<4], digits[4..<6], digits[6..<8], digits[8..<10], digits[10..<16]]
      .map { $0.joined() }.joined(separator: "-")
  }

  /// Five characters, as Kubernetes appends them to generated names: no vowels, so no words.
  mutating func newNameSuffix() -> String {
    let alphabet = Array("bcdfghjklmnpqrstvwxz2456789")
    return String((0..<5).map { _ in alphabet[Int(generator.next() % UInt64(alphabet.count))] })
  }
}

extension KubeObject {
  /// Where the object is stored.
  var key: ObjectKey { ObjectKey(namespace: namespace ?? "", name: name) }
}
