import KubeModel
import Seams

/// The ControllerRevisions of StatefulSets and DaemonSets: each template once, numbered.
enum ControllerHistory {
  static let hashLabel = "controller.kubernetes.io/hash"
  static let revisionLabel = "controller-revision-hash"

  /// The revisions of `owner`, the oldest first.
  static func all(of owner: KubeObject, in state: ClusterState) -> [KubeObject] {
    state.store.dependants(of: owner.uid, kind: .controllerRevision).filter { $0.isControlled(by: owner) }
      .sorted { (number($0), $0.name) < (number($1), $1.name) }
  }

  static func number(_ revision: KubeObject) -> Int64 { revision.fields["revision"]?.int ?? 0 }

  /// The revision of the owner's present template: found and made the newest, or made.
  static func current(for owner: KubeObject, in state: inout ClusterState) -> (
    revision: KubeObject, collisions: Int64
  ) {
    let known = all(of: owner, in: state)
    let data = data(of: owner)
    var collisions = owner[path: "status", "collisionCount"]?.int ?? 0
    let next = (known.last.map(number) ?? 0) + 1
    if var same = known.last(where: { $0.fields["data"] == data }) {
      guard same.uid != known.last?.uid else { return (same, collisions) }
      same.fields["revision"] = .int(next)
      return (
        state.revise(same, kind: .controllerRevision, manager: ControllerName.manager, subresource: nil),
        collisions
      )
    }
    while true {
      let revision = object(for: owner, data: data, number: next, collisions: collisions)
      if state.store.contains(.controllerRevision, revision.key) {
        collisions += 1
        continue
      }
      state.create(revision, kind: .controllerRevision, manager: nil)
      return (state.store.get(.controllerRevision, revision.key) ?? revision, collisions)
    }
  }

  /// Deletes the oldest revisions beyond the limit that nothing uses.
  static func prune(_ owner: KubeObject, live: Set<String>, in state: inout ClusterState) {
    let unused = all(of: owner, in: state).filter {
      !live.contains($0.name) && !live.contains($0.labels[revisionLabel] ?? "-")
    }
    let limit = Int(owner[path: "spec", "revisionHistoryLimit"]?.int ?? 10)
    for revision in unused.prefix(max(0, unused.count - limit)) {
      state.delete(.controllerRevision, revision.key, manager: nil)
    }
  }

  /// The owner's spec as it was at a revision.
  static func template(of revision: KubeObject) -> JSONValue {
    guard var template = revision[path: "data", "spec", "template"] else { return .null }
    template["$patch"] = nil
    return template
  }

  private static func data(of owner: KubeObject) -> JSONValue {
    var template = owner[path: "spec", "template"] ?? [:]
    template["$patch"] = "replace"
    return ["spec": ["template": template]]
  }

  private static func object(for owner: KubeObject, data: JSONValue, number: Int64, collisions: Int64)
    -> KubeObject
  {
    let hash = TemplatedPod.hash(data, collisions: collisions)
    var revision = KubeObject(
      kind: .controllerRevision, namespace: owner.namespace, name: "\(owner.name)-\(hash)")
    var labels = owner[path: "spec", "template", "metadata", "labels"]?.stringMap ?? [:]
    labels[owner.kind == "DaemonSet" ? revisionLabel : hashLabel] = hash
    revision.labels = labels
    if !owner.annotations.isEmpty { revision.annotations = owner.annotations }
    revision.setOwnerReferences([OwnerReference.controller(owner)])
    revision.fields["data"] = data
    revision.fields["revision"] = .int(number)
    return revision
  }
}
