import KubeModel

/// One open watch.
struct Watcher {
  let kind: ResourceKind
  let namespace: String?
  let selector: LabelSelector
  let name: String?
  let continuation: AsyncThrowingStream<[UInt8], any Error>.Continuation

  /// What this watch is told of a commit: leaving the selection is a deletion to it.
  func event(for commit: Commit) -> JSONValue? {
    guard commit.kind == kind, namespace == nil || commit.object.namespace == namespace,
      name == nil || commit.object.name == name
    else { return nil }
    let isSelected = selector.matches(commit.object.labels)
    let wasSelected = commit.before.map { selector.matches($0.labels) } ?? false
    let type: Commit.Change
    switch (commit.change, wasSelected, isSelected) {
    case (.deleted, _, true), (_, true, false): type = .deleted
    case (_, false, true): type = .added
    case (_, true, true): type = .modified
    default: return nil
    }
    // What leaves the selection is shown as it was in it, at the version of the change.
    var object = isSelected ? commit.object : commit.before ?? commit.object
    object.set("metadata", "resourceVersion", to: .string(commit.object.resourceVersion))
    return ["type": .string(type.rawValue), "object": object.json]
  }
}

extension ClusterState {
  /// Tells the open watches of a commit.
  func notifyWatchers(of commit: Commit) {
    guard !watchers.isEmpty else { return }
    for (_, watcher) in watchers.sorted(by: { $0.key < $1.key }) {
      guard let event = watcher.event(for: commit) else { continue }
      watcher.continuation.yield(event.jsonBytes() + [UInt8(ascii: "\n")])
    }
  }
}
