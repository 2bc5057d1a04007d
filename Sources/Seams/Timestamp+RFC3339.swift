/// RFC 3339 in UTC. The calendar arithmetic is Howard Hinnant's days-from-civil, so that printing a
/// time needs neither Foundation nor the machine's time zone.
extension Timestamp: CustomStringConvertible {
  public var description: String { rfc3339 }

  /// `2026-01-02T03:04:05Z`: whole seconds, rounded down, as `metav1.Time` prints.
  public var rfc3339: String { formatted(fraction: false) }

  /// `2026-01-02T03:04:05.000006Z`: exactly six decimals, as `metav1.MicroTime` demands.
  public var rfc3339Micro: String { formatted(fraction: true) }

  /// Reads RFC 3339 with an optional fraction and a zone (`Z` or an offset); `nil` for anything else.
  public init?(rfc3339 text: String) {
    var reader = Reader(text: Array(text.utf8))
    guard let year = reader.number(4), reader.skip("-"), let month = reader.number(2), reader.skip("-"),
      let day = reader.number(2), reader.skip("T") || reader.skip("t"), let hour = reader.number(2),
      reader.skip(":"), let minute = reader.number(2), reader.skip(":"), let second = reader.number(2),
      (1...12).contains(month), (1...Timestamp.days(inMonth: month, of: year)).contains(day), hour < 24,
      minute < 60, second < 61, let fraction = reader.fraction(), let offset = reader.zone()
    else { return nil }
    guard reader.isAtEnd else { return nil }
    let days = Timestamp.days(year: year, month: month, day: day)
    self.init(
      microseconds: (days * 86_400 + hour * 3_600 + minute * 60 + second - offset) * 1_000_000 + fraction)
  }

  private func formatted(fraction: Bool) -> String {
    let total = microseconds.flooredDivision(by: 1_000_000)
    let days = total.flooredDivision(by: 86_400)
    let rest = total - days * 86_400
    let (year, month, day) = Timestamp.civil(days: days)
    var text = pad(year, 4) + "-" + pad(month, 2) + "-" + pad(day, 2) + "T"
    text += pad(rest / 3_600, 2) + ":" + pad(rest / 60 % 60, 2) + ":" + pad(rest % 60, 2)
    if fraction { text += "." + pad(microseconds - total * 1_000_000, 6) }
    return text + "Z"
  }

  private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted.flooredDivision(by: 400)
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func civil(days: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let shifted = days + 719_468
    let era = shifted.flooredDivision(by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthIndex = (5 * dayOfYear + 2) / 153
    let month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthIndex + 2) / 5 + 1)
  }

  private static func days(inMonth month: Int64, of year: Int64) -> Int64 {
    switch month {
    case 2: return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    case 4, 6, 9, 11: return 30
    default: return 31
    }
  }

  private func pad(_ value: Int64, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  private struct Reader {
    let text: [UInt8]
    var position = 0

    var isAtEnd: Bool { position == text.count }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
      guard position < text.count, text[position] == UInt8(ascii: character) else { return false }
      position += 1
      return true
    }

    mutating func number(_ digits: Int) -> Int64? {
      guard position + digits <= text.count else { return nil }
      var value: Int64 = 0
      for byte in text[position..<position + digits] {
        guard (48...57).contains(byte) else { return nil }
        value = value * 10 + Int64(byte - 48)
      }
      position += digits
      return value
    }

    /// Microseconds after the decimal point; 0 when there is none; `nil` for a lone point.
    mutating func fraction() -> Int64? {
      guard skip(".") else { return 0 }
      var value: Int64 = 0
      var digits = 0
      while position < text.count, (48...57).contains(text[position]) {
        if digits < 6 { value = value * 10 + Int64(text[position] - 48) }
        digits += 1
        position += 1
      }
      guard digits > 0 else { return nil }
      for _ in min(digits, 6)..<6 { value *= 10 }
      return value
    }

    /// Seconds east of UTC.
    mutating func zone() -> Int64? {
      if skip("Z") || skip("z") { return 0 }
      let sign: Int64 = skip("+") ? 1 : -1
      if sign == -1, !skip("-") { return nil }
      guard let hours = number(2), skip(":"), let minutes = number(2), hours < 24, minutes < 60 else {
        return nil
      }
      return sign * (hours * 3_600 + minutes * 60)
    }
  }
}

extension Int64 {
  fileprivate func flooredDivision(by divisor: Int64) -> Int64 {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }
}
