/// When something comes due, as cron writes it: minute, hour, day of the month, month, day of the week.
///
/// The grammar is that of robfig/cron's standard parser, which Velero and CloudNativePG use: names of months and
/// weekdays, `@daily` and its like, `@every 1h`, and `CRON_TZ=Asia/Tokyo` in front; Sunday is 0 and never 7.
public struct CronSchedule: Hashable, Sendable, CustomStringConvertible {
  /// The schedule as written.
  public let description: String
  /// When it comes due.
  let times: Times
  /// The time zone it counts in; UTC for `nil`.
  public let timeZone: String?

  enum Times: Hashable, Sendable {
    /// Again and again, after so many minutes.
    case every(minutes: Int)
    /// At certain times of the clock.
    case clock(CronClock)
  }

  /// Reads a schedule; `nil` when the text is none.
  public init?(_ text: String) {
    guard case .success(let schedule) = CronSchedule.parse(text) else { return nil }
    self = schedule
  }

  init(description: String, times: Times, timeZone: String?) {
    self.description = description
    self.times = times
    self.timeZone = timeZone
  }

  /// The longest time between two times that it comes due: what is written in between is in no backup.
  ///
  /// In a time zone of its own the day on which summer time ends is an hour longer.
  public var longestInterval: Duration {
    let minutes =
      switch times {
      case .every(let minutes): minutes
      case .clock(let clock): clock.longestInterval
      }
    let mayStretch = minutes >= 60 && !(timeZone ?? "UTC").isUniversal
    return .seconds((minutes + (mayStretch ? 60 : 0)) * 60)
  }

  /// The first time after `minute` that it comes due, both in minutes since the start of 1970 on the clock of
  /// its time zone.
  public func next(after minute: Int) -> Int {
    switch times {
    case .every(let minutes): minute + minutes
    case .clock(let clock): clock.next(after: minute)
    }
  }
}

extension String {
  fileprivate var isUniversal: Bool { ["UTC", "Etc/UTC", "GMT", "Etc/GMT"].contains(self) }
}

extension CronSchedule: ExpressibleByStringLiteral {
  public init(stringLiteral text: String) {
    guard let schedule = CronSchedule(text) else { preconditionFailure("\(text) is not a schedule") }
    self = schedule
  }
}
