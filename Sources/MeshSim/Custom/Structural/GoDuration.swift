/// A length of time as Go writes it: `1h30m`, `1.5s`, `-10ms`.
enum GoDuration {
  private static let units: [(name: String, nanoseconds: Double)] = [
    ("ns", 1), ("us", 1e3), ("µs", 1e3), ("μs", 1e3), ("ms", 1e6), ("s", 1e9), ("m", 60e9), ("h", 3_600e9),
  ]

  /// The length in nanoseconds; `nil` for what is none or does not fit 64 bits.
  static func nanoseconds(_ text: String) -> Int64? {
    var rest = Substring(text)
    let isNegative = rest.hasPrefix("-")
    if isNegative || rest.hasPrefix("+") { rest.removeFirst() }
    if rest == "0" { return 0 }
    guard !rest.isEmpty else { return nil }
    var total: Int64 = 0
    while !rest.isEmpty {
      guard let amount = amount(&rest) else { return nil }
      let (sum, isOverflow) = total.addingReportingOverflow(amount)
      guard !isOverflow else { return nil }
      total = sum
    }
    return isNegative ? -total : total
  }

  private static func amount(_ rest: inout Substring) -> Int64? {
    let whole = rest.prefix { ("0"..."9").contains($0) }
    rest = rest.dropFirst(whole.count)
    var fraction: Substring = ""
    if rest.hasPrefix(".") {
      rest.removeFirst()
      fraction = rest.prefix { ("0"..."9").contains($0) }
      rest = rest.dropFirst(fraction.count)
    }
    guard !whole.isEmpty || !fraction.isEmpty else { return nil }
    let name = rest.prefix { $0 != "." && !("0"..."9").contains($0) }
    guard let unit = units.first(where: { $0.name == name }) else { return nil }
    rest = rest.dropFirst(name.count)
    guard let count = whole.isEmpty ? 0 : Int64(whole) else { return nil }
    let (nanoseconds, isOverflow) = count.multipliedReportingOverflow(by: Int64(unit.nanoseconds))
    guard !isOverflow else { return nil }
    let part = fraction.isEmpty ? 0 : (Double("0." + fraction) ?? 0) * unit.nanoseconds
    return nanoseconds.addingReportingOverflow(Int64(part)).overflow ? nil : nanoseconds + Int64(part)
  }

  /// The same, or the form `2 days`, which schemas take too.
  static func nanoseconds(lenient text: String) -> Int64? {
    if let exact = nanoseconds(text) { return exact }
    let number = text.trimmed.prefix { $0.isNumber }
    let unit = text.trimmed.dropFirst(number.count).trimmedStart.lowercased()
    guard let count = Int64(number) else { return nil }
    let day: Int64 = 86_400_000_000_000
    let names: [(String, Int64)] = [
      ("nano", 1), ("micro", 1_000), ("milli", 1_000_000), ("sec", 1_000_000_000), ("min", 60_000_000_000),
      ("hour", 3_600_000_000_000), ("hr", 3_600_000_000_000), ("day", day), ("week", 7 * day), ("d", day),
      ("w", 7 * day),
    ]
    for (name, length) in names where name.count > 1 ? unit.hasPrefix(name) : unit == name {
      let (product, isOverflow) = count.multipliedReportingOverflow(by: length)
      return isOverflow ? nil : product
    }
    return units.first { $0.name == unit }.flatMap { length in
      let (product, isOverflow) = count.multipliedReportingOverflow(by: Int64(length.nanoseconds))
      return isOverflow ? nil : product
    }
  }
}

extension StringProtocol {
  fileprivate var trimmedStart: SubSequence { drop { $0.isWhitespace } }
}
