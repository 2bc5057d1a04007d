import KubeModel
import Seams

/// One container on its node: what it is in, since when, and what comes next.
struct ContainerRun: Sendable {
  enum Stage: Sendable, Equatable {
    /// Its image comes, its process starts.
    case creating(until: Timestamp)
    /// Its image cannot be had; the next try is due at `until`.
    case unpullable(until: Timestamp, attempts: Int)
    case running(since: Timestamp, readyAt: Timestamp?, exitsAt: Timestamp?, exitCode: Int64)
    /// It has ended and starts again.
    case backingOff(until: Timestamp, seconds: Int64)
    case ended
  }

  struct Ending: Sendable, Equatable {
    var startedAt: Timestamp
    var finishedAt: Timestamp
    var exitCode: Int64
    var reason: String { exitCode == 0 ? "Completed" : "Error" }
  }

  let name: String
  var image: String
  let isInit: Bool
  /// An init container that keeps running beside the others.
  let isSidecar: Bool
  /// Whether it may start already: the init containers before it have ended.
  var isReleased = false
  var stage: Stage = .ended
  var restarts: Int64 = 0
  /// How it ended this time; `nil` while it runs.
  var ending: Ending?
  var lastEnding: Ending?
  /// What to tell in events since the last turn.
  var news: [News] = []

  enum News: Sendable, Equatable {
    case pulling
    case failedPull
    case backOffPull
    case started
    case backOff
    case killing
  }

  var isRunning: Bool { if case .running = stage { true } else { false } }

  var hasSucceeded: Bool { stage == .ended && ending?.exitCode == 0 }

  /// When something happens to it next by itself.
  var nextChange: Timestamp? {
    switch stage {
    case .creating(let until), .unpullable(let until, _), .backingOff(let until, _): until
    case .running(_, let readyAt, let exitsAt, _): [readyAt, exitsAt].compactMap { $0 }.min()
    case .ended: nil
    }
  }

  func isReady(at now: Timestamp) -> Bool {
    if case .running(_, nil, _, _) = stage { return true }
    if case .running(_, let readyAt?, _, _) = stage { return readyAt <= now }
    return false
  }
}

/// How a container behaves: from its image and its command.
struct ContainerBehavior: Sendable {
  /// From its creation until its process serves.
  var startup: Duration
  var failure: ImageBehavior.Failure
  var runTime: Duration?
  var exitCode: Int64
  /// Whether probes decide when it is ready, and the least time they take.
  var probeDelay: Duration?
  var neverReady: Bool

  static let farFuture = Timestamp(seconds: 253_402_300_799)
  /// The pauses between restarts double from 10 s to 5 min.
  static func backOff(restarts: Int64) -> Int64 { min(300, 10 << min(max(restarts - 1, 0), 5)) }
}
