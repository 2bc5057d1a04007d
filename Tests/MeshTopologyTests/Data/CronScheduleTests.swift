import MeshTopology
import Testing

@Suite("A schedule")
struct CronScheduleTests {
  static let wrong: [(text: String, message: String, remedy: String)] = [
    ("0 2 * *", #""0 2 * *" has 4 fields; a schedule has 5"#, CronScheduleTests.form),
    ("", #""" has 0 fields; a schedule has 5"#, CronScheduleTests.form),
    ("0 0 2 * * *", #""0 0 2 * * *" has 6 fields; a schedule has 5"#, CronScheduleTests.form),
    ("60 2 * * *", #""60" is not a minute"#, "a minute is 0 to 59"),
    ("0 24 * * *", #""24" is not an hour"#, "an hour is 0 to 23"),
    ("0 2 0 * *", #""0" is not a day of the month"#, "a day of the month is 1 to 31"),
    ("0 2 * 13 *", #""13" is not a month"#, "a month is 1 to 12, or JAN to DEC"),
    (
      "0 2 * * 7", #""7" is not a day of the week"#, "a day of the week is 0 to 6, from Sunday, or SUN to SAT"
    ),
    (
      "0 2 * * MUN", #""MUN" is not a day of the week"#,
      "a day of the week is 0 to 6, from Sunday, or SUN to SAT"
    ),
    ("*/0 2 * * *", #""*/0" is not a minute"#, "a minute is 0 to 59"),
    ("0 22-4 * * *", #""22-4" ends before it begins"#, "write it as two ranges, such as 22-23,0-4"),
    ("0 2 31 2 *", #""0 2 31 2 *" never comes due"#, "choose a day that the month has"),
    ("@dayly", #""@dayly" is not a schedule"#, "did you mean @daily?"),
    ("@every 90s", #"@every "90s" is not a number of minutes"#, "write it like @every 15m or @every 6h"),
  ]
  private static let form =
    "write minute, hour, day of the month, month and day of the week, such as 0 2 * * *, or @daily"

  @Test("that is wrong is refused with what is wrong and a remedy", arguments: wrong)
  func isRefused(_ row: (text: String, message: String, remedy: String)) {
    guard case .failure(let fault) = CronSchedule.parse(row.text) else {
      Issue.record("\(row.text) was read")
      return
    }
    #expect([fault.message, fault.remedy] == [row.message, row.remedy])
  }

  @Test(
    "leaves at most so long between two times",
    arguments: [
      ("0 2 * * *", "24h"), ("@daily", "24h"), ("@hourly", "1h"), ("*/5 * * * *", "5m"),
      ("*/7 * * * *", "7m"),
      ("0 */6 * * *", "6h"), ("0 */5 * * *", "5h"), ("0 9-17 * * *", "16h"), ("0 2 * * MON-FRI", "72h"),
      ("@weekly", "168h"), ("0 0 1 * *", "744h"), ("@yearly", "8784h"), ("0 0 29 2 *", "70104h"),
      ("@every 15m", "15m"), ("0 2 1,15 * 1", "168h"), ("CRON_TZ=Asia/Tokyo 0 2 * * *", "25h"),
      ("CRON_TZ=UTC 0 2 * * *", "24h"), ("CRON_TZ=Asia/Tokyo */5 * * * *", "5m"), ("5/20 * * * ?", "20m"),
    ])
  func hasLongestInterval(_ text: String, _ interval: String) throws {
    let schedule = try #require(CronSchedule(text))
    #expect(schedule.longestInterval.unitText == interval)
    #expect(schedule.description == text)
  }

  @Test("comes due when a clock that is looked at every minute says so", arguments: 0..<6)
  func agreesWithSlowModel(seed: Int) throws {
    var random = Dice(state: UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1)
    let model = SlowCron(random: &random)
    let schedule = try #require(CronSchedule(model.text), "seed \(seed): \(model.text)")
    // From the February of a leap year on.
    var clock = SlowClock(year: 2024, month: 2, day: 1, daysSince1970: 19_754)
    var expected = schedule.next(after: clock.minute - 1)
    for _ in 0..<1440 * 60 {
      if model.isDue(clock) {
        #expect(clock.minute == expected, "seed \(seed): \(model.text)")
        guard clock.minute == expected else { return }
        expected = schedule.next(after: expected)
      }
      clock.advance()
    }
    #expect(expected >= clock.minute, "seed \(seed): \(model.text)")
  }

  @Test("leaves no longer gap in four hundred years than it says", arguments: 100..<103)
  func agreesOnGaps(seed: Int) throws {
    var random = Dice(state: UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1)
    let model = SlowCron(random: &random)
    let schedule = try #require(CronSchedule(model.text), "seed \(seed): \(model.text)")
    var clock = SlowClock(year: 2024, month: 2, day: 1, daysSince1970: 19_754)
    let times = (0..<1440).filter { model.minutes[$0 % 60] && model.hours[$0 / 60] }
    var longest = zip(times, times.dropFirst()).map { $1 - $0 }.max() ?? 0
    var last: Int?
    for _ in 0..<146_097 + 366 * 8 {
      if model.isDay(clock) {
        if let last { longest = max(longest, clock.minute + times[0] - last) }
        last = clock.minute + times[times.count - 1]
      }
      clock.advanceDay()
    }
    #expect(schedule.longestInterval == .seconds(longest * 60), "seed \(seed): \(model.text)")
  }
}

/// A schedule that is looked up value by value.
private struct SlowCron {
  let texts: [String]
  let values: [[Bool]]

  init(random: inout Dice) {
    let fields = [0...59, 0...23, 1...31, 1...12, 0...6].map { random.field($0) }
    texts = fields.map(\.text)
    values = fields.map { field in (0..<60).map(field.values.contains) }
  }

  var text: String { texts.joined(separator: " ") }
  var minutes: [Bool] { values[0] }
  var hours: [Bool] { values[1] }

  func isDue(_ clock: SlowClock) -> Bool {
    values[0][clock.minuteOfHour] && values[1][clock.hour] && isDay(clock)
  }

  func isDay(_ clock: SlowClock) -> Bool {
    let (isDay, isWeekday) = (values[2][clock.day], values[4][clock.weekday])
    let isEither = texts[2] != "*" && texts[4] != "*"
    return values[3][clock.month] && (isEither ? isDay || isWeekday : isDay && isWeekday)
  }
}

/// A calendar that counts.
private struct SlowClock {
  var year: Int
  var month: Int
  var day: Int
  var hour = 0
  var minuteOfHour = 0
  var weekday: Int
  var minute: Int

  init(year: Int, month: Int, day: Int, daysSince1970: Int) {
    self.year = year
    self.month = month
    self.day = day
    weekday = (4 + daysSince1970) % 7
    minute = daysSince1970 * 1440
  }

  mutating func advance() {
    minute += 1
    minuteOfHour += 1
    guard minuteOfHour == 60 else { return }
    (minuteOfHour, hour) = (0, hour + 1)
    guard hour == 24 else { return }
    minute -= 1440
    advanceDay()
  }

  mutating func advanceDay() {
    minute += 1440
    (hour, weekday, day) = (0, (weekday + 1) % 7, day + 1)
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    guard day > [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] else { return }
    (day, month) = (1, month + 1)
    if month == 13 { (month, year) = (1, year + 1) }
  }
}

/// Repeatable chance (xorshift).
private struct Dice: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }

  mutating func field(_ range: ClosedRange<Int>) -> (text: String, values: Set<Int>) {
    // Days that some month lacks are left to the table.
    let range = range.upperBound == 31 ? 1...28 : range
    let first = Int.random(in: range, using: &self)
    let last = Int.random(in: first...range.upperBound, using: &self)
    let step = Int.random(in: 2...5, using: &self)
    switch Int.random(in: 0..<6, using: &self) {
    case 0: return ("\(first)", [first])
    case 1: return ("\(first)-\(last)", Set(first...last))
    case 2: return ("\(first)-\(last)/\(step)", Set(stride(from: first, through: last, by: step)))
    case 3: return ("\(range.lowerBound),\(last)", [range.lowerBound, last])
    default: return ("*", Set(0...59))
    }
  }
}
