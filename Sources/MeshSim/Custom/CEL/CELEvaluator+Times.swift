import Seams

extension CELEvaluator {
  /// Parts of times and lengths.
  func ofTime(_ name: String, _ values: [CELValue]) throws(CELError) -> CELValue? {
    guard name.hasPrefix(".get") else { return nil }
    switch values.first {
    case .duration(let length)? where values.count == 1:
      switch name {
      case ".getHours": return .int(length / 3_600_000_000_000)
      case ".getMinutes": return .int(length / 60_000_000_000)
      case ".getSeconds": return .int(length / 1_000_000_000)
      case ".getMilliseconds": return .int(length / 1_000_000 % 1_000)
      default: throw .noOverload
      }
    case .timestamp(let time)?:
      var offset: Int64 = 0
      if values.count == 2 {
        guard case .string(let zone) = values[1] else { throw .noOverload }
        guard let seconds = CELEvaluator.offset(of: zone) else { throw CELError("unknown time zone \(zone)") }
        offset = seconds
      }
      return .int(try part(name, of: Timestamp(microseconds: time.microseconds + offset * 1_000_000)))
    default: return nil
    }
  }

  /// Seconds east of UTC; zones with names are not known here but for UTC.
  private static func offset(of zone: String) -> Int64? {
    if ["", "UTC", "GMT", "Z", "Etc/UTC"].contains(zone) { return 0 }
    let sign: Int64 = zone.hasPrefix("-") ? -1 : 1
    let digits = zone.hasPrefix("-") || zone.hasPrefix("+") ? zone.dropFirst() : zone[...]
    let parts = digits.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let hours = Int64(parts[0]), let minutes = Int64(parts[1]), hours < 24,
      minutes < 60
    else {
      return nil
    }
    return sign * (hours * 3_600 + minutes * 60)
  }

  private func part(_ name: String, of time: Timestamp) throws(CELError) -> Int64 {
    let text = time.rfc3339
    func number(_ start: Int, _ length: Int) -> Int64 { Int64(text.dropFirst(start).prefix(length)) ?? 0 }
    let days = (time.microseconds - mod(time.microseconds, 86_400_000_000)) / 86_400_000_000
    switch name {
    case ".getFullYear": return number(0, 4)
    case ".getMonth": return number(5, 2) - 1
    case ".getDate": return number(8, 2)
    case ".getDayOfMonth": return number(8, 2) - 1
    case ".getDayOfYear":
      guard let start = Timestamp(rfc3339: text.prefix(4) + "-01-01T00:00:00Z") else { return 0 }
      return days - start.microseconds / 86_400_000_000
    case ".getDayOfWeek": return mod(days + 4, 7)
    case ".getHours": return number(11, 2)
    case ".getMinutes": return number(14, 2)
    case ".getSeconds": return number(17, 2)
    case ".getMilliseconds": return mod(time.microseconds, 1_000_000) / 1_000
    default: throw .noOverload
    }
  }

  private func mod(_ value: Int64, _ divisor: Int64) -> Int64 {
    let rest = value % divisor
    return rest < 0 ? rest + divisor : rest
  }
}
