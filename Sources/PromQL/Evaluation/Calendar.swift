internal import Seams

extension Evaluation {
  /// The parts of dates in UTC; without an argument those of the steps' times.
  mutating func calendar(_ call: Call) throws -> [Column] {
    let times = (0..<steps.count).map { Double(steps[$0]) / 1_000 }
    let input =
      try call.arguments.first.map { try columns($0) } ?? [Column(labels: LabelSet(), values: times)]
    let function = call.function
    return try input.map { column in
      column.mapped(column.labels.withoutName) { Self.part(function, of: $0) }
    }
    .merged()
  }

  private static func part(_ function: Function, of seconds: Double) -> Double {
    // What is no time of this calendar has no parts that anyone could rely on.
    guard Swift.abs(seconds) < 1e11 else { return .nan }
    let whole = Int64(seconds)
    let day = whole >= 0 ? whole / 86_400 : (whole - 86_399) / 86_400
    let rest = whole - day * 86_400
    switch function {
    case .minute: return Double(rest / 60 % 60)
    case .hour: return Double(rest / 3_600)
    case .dayOfWeek: return Double(((day + 4) % 7 + 7) % 7)
    default: break
    }
    let text = Timestamp(seconds: whole).rfc3339.split(separator: "T")[0].split(separator: "-")
    let (year, month, date) = (Int(text[0]) ?? 0, Int(text[1]) ?? 1, Int(text[2]) ?? 1)
    let isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    switch function {
    case .year: return Double(year)
    case .month: return Double(month)
    case .dayOfMonth: return Double(date)
    case .daysInMonth: return Double(lengths[month - 1])
    default: return Double(lengths.prefix(month - 1).reduce(0, +) + date)
    }
  }
}
