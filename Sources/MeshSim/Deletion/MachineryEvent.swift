import KubeModel
import Seams

/// What the machinery of the API does by itself, after a change or at some time.
enum MachineryEvent: Hashable, Sendable {
  /// Objects that name a deleted one as their owner.
  case ownerGone(uid: String)
  /// An object that names an owner: is there one?
  case dependant(ObjectLocation)
  /// An object whose deletion waits for its dependants, or is to let them go.
  case finalization(ObjectLocation)
  /// A namespace whose content goes.
  case namespace(String)
  /// A CustomResourceDefinition that has changed, or gone.
  case definition(String)
  /// An admission policy that is new or has changed.
  case policy(String)
  /// A moment at which watches are told how far the cluster is.
  case bookmarks
  /// The end of a watch's time.
  case watchEnd(Int)
  /// A moment at which logs that are followed may have grown.
  case logs

  func run(in state: inout ClusterState) {
    switch self {
    case .ownerGone(let uid): GarbageCollector.collectDependants(of: uid, in: &state)
    case .dependant(let location): GarbageCollector.examine(location, in: &state)
    case .finalization(let location): GarbageCollector.finalize(location, in: &state)
    case .namespace(let name): NamespaceTermination.proceed(name, in: &state)
    case .definition(let name): CustomDefinitions.settle(name, in: &state)
    case .policy(let name): ValidatingPolicies.noteTypes(of: name, in: &state)
    case .bookmarks: state.sendBookmarks()
    case .watchEnd(let id): state.finishWatch(id)
    case .logs: state.growLogs()
    }
  }
}

extension ClusterState {
  /// Plans what a commit makes the machinery do.
  mutating func wakeMachinery(after commit: Commit) {
    let object = commit.object
    let location = ObjectLocation(kind: commit.kind, key: object.key)
    let owners = object.ownerUIDs
    if commit.kind == CustomDefinitions.kind { enqueue(.machinery(.definition(object.name))) }
    if commit.kind == ValidatingPolicies.kind { enqueue(.machinery(.policy(object.name))) }
    wakeDefinition(after: commit)
    if commit.change == .deleted {
      if !store.dependants(of: object.uid).isEmpty { enqueue(.machinery(.ownerGone(uid: object.uid))) }
      for owner in owners { wakeOwner(owner) }
      wakeNamespace(of: object)
      return
    }
    if !owners.isEmpty, commit.before?.ownerUIDs != owners,
      owners.contains(where: { store.location(ofUID: $0) == nil })
    {
      enqueue(.machinery(.dependant(location)))
    }
    if object.deletionTimestamp != nil {
      let finalizers = object.finalizers
      if finalizers.contains(Deletion.orphanFinalizer) || finalizers.contains(Deletion.foregroundFinalizer) {
        enqueue(.machinery(.finalization(location)))
      }
      if commit.kind == .namespace { enqueue(.machinery(.namespace(object.name))) }
    }
  }

  /// Looks at everything, as after the start of a control plane.
  mutating func resumeMachinery() {
    CustomDefinitions.serveAll(in: &self)
    for kind in store.kinds {
      for object in store.list(kind) {
        let location = ObjectLocation(kind: kind, key: object.key)
        if object.ownerUIDs.contains(where: { store.location(ofUID: $0) == nil }) {
          enqueue(.machinery(.dependant(location)))
        }
        guard object.deletionTimestamp != nil else { continue }
        if kind == .namespace { enqueue(.machinery(.namespace(object.name))) }
        if !object.finalizers.isEmpty { enqueue(.machinery(.finalization(location))) }
      }
    }
  }

  /// An owner that waits for its dependants looks again.
  private mutating func wakeOwner(_ uid: String) {
    guard let location = store.location(ofUID: uid), let owner = store.get(location.kind, location.key),
      owner.deletionTimestamp != nil, owner.finalizers.contains(Deletion.foregroundFinalizer)
    else { return }
    enqueue(.machinery(.finalization(location)))
  }

  /// A definition that goes waits for the last of its objects.
  private mutating func wakeDefinition(after commit: Commit) {
    guard commit.change == .deleted, !ServedAPI.isBuiltIn(group: commit.kind.group) else { return }
    let name = "\(commit.kind.plural).\(commit.kind.group)"
    guard let definition = store.get(CustomDefinitions.kind, ObjectKey(namespace: "", name: name)),
      definition.deletionTimestamp != nil
    else { return }
    enqueue(.machinery(.definition(name)))
  }

  private mutating func wakeNamespace(of object: KubeObject) {
    guard let name = object.namespace,
      let namespace = store.get(.namespace, ObjectKey(namespace: "", name: name)),
      namespace.deletionTimestamp != nil
    else { return }
    enqueue(.machinery(.namespace(name)))
  }
}

extension KubeObject {
  /// The uids of the owners, in the order in which they stand.
  var ownerUIDs: [String] {
    (self[path: "metadata", "ownerReferences"]?.array ?? []).compactMap { $0["uid"]?.string }
  }
}
