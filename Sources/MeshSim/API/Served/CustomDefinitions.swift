import KubeModel
import Seams

/// Serves what CustomResourceDefinitions declare, for as long as they are there.
enum CustomDefinitions {
  static let kind = ResourceKind(
    group: "apiextensions.k8s.io", version: "v1", kind: "CustomResourceDefinition",
    plural: "customresourcedefinitions", isNamespaced: false)

  /// Brings a definition, and those that share its group, to where they belong.
  static func settle(_ name: String, in state: inout ClusterState) {
    let group = String(name.drop { $0 != "." }.dropFirst())
    for key in definitions(of: group, in: state).map(\.key) {
      for _ in 0..<8 {
        guard let definition = state.store.get(kind, key) else { break }
        let others = definitions(of: group, in: state).filter { $0.name != key.name }
        guard let next = CustomDefinitionStatus.next(definition, others: others, now: state.now) else {
          break
        }
        state.update(next, kind: kind, manager: nil)
      }
    }
    serve(name, in: &state)
    cleanUp(name, in: &state)
  }

  /// Serves the resources of all stored definitions, when a cluster is loaded.
  static func serveAll(in state: inout ClusterState) {
    for definition in state.store.list(kind) where CustomDefinitionStatus.isEstablished(definition) {
      // Everything else that serving it brings about is in the store already.
      if let served = CustomKind(definition: definition) { state.api.serve(served) }
    }
  }

  private static func serve(_ name: String, in state: inout ClusterState) {
    guard let definition = state.store.get(kind, ObjectKey(namespace: "", name: name)) else {
      state.withdraw(name)
      return
    }
    guard CustomDefinitionStatus.isEstablished(definition), let served = CustomKind(definition: definition)
    else {
      return
    }
    state.serve(served)
  }

  private static func definitions(of group: String, in state: ClusterState) -> [KubeObject] {
    state.store.list(kind).filter { $0[path: "spec", "group"]?.string == group }
  }

  /// Begins a deletion, which ends when the last object is gone.
  static func beginDeletion(
    of live: KubeObject, _ options: DeleteOptions, manager: String?, in state: inout ClusterState
  ) -> Deletion.Outcome {
    var definition = live
    CustomDefinitionStatus.beginDeletion(&definition, now: state.now)
    guard !options.isDryRun else { return Deletion.Outcome(object: definition, isGone: false) }
    return Deletion.Outcome(object: state.update(definition, kind: kind, manager: manager), isGone: false)
  }

  /// Objects of a definition that goes, go first.
  private static func cleanUp(_ name: String, in state: inout ClusterState) {
    let key = ObjectKey(namespace: "", name: name)
    guard var definition = state.store.get(kind, key), CustomDefinitionStatus.isAwaitingCleanup(definition)
    else {
      return
    }
    if let storage = CustomKind(definition: definition)?.storage {
      for object in state.store.list(storage) where object.deletionTimestamp == nil {
        state.beginDeletion(storage, object.key)
      }
      if state.store.count(of: storage) > 0 {
        CustomDefinitionStatus.noteCleanup(&definition, now: state.now)
        state.update(definition, kind: kind, manager: nil)
        state.schedule(.machinery(.definition(name)), at: state.now + .seconds(5))
        return
      }
    }
    CustomDefinitionStatus.finishCleanup(&definition, now: state.now)
    if definition.finalizers.isEmpty {
      state.remove(kind, key, manager: nil)
    } else {
      state.update(definition, kind: kind, manager: nil)
    }
  }
}

extension ClusterState {
  /// Serves a definition's resources from now on.
  mutating func serve(_ definition: CustomKind) {
    api.serve(definition)
    changed(definition.name)
  }

  /// Serves a definition's resources no longer.
  mutating func withdraw(_ name: String) {
    guard api.serves(name) else { return }
    api.withdraw(name)
    changed(name)
  }

  private mutating func changed(_ name: String) {
    let group = name.drop { $0 != "." }.dropFirst()
    openAPI = openAPI.filter { !$0.key.hasPrefix("apis/\(group)/") && $0.key != "v2" }
    APIServices.settle(group: String(group), in: &self)
  }
}
