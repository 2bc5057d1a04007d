import KubeModel
import Seams

/// A schedule in the form of cron: five fields, or a word such as `@hourly` (robfig/cron's standard parser).
struct CronCalendar: Equatable, Sendable {
  private var minutes: Set<Int64>
  private var hours: Set<Int64>
  private var days: Set<Int64>
  private var months: Set<Int64>
  private var weekdays: Set<Int64>
  private var anyDay: Bool
  private var anyWeekday: Bool
  private var every: Int64?
  /// Seconds east of UTC.
  private let offset: Int64

  /// - Parameters:
  ///   - zone: a name of a time zone with a fixed offset.
  /// - Returns: `nil` when the text or the zone is not understood.
  init?(_ text: String, zone: String? = nil) {
    guard let offset = CronCalendar.offset(of: zone) else { return nil }
    self.offset = offset
    var text = text
    if text.hasPrefix("@every ") {
      guard let seconds = CronCalendar.seconds(String(text.dropFirst(7))), seconds > 0 else { return nil }
      every = seconds
      text = "* * * * *"
    }
    let words = [
      "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *", "@monthly": "0 0 1 * *", "@weekly": "0 0 * * 0",
      "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@hourly": "0 * * * *",
    ]
    let fields = (words[text] ?? text).split(separator: " ").map(String.init)
    guard fields.count == 5,
      let minutes = CronCalendar.field(fields[0], 0...59), let hours = CronCalendar.field(fields[1], 0...23),
      let days = CronCalendar.field(fields[2], 1...31),
      let months = CronCalendar.field(fields[3], 1...12, names: CronCalendar.monthNames, base: 1),
      let weekdays = CronCalendar.field(fields[4], 0...7, names: CronCalendar.dayNames, base: 0)
    else { return nil }
    (self.minutes, self.hours, self.days, self.months) = (minutes, hours, days, months)
    self.weekdays = Set(weekdays.map { $0 % 7 })
    anyDay = fields[2].hasPrefix("*") || fields[2].hasPrefix("?")
    anyWeekday = fields[4].hasPrefix("*") || fields[4].hasPrefix("?")
  }

  /// The first time after `time`; `nil` when there is none in five years.
  func next(after time: Timestamp) -> Timestamp? {
    if let every { return Timestamp(seconds: time.wholeSecond + every) }
    var minute = (time.wholeSecond + offset).flooredDivision(by: 60) + 1
    let end = minute + 5 * 366 * 1_440
    while minute < end {
      let day = minute.flooredDivision(by: 1_440)
      guard isDay(day) else {
        minute = (day + 1) * 1_440
        continue
      }
      let hour = (minute - day * 1_440) / 60
      guard hours.contains(hour) else {
        minute = day * 1_440 + (hour + 1) * 60
        continue
      }
      if minutes.contains(minute - day * 1_440 - hour * 60) {
        return Timestamp(seconds: minute * 60 - offset)
      }
      minute += 1
    }
    return nil
  }

  private func isDay(_ day: Int64) -> Bool {
    let text = Timestamp(seconds: day * 86_400).rfc3339
    let parts = text.prefix(10).split(separator: "-").compactMap { Int64($0) }
    guard parts.count == 3, months.contains(parts[1]) else { return false }
    let weekday = (day + 4) - (day + 4).flooredDivision(by: 7) * 7
    let (isDay, isWeekday) = (days.contains(parts[2]), weekdays.contains(weekday))
    return anyDay || anyWeekday ? isDay && isWeekday : isDay || isWeekday
  }

  private static let monthNames = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]
  private static let dayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]

  private static func field(
    _ text: String, _ range: ClosedRange<Int64>, names: [String] = [], base: Int64 = 0
  ) -> Set<Int64>? {
    func number(_ text: Substring) -> Int64? {
      if let index = names.firstIndex(of: text.lowercased()) { return Int64(index) + base }
      return Int64(text)
    }
    var result: Set<Int64> = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let pieces = part.split(separator: "/", omittingEmptySubsequences: false)
      guard pieces.count <= 2 else { return nil }
      let step = pieces.count == 2 ? Int64(pieces[1]) : 1
      guard let step, step > 0 else { return nil }
      let (first, last): (Int64, Int64)
      if pieces[0] == "*" || pieces[0] == "?" {
        (first, last) = (range.lowerBound, range.upperBound)
      } else {
        let ends = pieces[0].split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count <= 2, let from = number(ends[0]) else { return nil }
        guard let to = ends.count == 2 ? number(ends[1]) : pieces.count == 2 ? range.upperBound : from else {
          return nil
        }
        (first, last) = (from, to)
      }
      guard range.contains(first), range.contains(last), first <= last else { return nil }
      result.formUnion(stride(from: first, through: last, by: Int64.Stride(step)))
    }
    return result
  }

  private static func seconds(_ text: String) -> Int64? {
    guard let unit = text.last, let number = Int64(text.dropLast()) else { return nil }
    return ["s": 1, "m": 60, "h": 3_600][unit].map { $0 * number }
  }

  /// The offset of a zone without daylight saving; `nil` for others.
  private static func offset(of zone: String?) -> Int64? {
    guard let zone, !zone.isEmpty else { return 0 }
    if [
      "UTC", "Etc/UTC", "GMT", "Etc/GMT", "Etc/UCT", "UCT", "Zulu", "Etc/Zulu", "Universal", "Etc/Universal",
    ].contains(zone) {
      return 0
    }
    if zone.hasPrefix("Etc/GMT"), let hours = Int64(zone.dropFirst(7)), (-14...12).contains(hours) {
      return -hours * 3_600  // signs are the other way round there
    }
    let fixed: [String: Int64] = [
      "Asia/Tokyo": 540, "Asia/Seoul": 540, "Asia/Shanghai": 480, "Asia/Singapore": 480,
      "Asia/Hong_Kong": 480,
      "Asia/Taipei": 480, "Asia/Manila": 480, "Australia/Perth": 480, "Asia/Bangkok": 420,
      "Asia/Jakarta": 420,
      "Asia/Ho_Chi_Minh": 420, "Asia/Dhaka": 360, "Asia/Kolkata": 330, "Asia/Karachi": 300, "Asia/Dubai": 240,
      "Europe/Moscow": 180, "Europe/Istanbul": 180, "Asia/Riyadh": 180, "Africa/Nairobi": 180,
      "Africa/Johannesburg": 120, "Africa/Lagos": 60, "Africa/Abidjan": 0, "Atlantic/Reykjavik": 0,
      "America/Sao_Paulo": -180, "America/Argentina/Buenos_Aires": -180, "America/Bogota": -300,
      "America/Lima": -300,
      "America/Phoenix": -420, "Pacific/Honolulu": -600,
    ]
    return fixed[zone].map { $0 * 60 }
  }
}

extension Int64 {
  fileprivate func flooredDivision(by divisor: Int64) -> Int64 {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }
}
