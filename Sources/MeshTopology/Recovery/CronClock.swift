/// The times of the clock at which a schedule comes due, each field as a set of bits.
struct CronClock: Hashable, Sendable {
  var minutes: UInt64
  var hours: UInt64
  var days: UInt64
  var months: UInt64
  var weekdays: UInt64
  /// Whether a day counts that matches either of the two fields: so it is when neither is `*`.
  var isEitherDay: Bool

  private static let minutesPerDay = 1440
  /// After 400 years the calendar is the same again, weekdays too.
  private static let cycle = 146_097

  /// Whether it comes due at some time of the day that is `day` days after the start of 1970.
  func matches(day: Int) -> Bool {
    let date = CalendarDate(daysSince1970: day)
    guard months.has(date.month) else { return false }
    let isDay = days.has(date.day)
    let isWeekday = weekdays.has(date.weekday)
    return isEitherDay ? isDay || isWeekday : isDay && isWeekday
  }

  /// The first day from `day` on, at most four hundred years later; `nil` when there is none.
  func firstDay(from day: Int) -> Int? { (day..<day + CronClock.cycle).first(where: matches) }

  /// The minutes of a day, in ascending order.
  var minutesOfDay: [Int] {
    (0..<24).filter(hours.has).flatMap { hour in (0..<60).filter(minutes.has).map { hour * 60 + $0 } }
  }

  /// The longest time between two times, in minutes.
  var longestInterval: Int {
    let times = minutesOfDay
    guard let first = times.first, let last = times.last else { return 0 }
    let within = zip(times, times.dropFirst()).map { $1 - $0 }.max() ?? 0
    let overnight = longestGapOfDays * CronClock.minutesPerDay - last + first
    return max(within, overnight)
  }

  /// The first time after `minute`, in minutes since the start of 1970.
  func next(after minute: Int) -> Int {
    let times = minutesOfDay
    let today = minute.floored(by: CronClock.minutesPerDay)
    let now = minute - today * CronClock.minutesPerDay
    if matches(day: today), let later = times.first(where: { $0 > now }) {
      return today * CronClock.minutesPerDay + later
    }
    guard let day = firstDay(from: today + 1), let first = times.first else { return minute }
    return day * CronClock.minutesPerDay + first
  }

  private var longestGapOfDays: Int {
    let isDaily = days == UInt64.bits(1...31) && weekdays == .bits(0...6) && months == .bits(1...12)
    if isDaily { return 1 }
    guard var last = firstDay(from: 0) else { return 0 }
    var longest = 1
    for day in last + 1...last + CronClock.cycle where matches(day: day) {
      longest = max(longest, day - last)
      last = day
    }
    return longest
  }
}

/// A day of the Gregorian calendar.
struct CalendarDate: Hashable {
  let year: Int
  /// 1...12.
  let month: Int
  /// 1...31.
  let day: Int
  /// 0...6, from Sunday.
  let weekday: Int

  /// The day that is so many days after the first of January 1970, a Thursday.
  ///
  /// Years are counted from the first of March, so that the day that some years have more comes last.
  init(daysSince1970 days: Int) {
    weekday = (days + 4).remainder(by: 7)
    let fromMarch = days + 719_468
    let era = fromMarch.floored(by: 146_097)
    let dayOfEra = fromMarch - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }
}

extension Int {
  fileprivate func floored(by divisor: Int) -> Int { self / divisor - (self % divisor < 0 ? 1 : 0) }
  fileprivate func remainder(by divisor: Int) -> Int { self - floored(by: divisor) * divisor }
}

extension UInt64 {
  /// Whether the bit `index` is set.
  func has(_ index: Int) -> Bool { self & 1 << UInt64(index) != 0 }

  /// The bits of `range`, each `step`-th.
  static func bits(_ range: ClosedRange<Int>, step: Int = 1) -> UInt64 {
    stride(from: range.lowerBound, through: range.upperBound, by: step).reduce(0) { $0 | 1 << UInt64($1) }
  }
}
