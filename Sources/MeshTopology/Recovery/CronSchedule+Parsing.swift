internal import KubeModel

extension CronSchedule {
  /// Why a text is not a schedule.
  package struct Fault: Error, Hashable {
    /// What is wrong.
    package let message: String
    /// What to do.
    package let remedy: String
  }

  private static let example =
    "write minute, hour, day of the month, month and day of the week, such as 0 2 * * *, or @daily"
  private static let shorthands = [
    "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *", "@monthly": "0 0 1 * *", "@weekly": "0 0 * * 0",
    "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@hourly": "0 * * * *",
  ]

  /// Reads a schedule, and says what is wrong.
  package static func parse(_ text: String) -> Result<CronSchedule, Fault> {
    Result { () throws(Fault) in try read(text) }
  }

  private static func read(_ text: String) throws(Fault) -> CronSchedule {
    guard text.utf8.count <= 256 else {
      throw Fault(message: "a schedule of \(text.utf8.count) characters", remedy: example)
    }
    var words = text.split(separator: " ").map(String.init)
    var zone: String?
    if let first = words.first, let prefix = ["CRON_TZ=", "TZ="].first(where: first.hasPrefix) {
      zone = String(first.dropFirst(prefix.count))
      words.removeFirst()
    }
    if words.count == 2, words[0] == "@every" {
      return CronSchedule(description: text, times: try every(words[1]), timeZone: zone)
    }
    if words.count == 1, words[0].hasPrefix("@") {
      guard let fields = shorthands[words[0]] else {
        let known = shorthands.keys.sorted()
        throw Fault(
          message: "\(shown(words[0])) is not a schedule",
          remedy: Suggestion.remedy(
            for: words[0], in: known, otherwise: "the words are \(alternatives(known, last: "and"))"))
      }
      words = fields.split(separator: " ").map(String.init)
    }
    guard words.count == 5 else {
      throw Fault(
        message: "\(shown(text)) has \(words.count) field\(words.count == 1 ? "" : "s"); a schedule has 5",
        remedy: example)
    }
    let clock = try clock(words)
    guard clock.firstDay(from: 0) != nil else {
      throw Fault(message: "\(shown(text)) never comes due", remedy: "choose a day that the month has")
    }
    return CronSchedule(description: text, times: .clock(clock), timeZone: zone)
  }

  private static func every(_ text: String) throws(Fault) -> Times {
    guard let interval = Duration(unitText: text), interval >= .seconds(60),
      interval.wholeMilliseconds % 60_000 == 0
    else {
      throw Fault(
        message: "@every \(shown(text)) is not a number of minutes",
        remedy: "write it like @every 15m or @every 6h")
    }
    return .every(minutes: Int(interval.wholeMilliseconds / 60_000))
  }

  private static func clock(_ words: [String]) throws(Fault) -> CronClock {
    let minutes = try CronField.minute.read(words[0])
    let hours = try CronField.hour.read(words[1])
    let days = try CronField.day.read(words[2])
    let months = try CronField.month.read(words[3])
    let weekdays = try CronField.weekday.read(words[4])
    return CronClock(
      minutes: minutes.bits, hours: hours.bits, days: days.bits, months: months.bits, weekdays: weekdays.bits,
      isEitherDay: !days.isAny && !weekdays.isAny)
  }
}

extension Codec where Value == CronSchedule {
  /// A schedule in the words of cron.
  static var cron: Codec {
    .scalar(
      .special(words: "a schedule of cron such as 0 2 * * *, or @daily", pattern: nil),
      read: { field in
        guard let text = field.text() else { return nil }
        switch CronSchedule.parse(text) {
        case .success(let schedule): return schedule
        case .failure(let fault):
          field.report(.invalidValue, fault.message, remedy: fault.remedy)
          return nil
        }
      },
      write: { .string($0.description) }, source: { SwiftSource.literal($0.description) })
  }
}
