import KubeModel
import Seams

/// The open watches of a cluster, by the kind whose objects they are told of.
struct Watchers {
  struct Entry {
    let id: Int
    var watcher: Watcher
  }

  /// Each list in the order in which the watches were opened.
  private var byKind: [ResourceKind: [Entry]] = [:]
  private var kinds: [Int: ResourceKind] = [:]
  private var next = 0

  var isEmpty: Bool { kinds.isEmpty }
  var count: Int { kinds.count }

  mutating func add(_ watcher: Watcher, of kind: ResourceKind) -> Int {
    next += 1
    byKind[kind, default: []].append(Entry(id: next, watcher: watcher))
    kinds[next] = kind
    return next
  }

  @discardableResult
  mutating func remove(_ id: Int) -> Watcher? {
    guard let kind = kinds.removeValue(forKey: id), let index = index(of: id, kind) else { return nil }
    return byKind[kind]?.remove(at: index).watcher
  }

  func of(_ kind: ResourceKind) -> [Entry] { byKind[kind] ?? [] }

  var all: [Entry] { byKind.values.flatMap { $0 }.sorted { $0.id < $1.id } }

  mutating func noteHeaders(_ id: Int) {
    guard let kind = kinds[id], let index = index(of: id, kind) else { return }
    byKind[kind]?[index].watcher.hasHeaders = true
  }

  private func index(of id: Int, _ kind: ResourceKind) -> Int? {
    byKind[kind]?.position(of: id) { $0.id }.found
  }
}

extension ClusterState {
  /// Tells the open watches of a commit.
  mutating func notifyWatchers(of commit: Commit) {
    guard !watchers.isEmpty else { return }
    var texts = EventTexts()
    for entry in watchers.of(commit.kind) {
      let (id, watcher) = (entry.id, entry.watcher)
      guard let change = watcher.change(for: commit) else { continue }
      if !watcher.send(texts.text(change, for: watcher, now: now)) {
        watchers.remove(id)
      } else if watcher.writer.form == .table, !watcher.hasHeaders {
        watchers.noteHeaders(id)
      }
    }
  }

  /// Tells every watch that wants to know how far the cluster is.
  mutating func sendBookmarks() {
    var isWanted = false
    for entry in watchers.all where entry.watcher.allowsBookmarks {
      let (id, watcher) = (entry.id, entry.watcher)
      isWanted = true
      let version = max(store.resourceVersion, watcher.from)
      if !watcher.send(watcher.writer.bookmark(version, now: now)) { watchers.remove(id) }
    }
    if isWanted { schedule(.machinery(.bookmarks), at: now + .seconds(60)) }
  }

  /// Ends a watch whose time is over.
  mutating func finishWatch(_ id: Int) { watchers.remove(id)?.continuation.finish() }
}
