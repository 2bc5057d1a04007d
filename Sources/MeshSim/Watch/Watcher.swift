import KubeModel
import Seams

/// One open watch.
struct Watcher {
  let selection: Selection
  let writer: EventWriter
  let continuation: AsyncThrowingStream<[UInt8], any Error>.Continuation
  let allowsBookmarks: Bool
  /// The version that the watch waits for; it is told of nothing before.
  var from: Int64
  /// Whether a table has shown its columns, which only the first event does.
  var hasHeaders = false

  /// What this watch is told of a commit: leaving the selection is a deletion to it.
  func change(for commit: Commit) -> (type: Commit.Change, object: StoredObject)? {
    guard commit.resourceVersion > from else { return nil }
    let object = commit.object
    guard selection.namespace == nil || object.namespace == selection.namespace else { return nil }
    if selection.isEverything { return (commit.change, commit.stored) }
    let isSelected = selection.matches(object)
    let wasSelected = commit.before.map(selection.matches) ?? false
    switch (commit.change, wasSelected, isSelected) {
    case (.deleted, true, _), (.deleted, _, true): return (.deleted, commit.stored)
    case (_, false, true): return (.added, commit.stored)
    case (_, true, true): return (.modified, commit.stored)
    case (_, true, false):
      // What leaves the selection is shown as it was in it, at the version of the change.
      guard var last = commit.before else { return nil }
      last.set("metadata", "resourceVersion", to: .string(object.resourceVersion))
      return (.deleted, StoredObject(last, version: commit.resourceVersion))
    default: return nil
    }
  }

  /// Sends text to the client; one that does not read is cut off, as a real server does.
  ///
  /// - Returns: whether the watch goes on.
  func send(_ text: [UInt8]) -> Bool {
    guard case .enqueued = continuation.yield(text) else {
      continuation.finish()
      return false
    }
    return true
  }
}

/// What can be told to several watches in the same words is written once.
struct EventTexts {
  private struct Key: Hashable {
    let served: ResourceKind
    let form: Representation.Form
    let type: Commit.Change
    let object: ObjectIdentifier
  }

  private var texts: [Key: [UInt8]] = [:]

  mutating func text(
    _ change: (type: Commit.Change, object: StoredObject), for watcher: Watcher, now: Timestamp
  )
    -> [UInt8]
  {
    guard watcher.writer.form != .table else {
      return watcher.writer.text(
        change.type.rawValue, change.object, withHeaders: !watcher.hasHeaders, now: now)
    }
    let key = Key(
      served: watcher.writer.served.kind, form: watcher.writer.form, type: change.type,
      object: ObjectIdentifier(change.object))
    if let text = texts[key] { return text }
    let text = watcher.writer.text(change.type.rawValue, change.object, now: now)
    texts[key] = text
    return text
  }
}
