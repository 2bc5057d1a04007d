import KubeModel
import Seams

/// Deletes objects as Kubernetes does: some with grace, some only when their finalizers are gone.
enum Deletion {
  static let orphanFinalizer = "orphan"
  static let foregroundFinalizer = "foregroundDeletion"

  struct Outcome {
    /// The object as the deletion leaves it, or left it.
    var object: KubeObject
    var isGone: Bool
    var warnings: [String] = []
  }

  /// Begins, hastens or completes the deletion of an object.
  static func delete(
    _ live: KubeObject, _ served: ServedResource, _ options: DeleteOptions, manager: String?,
    in state: inout ClusterState
  ) -> Outcome {
    let kind = served.storage
    if kind == .namespace { return NamespaceTermination.begin(live, options, manager: manager, in: &state) }
    if kind == CustomDefinitions.kind, live.deletionTimestamp == nil {
      return CustomDefinitions.beginDeletion(of: live, options, manager: manager, in: &state)
    }
    var object = live
    let grace = GracefulDeletion.step(&object, kind, options.gracePeriod, now: state.now)
    if grace == .pending { return Outcome(object: live, isGone: false) }
    let finalizers = self.finalizers(of: object, kind, options)
    object.setFinalizers(finalizers)
    if finalizers.isEmpty, grace == .none {
      let gone = options.isDryRun ? nil : state.remove(kind, live.key, manager: manager)
      return Outcome(object: gone ?? live, isGone: true, warnings: warnings(kind, options))
    }
    let isImmediate = grace == .none || grace == .now
    if isImmediate, !finalizers.isEmpty || grace == .now {
      mark(&object, now: state.now, hasGrace: grace == .now)
    }
    guard !options.isDryRun else { return Outcome(object: object, isGone: false) }
    object = state.update(object, kind: kind, manager: manager)
    if grace == .now, finalizers.isEmpty {
      let gone = state.remove(kind, live.key, manager: manager)
      return Outcome(object: gone ?? object, isGone: true)
    }
    return Outcome(object: object, isGone: false, warnings: warnings(kind, options))
  }

  /// Whether a write makes the last finalizer of a dying object go, and with it the object.
  static func isComplete(_ object: KubeObject, live: KubeObject) -> Bool {
    guard object.deletionTimestamp != nil, live.deletionTimestamp != nil, object.finalizers.isEmpty else {
      return false
    }
    if object.kind == "Namespace", object.apiVersion == "v1" {
      return object[path: "spec", "finalizers"]?.array?.isEmpty ?? true
    }
    return live[path: "metadata", "deletionGracePeriodSeconds"]?.int == 0
  }

  /// The answer to a deletion that is done.
  static func success(of object: KubeObject, _ served: ServedResource) -> JSONValue {
    var details = StatusError.details(served.kind, object.name)
    details["uid"] = .string(object.uid)
    return [
      "kind": "Status", "apiVersion": "v1", "metadata": [:], "status": "Success", "details": .object(details),
    ]
  }

  /// Says on an object that it is to go at once.
  private static func mark(_ object: inout KubeObject, now: Timestamp, hasGrace: Bool) {
    if !hasGrace, object[path: "metadata", "deletionGracePeriodSeconds"] == nil, object.generation > 0 {
      object.set("metadata", "generation", to: .int(object.generation + 1))
    }
    let planned = object.deletionTimestamp.flatMap(Timestamp.init(rfc3339:))
    if planned.map({ $0 > now }) ?? true {
      object.set("metadata", "deletionTimestamp", to: .string(now.rfc3339))
    }
    object.set("metadata", "deletionGracePeriodSeconds", to: 0)
  }

  /// The finalizers of an object whose deletion is asked for in some way.
  private static func finalizers(of object: KubeObject, _ kind: ResourceKind, _ options: DeleteOptions)
    -> [String]
  {
    let present = object.finalizers
    let orphans: Bool
    let isForeground: Bool
    if let propagation = options.propagation {
      orphans = propagation == .orphan
      isForeground = propagation == .foreground
    } else {
      orphans =
        present.contains(orphanFinalizer)
        || (!present.contains(foregroundFinalizer) && orphansByDefault(kind))
      isForeground = present.contains(foregroundFinalizer)
    }
    var all = present.filter { $0 != orphanFinalizer && $0 != foregroundFinalizer }
    if orphans { all.append(orphanFinalizer) }
    if isForeground { all.append(foregroundFinalizer) }
    return all
  }

  /// Old versions of batch kept their pods, and Jobs still do.
  private static func orphansByDefault(_ kind: ResourceKind) -> Bool {
    kind == .job || (kind.group.isEmpty && kind.kind == "ReplicationController")
  }

  private static func warnings(_ kind: ResourceKind, _ options: DeleteOptions) -> [String] {
    guard kind == .job, options.propagation == nil else { return [] }
    return [
      "child pods are preserved by default when jobs are deleted; set propagationPolicy=Background to remove them or "
        + "set propagationPolicy=Orphan to suppress this warning"
    ]
  }
}

extension KubeObject {
  /// `metadata.finalizers`.
  var finalizers: [String] { (self[path: "metadata", "finalizers"]?.array ?? []).compactMap(\.string) }

  mutating func setFinalizers(_ finalizers: [String]) {
    guard finalizers != self.finalizers else { return }
    set("metadata", "finalizers", to: finalizers.isEmpty ? nil : .array(finalizers.map(JSONValue.string)))
  }
}
