import Seams
import Synchronization

/// What happened, in order, whoever says so.
final class EventLog: Sendable {
  private let stored = Mutex<[String]>([])

  var entries: [String] { stored.withLock { $0 } }

  func add(_ entry: String) { stored.withLock { $0.append(entry) } }
}

/// Has events at given times and writes them into a log.
final class Metronome: TimeDriven {
  private let name: String
  private let log: EventLog
  private let times: Mutex<[Timestamp]>

  init(_ name: String, at seconds: [Int64], log: EventLog) {
    self.name = name
    self.log = log
    times = Mutex(seconds.map { Timestamp(seconds: $0) })
  }

  var nextEvent: Timestamp? { times.withLock { $0.first } }

  func advance(to time: Timestamp) {
    times.withLock { times in
      while let next = times.first, next <= time {
        times.removeFirst()
        log.add("\(name) \(next.microseconds / 1_000_000)")
      }
    }
  }
}
