import KubeModel
import Seams

/// Which lines of a log a client wants, and how.
struct LogOptions: Sendable {
  var follows = false
  var isPrevious = false
  var showsTimes = false
  var since: Timestamp?
  var sinceSeconds: Int64?
  var tail: Int?
  var limit: Int?

  init(_ request: APIRequest) throws(StatusError) {
    let query = request.query
    follows = query.isTrue("follow")
    isPrevious = query.isTrue("previous")
    showsTimes = query.isTrue("timestamps")
    sinceSeconds = try query.integer("sinceSeconds")
    since = query["sinceTime"].flatMap(Timestamp.init(rfc3339:))
    tail = try query.integer("tailLines").map { Int(clamping: $0) }
    limit = try query.integer("limitBytes").map { Int(clamping: $0) }
    var errors = FieldErrors()
    if let tail, tail < 0 {
      errors.invalid(FieldPath("tailLines"), .int(Int64(tail)), "must be greater than or equal to 0")
    }
    if let limit, limit < 1 {
      errors.invalid(FieldPath("limitBytes"), .int(Int64(limit)), "must be greater than 0")
    }
    if let sinceSeconds, sinceSeconds < 1 {
      errors.invalid(FieldPath("sinceSeconds"), .int(sinceSeconds), "must be greater than 0")
    }
    if since != nil, sinceSeconds != nil {
      errors.forbidden(FieldPath(""), "at most one of `sinceTime` or `sinceSeconds` may be specified")
    }
    let kind = ResourceKind(group: "", version: "v1", kind: "PodLogOptions", plural: "")
    guard errors.isEmpty else { throw .invalid(kind, request.info.name, errors.all) }
  }

  /// The lines that are wanted.
  func selected(_ lines: [ContainerLog.Line], now: Timestamp) -> [ContainerLog.Line] {
    var lines = lines
    let start = since ?? sinceSeconds.map { now - .seconds($0) }
    if let start { lines = lines.filter { $0.time >= start } }
    if let tail, lines.count > tail { lines = lines.suffix(tail) }
    return lines
  }

  func text(of lines: [ContainerLog.Line]) -> [UInt8] {
    var bytes: [UInt8] = []
    for line in lines {
      if showsTimes { bytes += "\(line.time.rfc3339Micro.dropLast())000Z ".utf8 }
      bytes += line.text.utf8
      bytes.append(UInt8(ascii: "\n"))
    }
    return limit.map { Array(bytes.prefix($0)) } ?? bytes
  }
}

/// A client that reads a log as it grows.
struct LogFollower: Sendable {
  let pod: ObjectKey
  let uid: String
  let container: String
  let options: LogOptions
  /// Until when lines have been shown.
  var shown: Timestamp
  let continuation: AsyncThrowingStream<[UInt8], any Error>.Continuation
}

/// The clients that follow logs. Their numbers are negative, so that they share the way streams end with watches.
struct LogFollowers: Sendable {
  private var all: [Int: LogFollower] = [:]
  private var next = 0

  var isEmpty: Bool { all.isEmpty }
  var ids: [Int] { all.keys.sorted(by: >) }

  subscript(id: Int) -> LogFollower? {
    get { all[id] }
    set { all[id] = newValue }
  }

  mutating func add(_ follower: LogFollower) -> Int {
    next -= 1
    all[next] = follower
    return next
  }
}

extension ClusterState {
  /// Shows the new lines of all logs that are followed.
  mutating func growLogs() {
    for id in followers.ids {
      guard var follower = followers[id] else { continue }
      guard let pod = store.get(.pod, follower.pod), pod.uid == follower.uid else {
        follower.continuation.finish()
        followers[id] = nil
        continue
      }
      let from = follower.shown
      let lines = ContainerLog.lines(pod: pod, container: follower.container, previous: false, in: self)
        .filter { $0.time > from }
      if !lines.isEmpty { follower.continuation.yield(follower.options.text(of: lines)) }
      follower.shown = now
      followers[id] = follower
      if ["Succeeded", "Failed"].contains(pod[path: "status", "phase"]?.string ?? "") {
        follower.continuation.finish()
        followers[id] = nil
      }
    }
    if !followers.isEmpty { schedule(.machinery(.logs), at: now + .seconds(1)) }
  }
}
