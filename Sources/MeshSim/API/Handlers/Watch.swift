import KubeModel
import Seams

/// A stream of events that has begun.
struct WatchStart: Sendable {
  /// `nil` when the stream is over already.
  let id: Int?
  let stream: AsyncThrowingStream<[UInt8], any Error>
  let continuation: AsyncThrowingStream<[UInt8], any Error>.Continuation
}

extension APIServer {
  /// How many events a client may leave unread before it is cut off.
  private static let unreadLimit = 1 << 14

  /// Starts a watch: what is there first, if that is wanted, and then every change.
  static func watch(_ request: APIRequest, _ served: ServedResource, in state: inout ClusterState)
    throws(StatusError) -> Answer
  {
    let options = try ListOptions(request)
    let rendering = try Rendering(request, served, now: state.now)
    let selection = try Selection(request, of: served)
    let version = try ResourceVersions.number(options.resourceVersion, code: 500)
    if options.sendsInitialEvents == true { try ResourceVersions.checkReachable(version, in: state.store) }
    let (stream, continuation) = AsyncThrowingStream<[UInt8], any Error>.makeStream(
      bufferingPolicy: .bufferingOldest(unreadLimit))
    var watcher = Watcher(
      selection: selection, writer: EventWriter(rendering), continuation: continuation,
      allowsBookmarks: options.allowsBookmarks, from: max(version, state.store.resourceVersion))
    let showsState = options.sendsInitialEvents ?? (version == 0)
    var first: [UInt8] = []
    if showsState {
      first = initialEvents(&watcher, served, in: state)
      if options.allowsBookmarks, options.sendsInitialEvents == true || options.resourceVersion == "0" {
        first += watcher.writer.bookmark(
          state.store.resourceVersion, endsInitialEvents: true, withHeaders: !watcher.hasHeaders,
          now: state.now)
      }
    } else if version > 0 {
      guard version >= state.store.oldestWatchable else {
        continuation.yield(
          EventWriter.error(
            .expired("too old resource version: \(version) (\(state.store.oldestWatchable))")))
        continuation.finish()
        return Answer(.watch(WatchStart(id: nil, stream: stream, continuation: continuation)))
      }
      first = missedEvents(&watcher, after: version, served, in: state)
    }
    if !first.isEmpty { continuation.yield(first) }
    let id = state.watchers.add(watcher, of: served.storage)
    state.schedule(.machinery(.watchEnd(id)), at: state.now + timeout(options, in: &state))
    if options.allowsBookmarks { state.schedule(.machinery(.bookmarks), at: state.now + .seconds(60)) }
    return Answer(.watch(WatchStart(id: id, stream: stream, continuation: continuation)))
  }

  private static func initialEvents(
    _ watcher: inout Watcher, _ served: ServedResource, in state: ClusterState
  )
    -> [UInt8]
  {
    var text: [UInt8] = []
    for section in state.store.sections(served.storage, namespace: watcher.selection.namespace) {
      for slot in section.slots where watcher.selection.matches(slot.stored.object) {
        text += watcher.writer.text(
          Commit.Change.added.rawValue, slot.stored, withHeaders: !watcher.hasHeaders, now: state.now)
        watcher.hasHeaders = true
      }
    }
    return text
  }

  private static func missedEvents(
    _ watcher: inout Watcher, after version: Int64, _ served: ServedResource, in state: ClusterState
  ) -> [UInt8] {
    var text: [UInt8] = []
    let now = watcher.from
    watcher.from = version
    for commit in state.store.history.after(version) where commit.kind == served.storage {
      guard let change = watcher.change(for: commit) else { continue }
      text += watcher.writer.text(
        change.type.rawValue, change.object, withHeaders: !watcher.hasHeaders, now: state.now)
      watcher.hasHeaders = true
    }
    watcher.from = now
    return text
  }

  /// Watches without a time of their own end between half an hour and an hour, so that not all end at once.
  private static func timeout(_ options: ListOptions, in state: inout ClusterState) -> Duration {
    if let seconds = options.timeout, seconds > 0 { return .seconds(min(seconds, 1 << 31)) }
    return .seconds(1_800 + Int64(StableHash.of("\(state.seed)/\(state.watchers.count)") % 1_800))
  }
}
