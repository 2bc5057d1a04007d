import KubeModel
import Seams

/// Deletes what has no owner any more, and lets owners wait for what they own.
enum GarbageCollector {
  /// What an owner reference points at.
  private enum Owner {
    case solid
    /// Going, but only after its dependants.
    case waiting
    case absent
  }

  static func collectDependants(of uid: String, in state: inout ClusterState) {
    for location in state.store.dependants(of: uid) { examine(location, in: &state) }
  }

  /// Looks at the owners of an object: with none left it goes, with some it loses the references to the others.
  static func examine(_ location: ObjectLocation, in state: inout ClusterState) {
    guard let object = state.store.get(location.kind, location.key) else { return }
    let references = object[path: "metadata", "ownerReferences"]?.array ?? []
    guard !references.isEmpty else { return }
    let owners = references.map { owner($0, of: object, in: state) }
    if owners.contains(.solid) {
      let kept = zip(references, owners).filter { $0.1 == .solid }.map(\.0)
      guard kept.count < references.count else { return }
      setOwners(kept, of: location, in: &state)
      return
    }
    if object.deletionTimestamp != nil, !object.finalizers.contains(Deletion.foregroundFinalizer) { return }
    let isBlocking = state.store.dependants(of: object.uid).contains { blocks(object.uid, $0, in: state) }
    var propagation = Propagation.background
    if owners.contains(.waiting), isBlocking {
      propagation = .foreground
    } else if object.finalizers.contains(Deletion.orphanFinalizer) {
      propagation = .orphan
    } else if object.finalizers.contains(Deletion.foregroundFinalizer) {
      propagation = .foreground
    }
    if object.deletionTimestamp != nil, propagation == .foreground { return }
    state.beginDeletion(location.kind, location.key, DeletionPolicy(propagation: propagation))
  }

  /// Does what the collector's own finalizers stand for, and takes them away when that is done.
  static func finalize(_ location: ObjectLocation, in state: inout ClusterState) {
    guard let object = state.store.get(location.kind, location.key), object.deletionTimestamp != nil else {
      return
    }
    let dependants = state.store.dependants(of: object.uid)
    if object.finalizers.contains(Deletion.orphanFinalizer) {
      for dependant in dependants { release(dependant, from: object.uid, in: &state) }
      removeFinalizer(Deletion.orphanFinalizer, from: location, in: &state)
    } else if object.finalizers.contains(Deletion.foregroundFinalizer) {
      let blocking = dependants.filter { blocks(object.uid, $0, in: state) }
      guard !blocking.isEmpty else {
        removeFinalizer(Deletion.foregroundFinalizer, from: location, in: &state)
        return
      }
      for dependant in blocking { examine(dependant, in: &state) }
    }
  }

  private static func owner(_ reference: JSONValue, of object: KubeObject, in state: ClusterState) -> Owner {
    guard let location = state.store.location(ofUID: reference["uid"]?.string ?? ""),
      let owner = state.store.get(location.kind, location.key),
      !location.kind.isNamespaced || location.key.namespace == object.namespace
    else { return .absent }
    let isWaiting = owner.deletionTimestamp != nil && owner.finalizers.contains(Deletion.foregroundFinalizer)
    return isWaiting && reference["blockOwnerDeletion"]?.bool == true ? .waiting : .solid
  }

  private static func blocks(_ uid: String, _ dependant: ObjectLocation, in state: ClusterState) -> Bool {
    let object = state.store.get(dependant.kind, dependant.key)
    return (object?[path: "metadata", "ownerReferences"]?.array ?? [])
      .contains { $0["uid"]?.string == uid && $0["blockOwnerDeletion"]?.bool == true }
  }

  private static func release(_ dependant: ObjectLocation, from uid: String, in state: inout ClusterState) {
    guard let object = state.store.get(dependant.kind, dependant.key) else { return }
    let others = (object[path: "metadata", "ownerReferences"]?.array ?? []).filter {
      $0["uid"]?.string != uid
    }
    setOwners(others, of: dependant, in: &state)
  }

  private static func setOwners(
    _ owners: [JSONValue], of location: ObjectLocation, in state: inout ClusterState
  ) {
    guard var object = state.store.get(location.kind, location.key) else { return }
    object.set("metadata", "ownerReferences", to: owners.isEmpty ? nil : .array(owners))
    state.update(object, kind: location.kind, manager: nil)
  }

  private static func removeFinalizer(
    _ finalizer: String, from location: ObjectLocation, in state: inout ClusterState
  ) {
    guard var object = state.store.get(location.kind, location.key) else { return }
    object.setFinalizers(object.finalizers.filter { $0 != finalizer })
    if object.finalizers.isEmpty, object[path: "metadata", "deletionGracePeriodSeconds"]?.int ?? 0 == 0 {
      state.remove(location.kind, location.key, manager: nil)
    } else {
      state.update(object, kind: location.kind, manager: nil)
    }
  }
}
