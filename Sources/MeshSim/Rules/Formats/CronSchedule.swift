/// The syntax of cron schedules, in the words of the library that Kubernetes reads them with.
enum CronSchedule {
  private struct Bounds {
    let low: Int
    let high: Int
    var names: [String: Int] = [:]
  }

  private static let bounds = [
    Bounds(low: 0, high: 59), Bounds(low: 0, high: 23), Bounds(low: 1, high: 31),
    Bounds(
      low: 1, high: 12,
      names: [
        "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10,
        "nov": 11, "dec": 12,
      ]),
    Bounds(
      low: 0, high: 6,
      names: ["sun": 0, "mon": 1, "tue": 2, "wed": 3, "thu": 4, "fri": 5, "sat": 6]),
  ]

  /// What is wrong with a schedule; nil for a sound one.
  static func problem(of schedule: String) -> String? {
    var rest = Substring(schedule)
    if schedule.hasPrefix("TZ=") || schedule.hasPrefix("CRON_TZ=") {
      guard let space = schedule.firstIndex(of: " ") else { return "provided bad location \(schedule)" }
      let zone = schedule[..<space].drop { $0 != "=" }.dropFirst()
      if let problem = TimeZoneName.problem(of: String(zone)) {
        return "provided bad location \(zone): \(problem)"
      }
      rest = schedule[space...].drop { $0 == " " }
    }
    if rest.hasPrefix("@") { return descriptorProblem(String(rest)) }
    let fields = rest.split(whereSeparator: \.isWhitespace).map(String.init)
    guard fields.count == 5 else {
      return "expected exactly 5 fields, found \(fields.count): [\(fields.joined(separator: " "))]"
    }
    for (field, bounds) in zip(fields, bounds) {
      for part in field.split(separator: ",") {
        if let problem = rangeProblem(String(part), bounds) { return problem }
      }
    }
    return nil
  }

  private static func descriptorProblem(_ text: String) -> String? {
    let known = ["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"]
    if known.contains(text) { return nil }
    guard text.hasPrefix("@every ") else { return "unrecognized descriptor: \(text)" }
    let duration = text.dropFirst(7)
    let isDuration =
      !duration.isEmpty && duration.allSatisfy { $0.isNumber || "hmsnuµ.".contains($0) }
      && duration.last?.isLetter == true
    return isDuration
      ? nil : "failed to parse duration \(text): time: invalid duration \"\(duration)\""
  }

  private static func rangeProblem(_ text: String, _ bounds: Bounds) -> String? {
    let stepped = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let ends = stepped[0].split(separator: "-", omittingEmptySubsequences: false).map(String.init)
    var start = bounds.low
    var end = bounds.high
    if ends[0] != "*", ends[0] != "?" {
      switch number(ends[0], bounds) {
      case .success(let value): start = value
      case .failure(let problem): return problem.text
      }
      switch ends.count {
      case 1: end = start
      case 2:
        switch number(ends[1], bounds) {
        case .success(let value): end = value
        case .failure(let problem): return problem.text
        }
      default: return "too many hyphens: \(text)"
      }
    }
    var step = 1
    switch stepped.count {
    case 1: break
    case 2:
      switch number(stepped[1], Bounds(low: 0, high: 0)) {
      case .success(let value): step = value
      case .failure(let problem): return problem.text
      }
      if ends.count == 1 { end = bounds.high }
    default: return "too many slashes: \(text)"
    }
    if start < bounds.low { return "beginning of range (\(start)) below minimum (\(bounds.low)): \(text)" }
    if end > bounds.high { return "end of range (\(end)) above maximum (\(bounds.high)): \(text)" }
    if start > end { return "beginning of range (\(start)) beyond end of range (\(end)): \(text)" }
    return step == 0 ? "step of range should be a positive number: \(text)" : nil
  }

  private struct Problem: Error {
    let text: String
  }

  private static func number(_ text: String, _ bounds: Bounds) -> Result<Int, Problem> {
    if let value = bounds.names[text.lowercased()] { return .success(value) }
    guard let value = Int(text) else {
      return .failure(
        Problem(text: "failed to parse int from \(text): strconv.Atoi: parsing \"\(text)\": invalid syntax"))
    }
    return value < 0
      ? .failure(Problem(text: "negative number (\(value)) not allowed: \(text)")) : .success(value)
  }
}

/// Names of time zones.
enum TimeZoneName {
  /// The areas and single names of the time zone database; what is below an area is taken as it is.
  private static let areas: Set<String> = [
    "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Brazil", "Canada", "Chile",
    "Etc", "Europe", "Indian", "Mexico", "Pacific", "US",
  ]
  private static let names: Set<String> = [
    "UTC", "GMT", "CET", "CST6CDT", "Cuba", "EET", "EST", "EST5EDT", "Egypt", "Eire", "Factory", "GB",
    "GB-Eire",
    "GMT+0", "GMT-0", "GMT0", "Greenwich", "HST", "Hongkong", "Iceland", "Iran", "Israel", "Jamaica", "Japan",
    "Kwajalein", "Libya", "MET", "MST", "MST7MDT", "NZ", "NZ-CHAT", "Navajo", "PRC", "PST8PDT", "Poland",
    "Portugal", "ROC", "ROK", "Singapore", "Turkey", "UCT", "Universal", "W-SU", "WET", "Zulu",
  ]

  /// What is wrong with a name; nil for a sound one.
  static func problem(of name: String) -> String? {
    if name.isEmpty { return "timeZone must be nil or non-empty string" }
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    let isPlain = parts.allSatisfy { part in
      !part.isEmpty && part.count <= 14 && part != "." && part != ".." && !part.hasPrefix("-")
        && part.utf8.allSatisfy {
          (65...90).contains($0) || (97...122).contains($0) || (48...57).contains($0)
            || [43, 45, 46, 95].contains($0)
        }
    }
    guard isPlain else { return "unknown time zone \(name)" }
    if name.lowercased() == "local" {
      return "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones"
    }
    let isKnown =
      parts.count == 1
      ? names.contains(name) : areas.contains(String(parts[0])) && parts[1].first?.isUppercase == true
    return isKnown ? nil : "unknown time zone \(name)"
  }
}
