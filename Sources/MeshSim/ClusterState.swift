import HeapModule
import KubeModel
import Seams

/// Everything a simulated cluster is, at one moment. All changes go through `create`, `update`, `beginDeletion` and
/// `delete`, which stamp, store, record and announce them.
struct ClusterState {
  let name: String
  let seed: UInt64
  /// The time as the cluster knows it.
  var now: Timestamp
  /// What the API serves: the built-in resources, and those that definitions add.
  var api = ServedAPI.builtIn
  var store: ObjectStore
  var generator: SeededGenerator
  var images = ImageCatalog()
  var traffic = TrafficModel()
  var watchers = Watchers()
  var followers = LogFollowers()
  var observers: [@Sendable (Commit, ClusterView) -> Void] = []
  var journal: (any CommitJournal)?
  var hooks = ServerHooks()
  /// OpenAPI documents that were asked for, by group version.
  var openAPI: [String: [UInt8]] = [:]
  var controllers = ControllerState()
  var access = AccessState.bootstrap
  var faults = FaultState()
  /// How far the cluster's own clock is ahead of the true time.
  private(set) var clockSkew: Duration = .zero
  private var queue: Heap<ScheduledEvent> = []
  private var scheduled: [ClusterEvent: Timestamp] = [:]
  private var nextOrder: UInt64 = 0

  /// A new cluster: it holds what every control plane makes for itself.
  init(name: String, seed: UInt64, now: Timestamp) {
    self.name = name
    self.seed = seed
    self.now = now
    store = BootstrapObjects.store(at: now)
    generator = SeededGenerator(seed: seed, stream: StableHash.of(name))
    schedule(.boot, at: now)
  }

  /// The certificates by which pods know the API server, in PEM.
  var certificateAuthority: String { hooks.certificateAuthority }

  // MARK: Events

  /// When something happens next, by the true time.
  var nextEvent: Timestamp? { queue.min?.time }

  /// The time as everybody else knows it.
  var trueNow: Timestamp { now - clockSkew }

  /// Sets the cluster's clock wrong. What is due stays due at the same moment: only stamps are wrong.
  mutating func setClockSkew(_ skew: Duration) {
    now = trueNow + skew
    clockSkew = skew
  }

  /// Makes `event` happen when the cluster's clock shows `time`, unless it is to happen earlier anyway.
  mutating func schedule(_ event: ClusterEvent, at time: Timestamp) {
    let time = max(time, now) - clockSkew
    if let planned = scheduled[event], planned <= time { return }
    scheduled[event] = time
    nextOrder += 1
    queue.insert(ScheduledEvent(time: time, order: nextOrder, event: event))
  }

  /// Makes `event` happen within the time a controller takes to notice.
  mutating func enqueue(_ event: ClusterEvent) {
    let lag = Duration.microseconds(5_000 + Int64(generator.next() % 45_000))
    schedule(event, at: now + lag)
  }

  /// Runs all events due at or before `time`, by the true time.
  mutating func advance(to time: Timestamp) {
    while let next = queue.min, next.time <= time {
      queue.removeMin()
      guard scheduled[next.event].map({ $0 <= next.time }) ?? false else { continue }
      scheduled[next.event] = nil
      now = max(now, next.time + clockSkew)
      run(next.event)
    }
    now = max(now, time + clockSkew)
  }

  // MARK: Writes

  /// Stores a new object with what the server sets on creation.
  @discardableResult
  mutating func create(_ object: KubeObject, kind: ResourceKind, manager: String?) -> KubeObject {
    var object = object
    if object.uid.isEmpty { object.set("metadata", "uid", to: .string(newUID())) }
    object.set("metadata", "creationTimestamp", to: .string(now.rfc3339))
    if object.fields["spec"] != nil, hasGenerations(kind) { object.set("metadata", "generation", to: 1) }
    return commit(object, kind: kind, manager: manager)
  }

  /// Stores a changed object; nothing happens when nothing changed. An object that was only held by its last
  /// finalizer goes when the change takes that away.
  @discardableResult
  mutating func update(_ object: KubeObject, kind: ResourceKind, manager: String?) -> KubeObject {
    guard let before = store.get(kind, object.key) else { return object }
    var object = object
    object.set("metadata", "resourceVersion", to: .string(before.resourceVersion))
    if object == before { return before }
    if object.generation == before.generation, object.fields["spec"] != before.fields["spec"],
      hasGenerations(kind)
    {
      object.set("metadata", "generation", to: .int(before.generation + 1))
    }
    return commit(object, kind: kind, manager: manager)
  }

  /// Stores an object as it is.
  @discardableResult
  mutating func commit(_ object: KubeObject, kind: ResourceKind, manager: String?) -> KubeObject {
    announce(store.put(object, kind: kind, time: now, manager: manager))
  }

  /// Removes an object at once, whatever holds it.
  ///
  /// - Returns: the object as it went, with the version of its deletion.
  @discardableResult
  mutating func remove(_ kind: ResourceKind, _ key: ObjectKey, manager: String?) -> KubeObject? {
    guard let commit = store.remove(kind, key, time: now, manager: manager) else { return nil }
    return announce(commit)
  }

  /// Removes an object at once; one with finalizers stays until they are gone.
  mutating func delete(_ kind: ResourceKind, _ key: ObjectKey, manager: String?) {
    guard let object = store.get(kind, key) else { return }
    if object.finalizers.isEmpty {
      remove(kind, key, manager: manager)
    } else {
      beginDeletion(kind, key, DeletionPolicy(gracePeriod: 0), manager: manager)
    }
  }

  private func hasGenerations(_ kind: ResourceKind) -> Bool {
    api.resource(kind).map { !$0.storageRules.generationFields.isEmpty } ?? true
  }

  @discardableResult
  private mutating func announce(_ commit: Commit) -> KubeObject {
    journal?.record(commit, at: trueNow)
    traffic.noticeChange(of: commit.kind)
    notifyWatchers(of: commit)
    access.notice(commit)
    wakeControllers(after: commit)
    AccessFollowUp.follow(commit, in: &self)
    if !observers.isEmpty {
      let view = ClusterView(store: store, now: now)
      for observer in observers { observer(commit, view) }
    }
    return commit.object
  }
}
