/// One of the five fields of a schedule.
enum CronField: String {
  case minute
  case hour
  case day = "day of the month"
  case month
  case weekday = "day of the week"

  private static let monthNames = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]
  private static let weekdayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]

  private var range: ClosedRange<Int> {
    switch self {
    case .minute: 0...59
    case .hour: 0...23
    case .day: 1...31
    case .month: 1...12
    case .weekday: 0...6
    }
  }

  private var names: [String] {
    switch self {
    case .month: CronField.monthNames
    case .weekday: CronField.weekdayNames
    default: []
    }
  }

  private var words: String { (self == .hour ? "an " : "a ") + rawValue }

  private var remedy: String {
    let names = self == .weekday ? ", from Sunday, or SUN to SAT" : self == .month ? ", or JAN to DEC" : ""
    return "\(words) is \(range.lowerBound) to \(range.upperBound)\(names)"
  }

  /// Reads a field: parts with commas between, each `*`, a value, `FROM-TO`, and any of them with `/STEP`.
  ///
  /// - Returns: the values as bits, and whether the field is `*`: that it holds for any value.
  func read(_ text: String) throws(CronSchedule.Fault) -> (bits: UInt64, isAny: Bool) {
    var bits: UInt64 = 0
    var isAny = false
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let read = try read(part: part)
      bits |= read.bits
      isAny = isAny || read.isAny
    }
    return (bits, isAny)
  }

  private func read(part: Substring) throws(CronSchedule.Fault) -> (bits: UInt64, isAny: Bool) {
    let halves = part.split(separator: "/", omittingEmptySubsequences: false)
    let ends = halves[0].split(separator: "-", omittingEmptySubsequences: false)
    guard halves.count <= 2, ends.count <= 2 else { throw fault(part) }
    var step = 1
    if halves.count == 2 {
      guard let number = number(halves[1]), number > 0 else { throw fault(part) }
      step = number
    }
    if ends.count == 1, ends[0] == "*" || ends[0] == "?" {
      return (UInt64.bits(range, step: step), step == 1)
    }
    let first = try value(ends[0], in: part)
    // A single value with a step goes on to the end, as in `5/15`.
    let last = ends.count == 2 ? try value(ends[1], in: part) : halves.count == 2 ? range.upperBound : first
    guard first <= last else {
      throw CronSchedule.Fault(
        message: "\(shown(part)) ends before it begins",
        remedy: "write it as two ranges, such as \(first)-\(range.upperBound),\(range.lowerBound)-\(last)")
    }
    return (UInt64.bits(first...last, step: step), false)
  }

  private func value(_ text: Substring, in part: Substring) throws(CronSchedule.Fault) -> Int {
    if let index = names.firstIndex(of: text.lowercased()) { return index + range.lowerBound }
    guard let value = number(text), range.contains(value) else { throw fault(part) }
    return value
  }

  private func number(_ text: Substring) -> Int? {
    text.utf8.count <= 4 && !text.isEmpty && text.utf8.allSatisfy(\.isDigit) ? Int(text) : nil
  }

  private func fault(_ part: Substring) -> CronSchedule.Fault {
    CronSchedule.Fault(message: "\(shown(part)) is not \(words)", remedy: remedy)
  }
}
